"""Cards of an own deck: rows for what is new, a new version for what changed. Knows no file and no review."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from quizapp.exchange.bundle import Bundle, BundleCard, BundleNote, NoteType
from quizapp.exchange.html import to_text
from quizapp.exchange.look import FIELDS, NOTE_TYPE, PLACE
from quizapp.exchange.sides import sides_of
from quizapp.questions.item import Item
from quizapp.services.review_log import is_believable
from quizapp.services.settle import content_hash, version_values
from quizapp.storage import decks, items
from quizapp.storage.columns import Base, new_id
from quizapp.storage.database import Session
from quizapp.storage.decks import OwnRows
from quizapp.storage.tables.content import ContentItem, ContentVersion, ImportRun
from quizapp.storage.tables.decks import OwnCard, OwnDeck, OwnNote

KIND = "recall"
IN_DECK = "~"  # between the name of a note and its deck, where two own decks hold the same note
GENERATOR = "deck"


@dataclass(slots=True)
class Counts:
    """Cards that are new, changed, and as they were."""

    new: int = 0
    changed: int = 0
    kept: int = 0


@dataclass(frozen=True, slots=True)
class Placed:
    """A card of a file and the item that it is here, at its version."""

    item_id: str
    version: int
    card: BundleCard
    is_new: bool


def keep_cards(
    session: Session, deck: OwnDeck, bundle: Bundle, notes: Sequence[BundleNote], now: datetime, counts: Counts
) -> list[Placed]:
    """Stores notes in a deck and returns where their cards are; counts what it did."""
    used = {note.type_id for note in notes}
    deck.note_types = deck.note_types | {str(key): bundle.note_types[key].to_dict() for key in sorted(used)}
    shelf = _Shelf(session, deck, now, counts)
    placed = []
    for note in notes:
        note_type = bundle.note_types[note.type_id]
        note_id, changed = shelf.keep_note(note)
        for card in note.cards:
            item = _item(deck, note, note_type, card)
            placed.append(shelf.keep_card(note_id, card, item, changed=changed))
    shelf.store()
    return placed


class _Shelf:
    """What a deck holds, and the rows that are to come."""

    def __init__(self, session: Session, deck: OwnDeck, now: datetime, counts: Counts) -> None:
        items.lock_module(session, deck.slug)
        self._session, self._deck, self._now, self._counts = session, deck, now, counts
        self._notes, self._cards = decks.own_notes(session, deck.slug), decks.own_cards(session, deck.slug)
        self._position = decks.last_position(session, deck.slug)
        self._run = ImportRun(id=new_id(), module_slug=deck.slug, user_id=deck.owner_id, text_hash="", plan={})
        self._run.generator, self._run.applied_at = GENERATOR, now
        self._rows: dict[type[Base], list[dict[str, Any]]] = {
            OwnNote: [],
            ContentItem: [],
            ContentVersion: [],
            OwnCard: [],
        }

    def keep_note(self, note: BundleNote) -> tuple[str, bool]:
        """The note's id, and whether something about it is new."""
        said = {"note_type": str(note.type_id), "fields": list(note.fields), "tags": list(note.tags)}
        own = self._notes.get(note.guid)
        if own is None:
            made = new_id()
            self._rows[OwnNote].append({"id": made, "deck_slug": self._deck.slug, "guid": note.guid, **said})
            return made, True
        if said == {name: getattr(own, name) for name in said}:
            return own.id, False
        for name, value in said.items():
            setattr(own, name, value)
        return own.id, True

    def keep_card(self, note_id: str, card: BundleCard, item: Item, *, changed: bool) -> Placed:
        """The card as an item, made or brought in line."""
        aside = [line.row() for line in card.reviews if not is_believable(line, self._now)]
        found = self._cards.get((note_id, card.ord))
        if found is None:
            self._add(note_id, card, item, aside)
            self._counts.new += 1
            return Placed(item.id, 1, card, is_new=True)
        item = replace(item, id=found.item.id)
        found.own.deck = card.deck
        found.own.aside = [*found.own.aside, *(line for line in aside if line not in found.own.aside)]
        if self._change(found, item) or changed:
            self._counts.changed += 1
        else:
            self._counts.kept += 1
        return Placed(item.id, found.item.version, card, is_new=False)

    def store(self) -> None:
        """Sends everything, parents before children."""
        items.add_rows(self._session, [self._run])
        for table, some in self._rows.items():
            decks.add_many(self._session, table, some)

    def _add(self, note_id: str, card: BundleCard, item: Item, aside: list[list[int]]) -> None:
        self._position += 1
        row: dict[str, Any] = {
            "id": item.id,
            "module_slug": self._deck.slug,
            "use": item.use,
            "kind": item.kind,
            "fact": item.fact,
        }
        row |= {"position": self._position, "section": list(item.section), "line_from": 0, "line_to": 0}
        self._rows[ContentItem].append(row | {"version": 1, "grade": "generated", "created_at": self._now})
        own = {"item_id": item.id, "note_id": note_id, "ord": card.ord, "deck": card.deck, "aside": aside}
        self._rows[OwnCard].append(own)
        self._say(item, 1)

    def _change(self, found: OwnRows, item: Item) -> bool:
        """A new version when the sides read differently now."""
        found.item.section, found.item.retired_at = list(item.section), None
        if content_hash(item) == found.version.content_hash:
            return False
        found.item.version += 1
        self._say(item, found.item.version)
        return True

    def _say(self, item: Item, number: int) -> None:
        self._rows[ContentVersion].append(version_values(item, number, path=self._deck.source, run=self._run))


def _item(deck: OwnDeck, note: BundleNote, note_type: NoteType, card: BundleCard) -> Item:
    sides = sides_of(note, note_type, card.ord)
    ours = note_type.id == NOTE_TYPE and note_type.fields == FIELDS
    place = to_text(note.fields[FIELDS.index("Section")]).split(PLACE) if ours else card.deck.split("::")
    named = f"{note.guid}/{card.ord}"
    return Item(
        id=f"{deck.slug}-{_digest(named)}",
        use="card",
        kind=KIND,
        section=(deck.name, *(part for part in place[1:] if part)),
        lines=(0, 0),
        source=to_text(note.fields[FIELDS.index("Source")]) if ours else "",
        fact=f"{deck.slug}-{_digest(note.guid)}",
        score=1.0,
        payload={"front": sides.front, "back": sides.back},
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
