"""Queries about cards and reviews: what waits, what was answered, what it left behind. Knows no schedule.

What every card costs is asked by statements that are built once: to build them took four times as long as to run them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVarTuple

from sqlalchemy import BindParameter, ColumnElement, Integer, Select, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from quizapp.scheduling.card import CardState
from quizapp.scheduling.queue import LEARN_AHEAD, LOOK_AHEAD, Waiting
from quizapp.storage.items import can_be_asked
from quizapp.storage.tables.cards import Card, ReviewEvent, SchedulerProfile
from quizapp.storage.tables.content import ContentItem, ContentVersion
from quizapp.storage.tables.notes import Module
from quizapp.storage.tables.people import User

Columns = TypeVarTuple("Columns")

LEARNING = ("learning", "relearning")
Statement = Select[*tuple[Any, ...]]
USER: BindParameter[Any] = bindparam("user")
TODAY: BindParameter[Any] = bindparam("today")
NOW: BindParameter[Any] = bindparam("now")
SOON: BindParameter[Any] = bindparam("soon")
MODULE: BindParameter[Any] = bindparam("module")
ITEM: BindParameter[Any] = bindparam("item")
ORD: BindParameter[Any] = bindparam("ord")
LIMIT = bindparam("limit", type_=Integer)
MOST = bindparam("most", type_=Integer)


@dataclass(frozen=True, slots=True)
class Deck:
    """Whose cards, of which module (None: all), and when: the instant and its study day; `most` reviews a day."""

    user_id: str
    module_slug: str | None
    now: datetime
    today: date
    most: int

    @property
    def scoped(self) -> bool:
        """Whether it is one module's."""
        return self.module_slug is not None

    def values(self) -> dict[str, Any]:
        """What the statements below are filled in with."""
        when = {"today": self.today, "now": self.now, "soon": self.now + LEARN_AHEAD}
        return when | {"user": self.user_id, "module": self.module_slug, "most": self.most}


@dataclass(frozen=True, slots=True)
class Today:
    """Numbers of a study day: cards that wait, answers that stand, and cards shown for the first time.

    `held_back` reviews are due as well, beyond what the person wants on one day.
    """

    due: int
    held_back: int
    done: int
    introduced: int


@dataclass(frozen=True, slots=True)
class CardRows:
    """All there is about one card; `card` is None when it was never answered."""

    item: ContentItem
    version: ContentVersion
    module: Module
    card: Card | None


def person(session: Session, user_id: str, *, lock: bool = False) -> tuple[User, SchedulerProfile | None] | None:
    """Somebody and their newest scheduler profile; with `lock` whoever else writes for them waits."""
    query = (
        select(User, SchedulerProfile)
        .outerjoin(SchedulerProfile, SchedulerProfile.user_id == User.id)
        .where(User.id == user_id)
        .order_by(SchedulerProfile.number.desc())
        .limit(1)
    )
    row = session.execute(query.with_for_update(of=User) if lock else query).first()
    return (row[0], row[1]) if row else None


def numbers(session: Session, deck: Deck) -> Today:
    """How a study day stands; what was done and introduced is counted over all modules."""
    learning, reviews, room, done, introduced = session.execute(_numbers(deck.scoped), deck.values()).one()
    shown = min(reviews, max(0, room))
    return Today(due=learning + shown, held_back=reviews - shown, done=done, introduced=introduced)


@cache
def _numbers(scoped: bool) -> Statement:
    learning = _of_deck(select(func.count()), scoped).where(_is_step_due()).scalar_subquery()
    reviews = _of_deck(select(func.count()), scoped).where(_is_due_review()).scalar_subquery()
    events = select(func.count()).where(ReviewEvent.user_id == USER, ReviewEvent.study_day == TODAY)
    answers = events.where(ReviewEvent.voids.is_(None)).scalar_subquery()
    undone = events.where(ReviewEvent.voids.is_not(None)).scalar_subquery()
    introduced = (
        select(func.count())
        .where(Card.user_id == USER, Card.last_study_day == TODAY, Card.introduced_day == TODAY)
        .scalar_subquery()
    )
    return select(learning, reviews, _room(), answers - undone, introduced)


def waiting(session: Session, deck: Deck) -> list[tuple[int, Waiting]]:
    """Cards that were answered before and can be shown, the most urgent first.

    Each with its rank: 0 for a learning step that has come, 1 for a due review, 2 for a step that nearly has come.
    """
    rows = session.execute(_waiting(deck.scoped), deck.values())
    return [(row[0], Waiting(item_id=row[1], ord=row[2], sibling_seen=bool(row[3]))) for row in rows]


@cache
def _waiting(scoped: bool) -> Statement:
    learning = Card.state.in_(LEARNING)
    rank = case((and_(learning, Card.due_at <= NOW), 0), (Card.state == "review", 1), else_=2)
    query = _of_deck(select(rank, Card.item_id, Card.ord, _seen_today()), scoped)
    query = query.where(or_(and_(learning, Card.due_at <= SOON), and_(_is_due_review(), _room() > 0)))
    return query.order_by(rank, Card.due_at, Card.item_id, Card.ord).limit(LOOK_AHEAD)


def fresh(session: Session, deck: Deck, limit: int) -> list[Waiting]:
    """Cards that were never answered, in the order of the notes."""
    rows = session.execute(_fresh(deck.scoped), deck.values() | {"limit": limit})
    return [Waiting(item_id=row[0], ord=0, sibling_seen=bool(row[1])) for row in rows]


@cache
def _fresh(scoped: bool) -> Statement:
    query = (
        select(ContentItem.id, _seen_today())
        .join(Module, Module.slug == ContentItem.module_slug)
        .outerjoin(Card, and_(Card.item_id == ContentItem.id, Card.user_id == USER, Card.ord == 0))
        .where(ContentItem.use == "card", or_(Card.item_id.is_(None), Card.state == "new"), _may_see())
        .where(Card.suspended_at.is_(None), or_(Card.buried_until_day.is_(None), Card.buried_until_day <= TODAY))
        .order_by(ContentItem.module_slug, ContentItem.position)
        .limit(LIMIT)
    )
    return query.where(ContentItem.module_slug == MODULE) if scoped else query


def next_due_at(session: Session, deck: Deck) -> datetime | None:
    """The instant at which the next card comes back, of those that do not wait already."""
    return session.scalar(_next_due(deck.scoped), deck.values())


@cache
def _next_due(scoped: bool) -> Statement:
    later = _of_deck(select(Card.due_at), scoped).where(Card.due_at > NOW)
    return later.order_by(Card.due_at).limit(1)


def card(session: Session, user_id: str, item_id: str, ord: int) -> CardRows | None:  # noqa: A002
    """One card with what it says now; None when there is no such card for this person."""
    row = session.execute(_card(), {"user": user_id, "item": item_id, "ord": ord}).first()
    return CardRows(*row) if row else None


@cache
def _card() -> Statement:
    return (
        select(ContentItem, ContentVersion, Module, Card)
        .join(ContentVersion, _is_current_version())
        .join(Module, Module.slug == ContentItem.module_slug)
        .outerjoin(Card, and_(Card.item_id == ContentItem.id, Card.user_id == USER, Card.ord == ORD))
        .where(ContentItem.id == ITEM, ContentItem.use == "card", _is_theirs())
    )


def event_by_client_id(session: Session, user_id: str, client_event_id: str) -> ReviewEvent | None:
    """The event that a browser named so, if it is stored."""
    query = select(ReviewEvent).where(ReviewEvent.user_id == user_id, ReviewEvent.client_event_id == client_event_id)
    return session.scalar(query)


def last_answer(session: Session, user_id: str, since: date) -> ReviewEvent | None:
    """The newest answer since a study day that was not taken back."""
    undo = aliased(ReviewEvent)
    query = (
        select(ReviewEvent)
        .outerjoin(undo, undo.voids == ReviewEvent.number)
        .where(ReviewEvent.user_id == user_id, ReviewEvent.study_day >= since)
        .where(ReviewEvent.rating.is_not(None), undo.number.is_(None))
        .order_by(ReviewEvent.number.desc())
        .limit(1)
    )
    return session.scalar(query)


def card_row(session: Session, user_id: str, item_id: str, ord: int) -> Card | None:  # noqa: A002
    """The cached row of a card."""
    return session.get(Card, (user_id, item_id, ord))


def history(session: Session, user_id: str) -> Sequence[tuple[ReviewEvent, SchedulerProfile]]:
    """All events of a person, in order, each with the profile it was scheduled by."""
    query = (
        select(ReviewEvent, SchedulerProfile)
        .join(SchedulerProfile, SchedulerProfile.id == ReviewEvent.profile_id)
        .where(ReviewEvent.user_id == user_id)
        .order_by(ReviewEvent.number)
    )
    return [(row[0], row[1]) for row in session.execute(query)]


def cards_of(session: Session, user_id: str) -> dict[tuple[str, int], Card]:
    """Every cached row of a person."""
    rows = session.scalars(select(Card).where(Card.user_id == user_id))
    return {(row.item_id, row.ord): row for row in rows}


def due_by_module(session: Session, deck: Deck) -> dict[str, int]:
    """How many cards wait, by module, of each no more reviews than the day has room for."""
    rows = session.execute(_due_by_module(deck.scoped), deck.values())
    found = {slug: learning + min(reviews, max(0, room)) for slug, learning, reviews, room in rows}
    return {slug: due for slug, due in found.items() if due}


@cache
def _due_by_module(scoped: bool) -> Statement:
    learning, reviews = (func.sum(case((which, 1), else_=0)) for which in (_is_step_due(), _is_due_review()))
    query = _of_deck(select(ContentItem.module_slug, learning, reviews, _room()), scoped)
    return query.where(or_(_is_step_due(), _is_due_review())).group_by(ContentItem.module_slug)


def state_of(row: Card | None) -> CardState:
    """The cached row as the scheduler knows a card."""
    return CardState() if row is None else CardState(**{name: getattr(row, name) for name in STATE_FIELDS})


def keep_state(row: Card, state: CardState, rev: int) -> None:
    """Writes what the scheduler says into the cached row."""
    row.rev = rev
    for name in STATE_FIELDS:
        setattr(row, name, getattr(state, name))


STATE_FIELDS = tuple(field.name for field in fields(CardState))


def _of_deck(query: Select[*Columns], scoped: bool) -> Select[*Columns]:
    query = (
        query.select_from(Card)
        .join(ContentItem, ContentItem.id == Card.item_id)
        .join(Module, Module.slug == ContentItem.module_slug)
        .where(Card.user_id == USER, Card.suspended_at.is_(None), _may_see())
        .where(or_(Card.buried_until_day.is_(None), Card.buried_until_day <= TODAY))
    )
    return query.where(ContentItem.module_slug == MODULE) if scoped else query


def _is_step_due() -> ColumnElement[bool]:
    return and_(Card.state.in_(LEARNING), Card.due_at <= NOW)


def _is_due_review() -> ColumnElement[bool]:
    return and_(Card.state == "review", Card.due_day <= TODAY)


def _room() -> ColumnElement[int]:
    """How many reviews today's limit leaves: a card of an earlier day counts once, however often it is answered."""
    seen = aliased(Card)
    reviewed = select(func.count()).where(
        seen.user_id == USER, seen.last_study_day == TODAY, seen.introduced_day < TODAY
    )
    return MOST - reviewed.scalar_subquery()


def _seen_today() -> ColumnElement[bool]:
    """Whether a card of the same fact was answered today."""
    other, item = aliased(Card), aliased(ContentItem)
    facts = (
        select(item.fact)
        .join(other, other.item_id == item.id)
        .where(other.user_id == USER, other.last_study_day == TODAY)
    )
    return ContentItem.fact.in_(facts)


def _is_current_version() -> ColumnElement[bool]:
    return and_(ContentVersion.item_id == ContentItem.id, ContentVersion.number == ContentItem.version)


def _is_theirs() -> ColumnElement[bool]:
    return or_(Module.owner_id.is_(None), Module.owner_id == USER)


def _may_see() -> ColumnElement[bool]:
    return and_(can_be_asked(), Module.retired_at.is_(None), _is_theirs())
