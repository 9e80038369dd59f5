"""Brings items in line with the notes: generates what changed, retires what is gone, deletes nothing. Knows no page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from quizapp.curation.sheet import NO_SHEET, Decision, Sheet
from quizapp.notes.parse import parse_notes
from quizapp.questions.coverage import FEW_WORDS, Coverage, coverage
from quizapp.questions.generate import GENERATOR, generate
from quizapp.questions.item import Item
from quizapp.services.context import Context
from quizapp.services.settle import decided, hashed, settle, settle_all, take_in
from quizapp.storage import items, notes
from quizapp.storage.columns import new_id
from quizapp.storage.database import Session
from quizapp.storage.items import StoredItem
from quizapp.storage.tables.content import ContentAlias, ContentItem, ImportRun
from quizapp.storage.tables.notes import Module


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What one synchronisation did, counted in items; `warnings` are whole sentences."""

    new: int
    kept: int
    retired: int
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A text that gives a module."""

    slug: str
    path: str
    text: str
    origin: str
    owner_id: str | None
    curation: Sheet | None


def sync_modules(ctx: Context) -> SyncReport:
    """Generates the items of every module whose text or generator changed; content/ wins over a note of that slug."""
    counts = [0, 0, 0]
    warnings: list[str] = []
    with ctx.database.write() as session:
        stored = items.modules(session)
        sources = {source.slug: source for source in _sources(ctx, session, warnings)}
        for source in sources.values():
            known = stored.get(source.slug)
            if (
                known is None
                or known.retired_at
                or (known.text_hash, known.generator) != (hashed(source.text), GENERATOR)
            ):
                done = _sync(session, source, known, ctx.now())
                counts = [have + more for have, more in zip(counts, done, strict=True)]
            else:
                settle_all(session, known, take_in(session, known, source.curation, ctx.now()), ctx.now())
        for slug, known in stored.items():
            if slug not in sources and known.retired_at is None and known.origin != "deck":
                known.retired_at = ctx.now()
    return SyncReport(counts[0], counts[1], counts[2], tuple(warnings))


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


def _sync(session: Session, source: Source, known: Module | None, now: datetime) -> tuple[int, int, int]:
    items.lock_module(session, source.slug)
    parsed = parse_notes(source.text)
    generated = generate(parsed, slug=source.slug)
    module = known or Module(slug=source.slug)
    module.origin, module.owner_id, module.path = source.origin, source.owner_id, source.path
    module.title = parsed.title or source.slug
    module.text_hash, module.generator, module.retired_at = hashed(source.text), GENERATOR, None
    module.outline = _outline(coverage(parsed, generated))
    module.warnings = [{"line": warning.line, "says": warning.says} for warning in generated.warnings]
    items.add_rows(session, [module])
    before = {row.item.id: row for row in items.stored_items(session, source.slug)}
    wanted = {item.id: item for item in generated.items}
    take_in(session, module, source.curation, now, wanted)
    decisions = decided(session, source.slug)
    gone = [row for item_id, row in before.items() if item_id not in wanted and row.item.retired_at is None]
    fresh = [item_id for item_id in wanted if item_id not in before]
    plan = {"new": fresh, "kept": len(wanted) - len(fresh), "retired": [row.item.id for row in gone]}
    run = ImportRun(
        id=new_id(), module_slug=source.slug, text_hash=module.text_hash, generator=GENERATOR, plan=plan, applied_at=now
    )
    items.add_rows(session, [run])
    for place, item in enumerate(wanted.values()):
        _keep(session, source, item, place, before.get(item.id), decisions.get(item.id), run)
    for row in gone:
        row.item.retired_at = now
    return len(fresh), len(wanted) - len(fresh), len(gone)


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
    if known is None:
        items.add_rows(session, [ContentAlias(alias=item.id, item_id=item.id, reason="derived", import_run_id=run.id)])
