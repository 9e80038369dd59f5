"""Brings items in line with the notes: generates what changed, retires what is gone, deletes nothing. Knows no page."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from quizapp.curation.sheet import NO_SHEET, Decision, Sheet
from quizapp.notes.parse import parse_notes
from quizapp.questions.coverage import FEW_WORDS, Coverage, coverage
from quizapp.questions.export import answer_of
from quizapp.questions.generate import GENERATOR, generate
from quizapp.questions.item import Item
from quizapp.services.context import Context
from quizapp.services.identities import Plan, plan_import
from quizapp.services.settle import decided, given, hashed, new_run, settle, settle_all, take_in
from quizapp.storage import items, notes
from quizapp.storage.database import Session
from quizapp.storage.items import StoredItem
from quizapp.storage.tables.content import ContentItem, ImportRun
from quizapp.storage.tables.notes import Module


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What one synchronisation did, counted in items; `warnings` are whole sentences.

    Of the kept ones `edited` go on under other words, and of `key_changed` the right answer is another one now.
    """

    new: int = 0
    kept: int = 0
    edited: int = 0
    retired: int = 0
    key_changed: int = 0
    warnings: tuple[str, ...] = ()

    def with_plan(self, plan: Plan) -> "SyncReport":
        """One module's plan counted in."""
        return replace(
            self,
            new=self.new + len(plan.new),
            kept=self.kept + len(plan.items) - len(plan.new),
            edited=self.edited + len(plan.edited),
            retired=self.retired + len(plan.retired),
            key_changed=self.key_changed + len(plan.key_changed),
        )


@dataclass(frozen=True, slots=True)
class Source:
    """A text that gives a module."""

    slug: str
    path: str
    text: str
    origin: str
    owner_id: str | None
    curation: Sheet | None


@dataclass(frozen=True, slots=True)
class Planned:
    """What would become of one module's items; `before` and `after` are what they say, by id."""

    slug: str
    path: str
    plan: Plan
    before: Mapping[str, Item]
    held: bool

    def to_dict(self) -> dict[str, object]:
        """For --json: the plan, with the words of everything that changes."""
        words = {
            item_id: [self.says(self.before, item_id), self.says(self.plan.items, item_id)] for item_id in self.changed
        }
        return {"module": self.slug, "path": self.path, "needs_a_yes": self.held, **self.plan.to_dict(), "words": words}

    @property
    def changed(self) -> tuple[str, ...]:
        """Everything that does not stay as it is."""
        return tuple(dict.fromkeys((*self.plan.edited, *self.plan.key_changed, *self.plan.retired, *self.plan.new)))

    @staticmethod
    def says(side: Mapping[str, Item], item_id: str) -> str:
        """An item in words, empty when that side does not have it."""
        return f"{side[item_id].prompt} = {answer_of(side[item_id])}" if item_id in side else ""


def plan_modules(ctx: Context) -> list[Planned]:
    """What `sync_modules` would do to every module that changed; writes nothing."""
    with ctx.database.read() as session:
        stored = items.modules(session)
        planned = []
        for source in {source.slug: source for source in _sources(ctx, session, [])}.values():
            known = stored.get(source.slug)
            if _is_due(source, known):
                planned.append(plan_text(session, source.slug, source.path, source.text, known))
        return planned


def plan_text(session: Session, slug: str, path: str, text: str, known: Module | None) -> Planned:
    """What a text would make of a module's items."""
    before = {row.item.id: row for row in items.stored_items(session, slug)}
    plan = plan_import(slug, before, generate(parse_notes(text), slug=slug).items)
    said = {item_id: given(row.item, row.version) for item_id, row in before.items()}
    return Planned(slug, path, plan, said, held=_is_held(plan, known))


def _is_due(source: Source, known: Module | None) -> bool:
    now = (hashed(source.text), GENERATOR)
    return known is None or known.retired_at is not None or (known.text_hash, known.generator) != now


def _is_held(plan: Plan, known: Module | None) -> bool:
    """A new version of this program changes many items for good reasons; a text that does so may be a mistake."""
    return plan.needs_a_yes and known is not None and known.retired_at is None and known.generator == GENERATOR


def sync_modules(ctx: Context, *, agreed: Collection[str] | None = ()) -> SyncReport:
    """Generates the items of every module whose text or generator changed; content/ wins over a note of that slug.

    A module that would lose over a fifth of its items stays as it was, with a warning, unless its slug is among
    `agreed`, or that is None.
    """
    with ctx.database.write() as session:
        return sync_within(ctx, session, agreed=agreed)


def sync_within(ctx: Context, session: Session, *, agreed: Collection[str] | None = ()) -> SyncReport:
    """The same as part of what a session stores: notes and their items are there together, or neither."""
    report = SyncReport()
    warnings: list[str] = []
    stored = items.modules(session)
    sources = {source.slug: source for source in _sources(ctx, session, warnings)}
    for source in sources.values():
        known = stored.get(source.slug)
        if known is not None and not _is_due(source, known):
            settle_all(session, known, take_in(session, known, source.curation, ctx.now()), ctx.now())
            continue
        plan = _sync(session, source, known, ctx.now(), agreed=agreed is None or source.slug in agreed)
        if isinstance(plan, Plan):
            report = report.with_plan(plan)
        else:
            warnings.append(plan)
    for slug, known in stored.items():
        if slug not in sources and known.retired_at is None and known.origin != "deck":
            known.retired_at = ctx.now()
    return replace(report, warnings=tuple(warnings))


def _sources(ctx: Context, session: Session, warnings: list[str]) -> Iterator[Source]:
    for source in notes.sources(session):
        newest = notes.newest(session, source.slug)
        if ctx.library.module(source.slug) is None and newest is not None:
            yield Source(source.slug, f"notes/{source.slug}.md", newest.markdown, "note", source.owner_id, NO_SHEET)
        elif newest is not None:
            warnings.append(f"the note {source.slug} stands back: content/ has a module of that name")
    for module in ctx.library.modules():
        yield Source(module.slug, module.path, module.text, "content", None, module.curation)


def _outline(found: Coverage) -> list[dict[str, object]]:
    """The sections with what their authors may want to know: why one has no question, and which facts are not asked."""
    untested: dict[tuple[str, ...], list[list[object]]] = {}
    for fact in found.untested:
        untested.setdefault(fact.section, []).append([fact.first, fact.name])
    return [
        {
            "path": list(one.path),
            "line": one.line,
            "why": one.why if one.words >= FEW_WORDS else "",
            "untested": untested.pop(one.path, []),
        }
        for one in found.sections
    ]


def _sync(session: Session, source: Source, known: Module | None, now: datetime, *, agreed: bool) -> Plan | str:
    """Applies the plan of a module, or says why it waits for a person."""
    items.lock_module(session, source.slug)
    parsed = parse_notes(source.text)
    generated = generate(parsed, slug=source.slug)
    before = {row.item.id: row for row in items.stored_items(session, source.slug)}
    plan = plan_import(source.slug, before, generated.items)
    if not agreed and _is_held(plan, known):
        return (
            f"{source.path} would take away {len(plan.retired)} of the items of {source.slug}, so nothing was changed; "
            f"look with: quizapp sync --plan, and if it is meant: quizapp sync --yes"
        )
    module = known or Module(slug=source.slug)
    module.origin, module.owner_id, module.path = source.origin, source.owner_id, source.path
    module.title = parsed.title or source.slug
    module.text_hash, module.generator, module.retired_at = hashed(source.text), GENERATOR, None
    module.outline = _outline(coverage(parsed, generated))
    module.warnings = [{"line": warning.line, "says": warning.says} for warning in generated.warnings]
    items.add_rows(session, [module])
    take_in(session, module, source.curation, now, plan.items)
    decisions = decided(session, source.slug)
    run = new_run(module, plan.to_dict(), now, user_id=None)
    items.add_rows(session, [run])
    for place, item in enumerate(plan.items.values()):
        _keep(session, source, item, place, before.get(item.id), decisions.get(item.id), run)
    for name, item_id in plan.names.items():
        items.name_item(session, name, item_id, "derived" if name == item_id else "reconciled", run.id)
    for item_id in plan.retired:
        before[item_id].item.retired_at = now
    return plan


def _keep(
    session: Session,
    source: Source,
    item: Item,
    place: int,
    known: StoredItem | None,
    decision: Decision | None,
    run: ImportRun,
) -> None:
    """The item with its place in the notes, and a new version when its wording differs."""
    row = (
        known.item if known else ContentItem(id=item.id, module_slug=source.slug, version=0, created_at=run.applied_at)
    )
    row.use, row.kind, row.fact, row.position = item.use, item.kind, item.fact, place
    row.section, row.line_from, row.line_to = list(item.section), item.lines[0], item.lines[1]
    row.retired_at = None
    settle(session, row, known.version if known else None, item, decision, path=source.path, run=run)
