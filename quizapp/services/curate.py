"""Curating a module: which items a person vouches for, which are never asked, and texts of a person's own.

Every decision is a row that is only ever added. Knows no page; whoever may not curate is told that there is nothing.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from quizapp.curation.sheet import Decision
from quizapp.curation.texts import Problem, Texts, advice, edited, form_of, problems, texts_of, tidy, wording
from quizapp.curation.time_spent import time_spent
from quizapp.questions.item import Item
from quizapp.services.context import Context
from quizapp.services.errors import BadInput, NotFound, Stale
from quizapp.services.modules import NoteWarning
from quizapp.services.settle import (
    UNDECIDED,
    add_decisions,
    as_decision,
    fits,
    given,
    has_changed,
    new_run,
    settle,
)
from quizapp.services.users import UserView, may_curate
from quizapp.storage import curation, items
from quizapp.storage.database import Session
from quizapp.storage.items import StoredItem
from quizapp.storage.tables.content import ContentItem, ContentVersion, CurationDecision
from quizapp.storage.tables.notes import Module

NO_TIME = timedelta()
ACTIONS = ("accept", "hide", "bring-back", "take-back")


class BadTexts(ValueError):
    """Texts that would break an item: every problem with its field."""

    def __init__(self, found: Sequence[Problem]) -> None:
        super().__init__("; ".join(f"{one.field} {one.says}" for one in found))
        self.problems = tuple(found)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many items are accepted (of these `edited` by a person), hidden and undecided."""

    accepted: int
    edited: int
    hidden: int
    undecided: int


@dataclass(frozen=True, slots=True)
class Curated:
    """An item as it is shown now; `verdict` is accepted, hidden or undecided, `by` who decided (empty: a file).

    `changed` says so when the notes give something else than when that was decided, `unfit` when a person's texts no
    longer have the parts of the item and wait; `advice` is what the lints say of texts that a person wrote.
    """

    item: Item
    version: int
    verdict: str
    edited: bool
    changed: bool
    unfit: bool
    advice: tuple[str, ...]
    by: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class CuratedSection:
    """A section with what is asked about it (subsections not counted in).

    `why` says why it has no question, `untested` are facts in it that nothing asks for, by line and name.
    """

    path: tuple[str, ...]
    line: int
    tally: Tally
    items: tuple[Curated, ...]
    why: str
    untested: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class CurationView:
    """A module to curate; `waiting` decisions are about items that the notes do not give now.

    `spent` is the time that all `decided` decisions in the browser took, pauses left out.
    """

    slug: str
    title: str
    course: str
    warnings: tuple[NoteWarning, ...]
    tally: Tally
    sections: tuple[CuratedSection, ...]
    hidden: tuple[Curated, ...]
    waiting: int
    decided: int
    spent: timedelta


@dataclass(frozen=True, slots=True)
class EditView:
    """One item to edit: its texts now, what the notes give (`original`), and what the lints say of the texts."""

    slug: str
    title: str
    curated: Curated
    texts: Texts
    original: Item
    advice: tuple[str, ...] = ()


def module_to_curate(ctx: Context, person: UserView, slug: str) -> CurationView:
    """A module with all its items and what was decided about each."""
    with ctx.database.read() as session:
        module = _module(ctx, session, person, slug)
        rows = curation.askable(session, slug)
        decisions = curation.newest(session, slug)
        names = curation.names(session, slug)
        moments = curation.moments(session, slug)
    all_items = [_curated(row, version, decisions.get(row.id), names) for row, version in rows]
    here = {row.id for row, _ in rows}
    known = ctx.library.module(slug)
    return CurationView(
        slug=slug,
        title=module.title,
        course=known.course if known else "notes",
        warnings=tuple(NoteWarning(entry["line"], entry["says"]) for entry in module.warnings),
        tally=_tally(all_items),
        sections=_sections(module, all_items),
        hidden=tuple(one for one in all_items if one.verdict == "hidden"),
        decided=len(moments),
        spent=sum((time_spent([at for who, at in moments if who == one]) for one in {w for w, _ in moments}), NO_TIME),
        waiting=sum(row.verdict != "undecided" for item_id, row in decisions.items() if item_id not in here),
    )


def item_to_edit(ctx: Context, person: UserView, slug: str, item_id: str) -> EditView:
    """One item with its texts."""
    with ctx.database.read() as session:
        module = _module(ctx, session, person, slug)
        stored = _item(session, slug, item_id)
        row = curation.newest_of(session, slug, item_id)
        names = curation.names(session, slug)
    curated = _curated(stored.item, stored.version, row, names)
    original = given(stored.item, stored.version)
    return EditView(slug, module.title, curated, texts_of(curated.item), original, curated.advice)


def check_texts(view: EditView, texts: Texts) -> EditView:
    """The same item with other texts and what the lints say of them; raises BadTexts for what would break it."""
    item = _checked(view.original, texts)
    return replace(view, texts=tidy(texts), advice=advice(item))


def decide(ctx: Context, person: UserView, slug: str, item_id: str, action: str, version: int) -> None:
    """Accepts, hides, brings back or takes back; raises Stale when the item is not the one that was seen.

    `take-back` undoes all that was decided, texts included; `bring-back` keeps a person's own texts.
    """
    if action not in ACTIONS:
        raise BadInput("action", f"is {action!r}; it is one of {', '.join(ACTIONS)}")
    with ctx.database.write() as session:
        module, stored = _locked(ctx, session, person, slug, item_id, version)
        before = as_decision(curation.newest_of(session, slug, item_id))
        if action == "accept" and not fits(given(stored.item, stored.version), before.texts):
            before = replace(before, texts=None)  # what is accepted is what was seen
        _keep(ctx, session, person, module, stored, _after(before, action))


def edit(ctx: Context, person: UserView, slug: str, item_id: str, texts: Texts, version: int) -> None:
    """Gives an item texts of the person's own, for which they vouch; raises BadTexts or Stale.

    Texts that are those of the notes are no edit: the item is accepted as it is.
    """
    with ctx.database.write() as session:
        module, stored = _locked(ctx, session, person, slug, item_id, version)
        original = given(stored.item, stored.version)
        _checked(original, texts)
        own = tidy(texts)
        same = own == tidy(texts_of(original))
        _keep(ctx, session, person, module, stored, Decision("accepted", None if same else own))


def _module(ctx: Context, session: Session, person: UserView, slug: str) -> Module:
    """The module, for those who may curate it; to others it is not there."""
    found = items.visible_module(session, person.id, slug) if may_curate(ctx, person) else None
    if found is None or found.origin == "deck":
        raise NotFound(slug)
    return found


def _item(session: Session, slug: str, item_id: str) -> StoredItem:
    stored = curation.item(session, slug, item_id)
    if stored is None:
        raise NotFound(item_id)
    return stored


def _locked(
    ctx: Context, session: Session, person: UserView, slug: str, item_id: str, version: int
) -> tuple[Module, StoredItem]:
    """An item to decide about; nobody else changes the module meanwhile."""
    module = _module(ctx, session, person, slug)
    items.lock_module(session, slug)
    stored = _item(session, slug, item_id)
    if stored.item.version != version:
        raise Stale(f"the item is at version {stored.item.version} meanwhile")
    return module, stored


def _after(before: Decision, action: str) -> Decision:
    """What holds when something is done; who keeps texts of their own vouches for them."""
    if action == "take-back":
        return UNDECIDED
    if action == "bring-back":
        return replace(before, verdict="accepted" if before.texts else "undecided")
    return replace(before, verdict="accepted" if action == "accept" else "hidden")


def _keep(
    ctx: Context, session: Session, person: UserView, module: Module, stored: StoredItem, decision: Decision
) -> None:
    now = ctx.now()
    original = given(stored.item, stored.version)
    decision = replace(decision, wording=wording(original) if decision != UNDECIDED else None)
    made = [(stored.item.id, decision)]
    add_decisions(session, module.slug, made, source="page", user_id=person.id, now=now)
    run = new_run(module, {"curated": [stored.item.id]}, now, user_id=person.id)
    settle(session, stored.item, stored.version, original, decision, path=module.path, run=run)


def _checked(original: Item, texts: Texts) -> Item:
    """The item that comes out, when nothing about it is broken."""
    if texts.form != form_of(original):
        raise BadInput("texts", f"do not have the parts of this item ({form_of(original)})")
    found = problems(texts)
    if found:
        raise BadTexts(found)
    return edited(original, tidy(texts))


def _curated(
    row: ContentItem, version: ContentVersion, decided: CurationDecision | None, names: dict[str, str]
) -> Curated:
    item, decision = Item.from_dict(version.payload), as_decision(decided)
    original = given(row, version)
    own = row.original is not None
    return Curated(
        item=item,
        version=row.version,
        verdict="hidden" if row.hidden_at else "accepted" if row.grade == "accepted" else "undecided",
        edited=own,
        changed=has_changed(original, decision),
        unfit=decision.texts is not None and not fits(original, decision.texts),
        advice=advice(item) if own else (),
        by=names.get(decided.user_id or "", "") if decided else "",
        at=decided.at if decided and decided.verdict != "undecided" else None,
    )


def _sections(module: Module, all_items: Iterable[Curated]) -> tuple[CuratedSection, ...]:
    """The sections in the order of the notes; those with nothing to ask and nothing to say of it are left out."""
    found: dict[tuple[str, ...], list[Curated]] = {}
    for one in all_items:
        found.setdefault(one.item.section, []).append(one)
    outline = {tuple(entry["path"]): entry for entry in module.outline}
    made = []
    for path, entry in ({path: {"line": group[0].item.lines[0]} for path, group in found.items()} | outline).items():
        group, untested = found.get(path, []), entry.get("untested", ())
        if group or untested or entry.get("why"):
            made.append(
                CuratedSection(
                    path=path,
                    line=int(entry["line"]),
                    tally=_tally(group),
                    items=tuple(one for one in group if one.verdict != "hidden"),
                    why=entry.get("why", ""),
                    untested=tuple((int(line), str(name)) for line, name in untested),
                )
            )
    return tuple(sorted(made, key=lambda section: section.line))


def _tally(all_items: Sequence[Curated]) -> Tally:
    counted = Counter(one.verdict for one in all_items)
    own = sum(one.edited and one.verdict == "accepted" for one in all_items)
    return Tally(counted["accepted"], own, counted["hidden"], counted["undecided"])
