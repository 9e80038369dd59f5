"""Queries about cards and reviews: what waits, what was answered, what it left behind. Knows no schedule.

What every card costs is asked by statements that are built once: to build them took four times as long as to run them.
"""

from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any, NamedTuple, TypeVarTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Select,
    and_,
    bindparam,
    case,
    distinct,
    func,
    literal,
    not_,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from quizapp.scheduling.card import CardState
from quizapp.scheduling.queue import LEARN_AHEAD, LOOK_AHEAD, Waiting
from quizapp.storage.card_history import standing
from quizapp.storage.items import can_be_asked, is_current_version, is_theirs, may_see
from quizapp.storage.tables.cards import Card, ReviewEvent, SchedulerProfile
from quizapp.storage.tables.content import ContentItem, ContentVersion, CurationDecision, ImportRun
from quizapp.storage.tables.notes import Module
from quizapp.storage.tables.people import User

Columns = TypeVarTuple("Columns")

LEARNING = ("learning", "relearning")
ANYWHERE = timedelta(days=2)  # after midnight in UTC no study day of that date has yet to begin, whatever its zone
Statement = Select[*tuple[Any, ...]]
USER: BindParameter[Any] = bindparam("user")
TODAY: BindParameter[Any] = bindparam("today")
NOW: BindParameter[Any] = bindparam("now")
SOON: BindParameter[Any] = bindparam("soon")
MODULE: BindParameter[Any] = bindparam("module")
ITEM: BindParameter[Any] = bindparam("item")
ORD: BindParameter[Any] = bindparam("ord")
EDGE: BindParameter[Any] = bindparam("edge")
MOST = bindparam("most", type_=Integer)


class Shape(NamedTuple):
    """`scoped`: the deck is one module's; `apart`: siblings are not shown on one day."""

    scoped: bool
    apart: bool


@dataclass(frozen=True, slots=True)
class Deck:
    """Whose cards, of which module (None: all), and when: the instant and its study day.

    At most `most` reviews come on one day; with `apart` a card waits while another one of its fact was seen today.
    """

    user_id: str
    module_slug: str | None
    now: datetime
    today: date
    most: int
    apart: bool

    @property
    def shape(self) -> "Shape":
        """Which of the statements below it needs."""
        return Shape(scoped=self.module_slug is not None, apart=self.apart)

    def values(self) -> dict[str, Any]:
        """What the statements below are filled in with."""
        edge = datetime.combine(self.today, time(), UTC) + ANYWHERE
        when = {"today": self.today, "now": self.now, "soon": self.now + LEARN_AHEAD, "edge": edge}
        return when | {"user": self.user_id, "module": self.module_slug, "most": self.most}


@dataclass(frozen=True, slots=True)
class Today:
    """Numbers of a study day: cards that wait, answers that stand, and cards shown for the first time.

    `held_back` reviews are due as well, beyond what the person wants on one day; `later` are due and not shown today
    for that or another reason; both are 0 where they were not counted. `content` says which cards there are to
    everybody: it is another one whenever some were added, moved, hidden or brought back.
    """

    due: int
    held_back: int
    later: int
    done: int
    introduced: int
    content: tuple[int, int]


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


def numbers(session: Session, deck: Deck, *, whole: bool) -> Today:
    """How a study day stands; what was done and introduced is counted over all modules.

    Without `whole` no more reviews are counted than are shown on one day, however many are due.
    """
    row = session.execute(_numbers(deck.shape, whole), deck.values()).one()
    learning, reviews, possible, room, done, introduced, *content = row
    shown = min(possible, max(0, room))
    held_back, later = (possible - shown, reviews - shown) if whole else (0, 0)
    return Today(learning + shown, held_back, later, done, introduced, (content[0], content[1]))


@cache
def _numbers(shape: Shape, whole: bool) -> Statement:
    learning = _of_deck(select(func.count()), shape).where(_is_step_due()).scalar_subquery()
    answers = standing(select(func.count())).where(ReviewEvent.user_id == USER, ReviewEvent.study_day == TODAY)
    done = answers.where(ReviewEvent.kind == "answer").scalar_subquery()
    introduced = (
        select(func.count())
        .where(Card.user_id == USER, Card.last_study_day == TODAY, Card.introduced_day == TODAY)
        .scalar_subquery()
    )
    runs = select(func.count()).select_from(ImportRun).scalar_subquery()
    decisions = select(func.coalesce(func.max(CurationDecision.number), 0)).scalar_subquery()
    return select(learning, *_reviews(shape, whole), _room(), done, introduced, runs, decisions)


def _reviews(shape: Shape, whole: bool) -> tuple[ColumnElement[int], ColumnElement[int]]:
    """How many reviews are due (0 unless `whole`), and how many may come today: of a deck apart one of each fact."""
    if not whole:
        found = _shown(select(_fact(shape).label("fact"))).where(_is_due_review()).subquery()
        if not shape.apart:
            return literal(0), _count(select(found.c.fact).where(found.c.fact.is_not(None)).limit(MOST))
        # The one NULL is not counted; to leave it out by a condition would look every card up once more.
        facts = select(found.c.fact).where(not_(is_seen_today(found.c.fact))).distinct().limit(MOST + 1)
        return literal(0), select(func.count(facts.subquery().c.fact)).scalar_subquery()
    due = _of_deck(select(ContentItem.fact), shape).where(_is_due_review())
    return _count(due), _count(due.where(not_(is_seen_today())).distinct() if shape.apart else due)


def _count(query: Select[*tuple[Any, ...]]) -> ColumnElement[int]:
    return select(func.count()).select_from(query.subquery()).scalar_subquery()


def waiting(session: Session, deck: Deck) -> list[tuple[int, Waiting]]:
    """Cards that were answered before and can be shown, the most urgent first.

    Each with its rank: 0 for a learning step that has come, 1 for a due review, 2 for a step that nearly has come.
    """
    rows = session.execute(_waiting(deck.shape), deck.values())
    return [(row[0], Waiting(item_id=row[1], ord=row[2], sibling_seen=bool(row[3]))) for row in rows]


@cache
def _waiting(shape: Shape) -> Statement:
    # Steps and reviews are looked up apart, each in the order of its index: of 100,000 cards as of 1,000 the first
    # few are read. That the day has come says already that the instant is before the edge; the index wants to hear it.
    fact = _fact(shape)
    steps = and_(Card.state.in_(LEARNING), Card.due_at <= SOON, fact.is_not(None))
    reviews = and_(_is_due_review(), Card.due_at <= EDGE, _room() > 0, fact.is_not(None))
    if shape.apart:
        reviews = and_(reviews, not_(is_seen_today(fact)))
    rank = case((Card.state == "review", 1), (Card.due_at <= NOW, 0), else_=2).label("rank")
    first = select(rank, Card.item_id, Card.ord, Card.due_at).order_by(Card.due_at, Card.item_id, Card.ord)
    halves = [_shown(first).where(half).limit(LOOK_AHEAD).subquery() for half in (steps, reviews)]
    both = union_all(*(select(half) for half in halves)).subquery()
    query = select(both.c.rank, both.c.item_id, both.c.ord, is_seen_today())
    query = query.join(ContentItem, ContentItem.id == both.c.item_id)
    return query.order_by(both.c.rank, both.c.due_at, both.c.item_id, both.c.ord)


def next_due_at(session: Session, deck: Deck) -> datetime | None:
    """The instant at which the next card comes back, of those that do not wait already."""
    return session.scalar(_next_due(deck.shape), deck.values())


@cache
def _next_due(shape: Shape) -> Statement:
    later = _of_deck(select(Card.due_at), shape).where(Card.due_at > NOW)
    return later.order_by(Card.due_at).limit(1)


def card(session: Session, user_id: str, item_id: str, ord: int) -> CardRows | None:  # noqa: A002
    """One card with what it says now; None when there is no such card for this person."""
    row = session.execute(_card(), {"user": user_id, "item": item_id, "ord": ord}).first()
    return CardRows(*row) if row else None


@cache
def _card() -> Statement:
    return (
        select(ContentItem, ContentVersion, Module, Card)
        .join(ContentVersion, is_current_version())
        .join(Module, Module.slug == ContentItem.module_slug)
        .outerjoin(Card, and_(Card.item_id == ContentItem.id, Card.user_id == USER, Card.ord == ORD))
        .where(ContentItem.id == ITEM, ContentItem.use == "card", is_theirs(USER))
    )


def event_by_client_id(session: Session, user_id: str, client_event_id: str) -> ReviewEvent | None:
    """The event that a browser named so, if it is stored."""
    query = select(ReviewEvent).where(ReviewEvent.user_id == user_id, ReviewEvent.client_event_id == client_event_id)
    return session.scalar(query)


def with_siblings(session: Session, user_id: str, item_id: str) -> list[tuple[ContentItem, Card | None]]:
    """A card and those of the same fact that can be shown, it first; none when there is no such card for them."""
    facts = select(ContentItem.fact, ContentItem.module_slug).where(ContentItem.id == ITEM).subquery()
    query = (
        select(ContentItem, Card)
        .join(facts, and_(facts.c.fact == ContentItem.fact, facts.c.module_slug == ContentItem.module_slug))
        .join(Module, Module.slug == ContentItem.module_slug)
        .outerjoin(Card, and_(Card.item_id == ContentItem.id, Card.user_id == USER, Card.ord == 0))
        .where(ContentItem.use == "card", is_open_to())
        .order_by(ContentItem.id != ITEM, ContentItem.position)
    )
    rows = session.execute(query, {"user": user_id, "item": item_id})
    found: list[tuple[ContentItem, Card | None]] = [(row[0], row[1]) for row in rows]
    return found if found and found[0][0].id == item_id else []


def card_row(session: Session, user_id: str, item_id: str, ord: int) -> Card | None:  # noqa: A002
    """The cached row of a card."""
    return session.get(Card, (user_id, item_id, ord))


def cards_of(session: Session, user_id: str) -> dict[tuple[str, int], Card]:
    """Every cached row of a person."""
    rows = session.scalars(select(Card).where(Card.user_id == user_id))
    return {(row.item_id, row.ord): row for row in rows}


def due_by_module(session: Session, deck: Deck) -> dict[str, int]:
    """How many cards wait, by module, of each no more reviews than the day has room for."""
    rows = session.execute(_due_by_module(deck.shape), deck.values())
    found = {slug: learning + min(reviews, max(0, room)) for slug, learning, reviews, room in rows}
    return {slug: due for slug, due in found.items() if due}


@cache
def _due_by_module(shape: Shape) -> Statement:
    learning = func.sum(case((_is_step_due(), 1), else_=0))
    fact = case((and_(_is_due_review(), not_(is_seen_today())), ContentItem.fact))
    reviews = func.count(distinct(fact)) if shape.apart else func.count(case((_is_due_review(), 1)))
    query = _of_deck(select(ContentItem.module_slug, learning, reviews, _room()), shape)
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


def _of_deck(query: Select[*Columns], shape: Shape) -> Select[*Columns]:
    query = (
        _shown(query)
        .join(ContentItem, ContentItem.id == Card.item_id)
        .join(Module, Module.slug == ContentItem.module_slug)
        .where(is_open_to())
    )
    return query.where(ContentItem.module_slug == MODULE) if shape.scoped else query


def _shown(query: Select[*Columns]) -> Select[*Columns]:
    """The person's cards that were not set aside."""
    return query.select_from(Card).where(Card.user_id == USER, is_awake())


def is_awake() -> ColumnElement[bool]:
    """Whether a card was not set aside; one that was never answered was not."""
    return and_(Card.suspended_at.is_(None), or_(Card.buried_until_day.is_(None), Card.buried_until_day <= TODAY))


def _fact(shape: Shape) -> ColumnElement[str | None]:
    """The fact of a card that can be asked, and NULL of one that cannot.

    As a value and not a join, so that PostgreSQL looks at few cards in their order and does not begin with all items.
    """
    query = (
        select(ContentItem.fact)
        .join(Module, Module.slug == ContentItem.module_slug)
        .where(ContentItem.id == Card.item_id, is_open_to())
    )
    query = query.where(ContentItem.module_slug == MODULE) if shape.scoped else query
    return query.correlate(Card).scalar_subquery()


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


def is_seen_today(fact: ColumnElement[Any] | None = None) -> ColumnElement[bool]:
    """Whether a card of that fact, or of the item's own, was answered today."""
    other, item = aliased(Card), aliased(ContentItem)
    facts = (
        select(item.fact)
        .join(other, other.item_id == item.id)
        .where(other.user_id == USER, other.last_study_day == TODAY)
    )
    return (ContentItem.fact if fact is None else fact).in_(facts)


def is_open_to() -> ColumnElement[bool]:
    """Whether an item can be asked, and its module is the person's or everybody's."""
    return and_(can_be_asked(), may_see(USER))
