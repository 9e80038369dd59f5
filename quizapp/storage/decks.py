"""Queries about decks that go to other programs or come from them. Knows no file format."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Select, and_, func, insert, select
from sqlalchemy.orm import Session

from quizapp.storage.card_history import standing
from quizapp.storage.columns import Base
from quizapp.storage.items import can_be_asked, is_current_version, may_see
from quizapp.storage.tables.cards import Card, ReviewEvent
from quizapp.storage.tables.content import ContentItem, ContentVersion
from quizapp.storage.tables.decks import OwnCard, OwnDeck, OwnNote
from quizapp.storage.tables.notes import Module

Value = TypeVar("Value")
PART = 500


@dataclass(frozen=True, slots=True)
class DeckRow:
    """A card that somebody may take along, with what it says; `card` is None when they never answered it."""

    item: ContentItem
    version: ContentVersion
    module: Module
    card: Card | None


def cards_to_take(session: Session, user_id: str, module_slug: str | None) -> Sequence[DeckRow]:
    """Every card that somebody may see and that can be asked, of one module or of all, in the order of the notes."""
    query = (
        select(ContentItem, ContentVersion, Module, Card)
        .join(ContentVersion, is_current_version())
        .join(Module, Module.slug == ContentItem.module_slug)
        .outerjoin(Card, and_(Card.item_id == ContentItem.id, Card.user_id == user_id, Card.ord == 0))
        .where(ContentItem.use == "card", can_be_asked(), may_see(user_id))
        .order_by(Module.title, Module.slug, ContentItem.position, ContentItem.id)
    )
    if module_slug is not None:
        query = query.where(Module.slug == module_slug)
    return [DeckRow(*row) for row in session.execute(query)]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as files need it; the states before and after it are empty where they were not asked for."""

    item_id: str
    ord: int
    rating: int
    at: datetime
    client_event_id: str
    duration_ms: int | None
    state_before: dict[str, Any] | None = None
    state_after: dict[str, Any] | None = None


STATES = 2  # the last columns of an answer, and by far the largest


@dataclass(frozen=True, slots=True)
class OwnRows:
    """A card of a person's own deck with all that is stored about it."""

    own: OwnCard
    note: OwnNote
    item: ContentItem
    version: ContentVersion


def own_decks(session: Session, owner_id: str) -> list[OwnDeck]:
    """Somebody's own decks, by name."""
    return list(session.scalars(select(OwnDeck).where(OwnDeck.owner_id == owner_id).order_by(OwnDeck.name)))


def decks_with(session: Session, owner_id: str, guids: Collection[str]) -> Counter[str]:
    """How many notes of those names are in each of somebody's own decks, by slug."""
    found: Counter[str] = Counter()
    for some in _in_parts(guids):
        query = (
            select(OwnNote.deck_slug, func.count())
            .join(OwnDeck, OwnDeck.slug == OwnNote.deck_slug)
            .where(OwnDeck.owner_id == owner_id, OwnNote.guid.in_(some))
            .group_by(OwnNote.deck_slug)
        )
        found.update({row[0]: row[1] for row in session.execute(query)})
    return found


def own_notes(session: Session, slug: str) -> dict[str, OwnNote]:
    """The notes of an own deck, by guid."""
    return {note.guid: note for note in session.scalars(select(OwnNote).where(OwnNote.deck_slug == slug))}


def own_cards(session: Session, slug: str) -> dict[tuple[str, int], OwnRows]:
    """The cards of an own deck, by note and number."""
    query = _own_rows().where(OwnNote.deck_slug == slug)
    return {(row[1].id, row[0].ord): OwnRows(*row) for row in session.execute(query)}


def own_rows_of(session: Session, item_ids: Collection[str]) -> dict[str, OwnRows]:
    """What own decks hold about items, by item."""
    return {
        row[0].item_id: OwnRows(*row)
        for some in _in_parts(item_ids)
        for row in session.execute(_own_rows().where(OwnCard.item_id.in_(some)))
    }


def card_items(session: Session, user_id: str, item_ids: Collection[str]) -> dict[str, ContentItem]:
    """The cards of those ids that somebody may see, own ones included, by id."""
    found = {}
    for some in _in_parts(item_ids):
        query = select(ContentItem).join(Module, Module.slug == ContentItem.module_slug)
        query = query.where(ContentItem.id.in_(some), ContentItem.use == "card", may_see(user_id))
        found.update({item.id: item for item in session.scalars(query)})
    return found


def last_position(session: Session, slug: str) -> int:
    """The place of the last item of a module; -1 when there is none."""
    found = session.scalar(select(func.max(ContentItem.position)).where(ContentItem.module_slug == slug))
    return -1 if found is None else found


def answers(session: Session, user_id: str, *, with_states: bool) -> Iterator[Answer]:
    """Every answer of a person that was not taken back, in order; states are left out where nobody needs them."""
    columns = [getattr(ReviewEvent, one.name) for one in fields(Answer)]
    query = (
        standing(select(*(columns if with_states else columns[:-STATES])))
        .where(ReviewEvent.user_id == user_id, ReviewEvent.kind == "answer")
        .order_by(ReviewEvent.number)
    )
    for row in session.execute(query.execution_options(yield_per=PART)):
        yield Answer(*row)


def add_many(session: Session, table: type[Base], rows: Iterable[dict[str, Any]]) -> int:
    """Stores many rows in order, a few at a time, and returns how many there were."""
    waiting, count = iter(rows), 0
    while some := list(islice(waiting, PART)):
        session.execute(insert(table), some)
        count += len(some)
    return count


def _own_rows() -> Select[OwnCard, OwnNote, ContentItem, ContentVersion]:
    return (
        select(OwnCard, OwnNote, ContentItem, ContentVersion)
        .join(OwnNote, OwnNote.id == OwnCard.note_id)
        .join(ContentItem, ContentItem.id == OwnCard.item_id)
        .join(ContentVersion, is_current_version())
    )


def _in_parts(values: Collection[Value]) -> Iterator[Sequence[Value]]:
    """Few enough for one statement of any database."""
    every = list(values)
    for begin in range(0, len(every), PART):
        yield every[begin : begin + PART]
