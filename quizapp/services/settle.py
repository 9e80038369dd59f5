"""Brings items in line with what people decided about them. Knows no page and no generator.

A decision is a row that is only ever added; what an item shows follows from the newest one and from the notes.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from quizapp.curation.sheet import Decision, Sheet
from quizapp.curation.texts import Texts, edited, form_of, wording
from quizapp.questions.item import Item
from quizapp.questions.marks import key_of
from quizapp.storage import curation, items
from quizapp.storage.columns import new_id
from quizapp.storage.database import Session
from quizapp.storage.tables.content import ContentItem, ContentVersion, CurationDecision, ImportRun
from quizapp.storage.tables.notes import Module

UNDECIDED = Decision("undecided")


def decided(session: Session, module_slug: str) -> dict[str, Decision]:
    """What holds for the items of a module, also for those that the notes do not give now."""
    return {item_id: as_decision(row) for item_id, row in curation.newest(session, module_slug).items()}


def as_decision(row: CurationDecision | None) -> Decision:
    """A stored decision; no row is no decision."""
    if row is None:
        return UNDECIDED
    return Decision(row.verdict, Texts.from_dict(row.texts) if row.texts else None, row.wording)


def add_decisions(
    session: Session,
    module_slug: str,
    made: Iterable[tuple[str, Decision]],
    *,
    source: str,
    user_id: str | None,
    now: datetime,
) -> None:
    """Stores decisions; what follows from them is for `settle`."""
    rows = [
        CurationDecision(
            module_slug=module_slug,
            item_id=item_id,
            verdict=decision.verdict,
            texts=decision.texts.to_dict() if decision.texts else None,
            wording=decision.wording,
            source=source,
            user_id=user_id,
            at=now,
        )
        for item_id, decision in made
    ]
    items.add_rows(session, rows)


def take_in(
    session: Session, module: Module, sheet: Sheet | None, now: datetime, here: Mapping[str, Item] | None = None
) -> frozenset[str]:
    """Decides what the file beside the notes says anew, and returns the items that are concerned.

    An entry counts from the moment at which it was first seen or changed, so that later decisions of a person win; an
    entry that left the file is taken back when nobody decided anything since. `here` are the items of the notes.
    """
    if sheet is None or (module.curation_hash or "") == sheet.digest:
        return frozenset()
    items.lock_module(session, module.slug)
    if here is None:
        here = {row.id: given(row, version) for row, version in curation.askable(session, module.slug)}
    past = curation.newest(session, module.slug, source="content")
    holding = curation.newest(session, module.slug)
    made = {}
    for item_id, one in sheet.decisions.items():
        said = as_decision(past.get(item_id))
        if one not in (said, replace(said, wording=None)):
            made[item_id] = dated(one, here.get(item_id))
    for item_id, row in past.items():
        if item_id not in sheet.decisions and row.verdict != "undecided" and holding[item_id].source == "content":
            made[item_id] = UNDECIDED
    add_decisions(session, module.slug, made.items(), source="content", user_id=None, now=now)
    module.curation_hash = sheet.digest
    return frozenset(made)


def dated(decision: Decision, item: Item | None) -> Decision:
    """A decision that does not say what the notes gave then is about what they give now."""
    if item is None or decision.wording is not None:
        return decision
    return replace(decision, wording=wording(item))


def settle_all(
    session: Session, module: Module, item_ids: Collection[str], now: datetime, *, user_id: str | None = None
) -> None:
    """Brings those items of a module in line that the notes give now; the others follow when they come back."""
    if not item_ids:
        return
    run = new_run(module, {"curated": sorted(item_ids)}, now, user_id=user_id)
    decisions = decided(session, module.slug)
    for row, version in curation.askable(session, module.slug):
        if row.id in item_ids:
            settle(session, row, version, given(row, version), decisions.get(row.id), path=module.path, run=run)


def new_run(module: Module, plan: dict[str, object], now: datetime, *, user_id: str | None) -> ImportRun:
    """The record of why new versions came."""
    return ImportRun(
        id=new_id(),
        module_slug=module.slug,
        user_id=user_id,
        text_hash=module.text_hash,
        generator=module.generator,
        plan=plan,
        applied_at=now,
    )


def given(row: ContentItem, version: ContentVersion) -> Item:
    """An item as the notes give it, whatever a person made of it."""
    return Item.from_dict(row.original or version.payload)


def fits(item: Item, texts: Texts | None) -> bool:
    """Whether texts of a person's own can stand in for those of an item."""
    return texts is not None and texts.form == form_of(item)


def has_changed(item: Item, decision: Decision) -> bool:
    """Whether the notes give something else than when this was decided."""
    return decision.wording is not None and decision.wording != wording(item)


def settle(
    session: Session,
    row: ContentItem,
    version: ContentVersion | None,
    item: Item,
    decision: Decision | None,
    *,
    path: str,
    run: ImportRun,
) -> None:
    """Makes a stored item what the notes (`item`) and the decision say, with a new version when its wording differs.

    `run` is stored with the first version that needs it.
    """
    decision = decision or UNDECIDED
    shown = edited(item, decision.texts) if decision.texts and fits(item, decision.texts) else item
    vouched = shown is not item or (decision.verdict == "accepted" and decision.texts is None)
    row.grade = "accepted" if vouched else "generated"
    row.hidden_at = (row.hidden_at or run.applied_at) if decision.verdict == "hidden" else None
    row.original = item.to_dict() if shown is not item else None
    if version and version.content_hash == content_hash(shown):
        return
    row.version += 1
    items.add_rows(session, [run, row])
    items.add_rows(session, [ContentVersion(**version_values(shown, row.version, path=path, run=run))])


def version_values(item: Item, number: int, *, path: str, run: ImportRun) -> dict[str, Any]:
    """The row of what an item says from now on, as the version of that number."""
    return {
        "item_id": item.id,
        "number": number,
        "payload": item.to_dict(),
        "content_hash": content_hash(item),
        "stem_hash": hashed(item.prompt),
        "key_hash": hashed(key_of(item.payload)),
        "source_path": path,
        "line_from": item.lines[0],
        "line_to": item.lines[1],
        "import_run_id": run.id,
        "created_at": run.applied_at,
    }


def content_hash(item: Item) -> str:
    """What tells whether an item says something else than before."""
    return hashed(json.dumps(item.to_dict(), sort_keys=True))


def hashed(text: str) -> str:
    """A name for a text: equal texts have equal names."""
    return hashlib.sha256(text.encode()).hexdigest()
