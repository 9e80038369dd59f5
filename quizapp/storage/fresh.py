"""Queries for cards that were never answered. Knows no schedule.

They come in the order of the notes, so that behind years of study lies a long stretch of cards that all were. It is
read once: `Session.info` keeps the place of the first card without a row, its mark, for as long as the content is the
same (cards.Today.content). No row of a card is ever taken away, so that nothing before the mark becomes new; cards
whose first answer was taken back have a row, and are looked up apart.
"""

from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Select,
    and_,
    bindparam,
    case,
    func,
    literal,
    not_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from quizapp.scheduling.queue import Waiting
from quizapp.storage.cards import MODULE, USER, Deck, Shape, is_awake, is_seen_today
from quizapp.storage.items import can_be_asked, is_theirs
from quizapp.storage.tables.cards import Card
from quizapp.storage.tables.content import ContentItem
from quizapp.storage.tables.notes import Module

Statement = Select[*tuple[Any, ...]]
SIDES = 3  # how many cards one fact gives, more or less
FIRST = 0
MARKS, MOST_MARKS = "marks", 10_000
SLUG: BindParameter[Any] = bindparam("mark_slug")
POSITION = bindparam("mark_position", type_=Integer)
ONE = bindparam("one", type_=Integer)
UNTOUCHED = bindparam("untouched", type_=Integer)
LIMIT = bindparam("limit", type_=Integer)


class Mark(NamedTuple):
    """Every card before this place has a row, as long as the content is that; with `none_left` every card has."""

    content: tuple[int, int]
    slug: str = ""
    position: int = 0
    none_left: bool = False


def fresh(session: Session, deck: Deck, limit: int, content: tuple[int, int]) -> list[Waiting]:
    """Up to `limit` cards that were never answered, in the order of the notes; of a deck apart, one of each fact.

    `content` was read before, so that a mark never claims to know more than it does.
    """
    most = limit * (SIDES if deck.apart else 1)
    mark = _mark(session, deck, content)
    where = {"mark_slug": mark.slug, "mark_position": mark.position, "one": not mark.none_left}
    where |= {"limit": most, "untouched": 0 if mark.none_left else most}
    lateral = session.get_bind().dialect.name == "postgresql"
    rows = session.execute(_fresh(deck.shape, lateral), deck.values() | where).all()
    first = next(((row[1], row[2]) for row in rows if row[0] == FIRST), None)
    _keep_mark(session, deck, Mark(content, *first) if first else Mark(content, none_left=True))
    found: dict[str, Waiting] = {}
    for rank, _slug, _position, item_id, seen, fact in rows:
        if rank != FIRST:
            found.setdefault(fact if deck.apart else item_id, Waiting(item_id=item_id, ord=0, sibling_seen=bool(seen)))
    return list(found.values())[:limit]


def _mark(session: Session, deck: Deck, content: tuple[int, int]) -> Mark:
    known = session.info.get(MARKS, {}).get((deck.user_id, deck.module_slug))
    return known if known and known.content == content else Mark(content)


def _keep_mark(session: Session, deck: Deck, mark: Mark) -> None:
    marks: dict[tuple[str, str | None], Mark] = session.info.setdefault(MARKS, {})
    if len(marks) > MOST_MARKS:
        marks.clear()
    marks[deck.user_id, deck.module_slug] = mark


@cache
def _fresh(shape: Shape, lateral: bool) -> Statement:
    parts = [
        (FIRST, _behind(shape._replace(apart=False), ONE, lateral)),
        (FIRST + 1, _behind(shape, UNTOUCHED, lateral)),
        (FIRST + 1, _again(shape, lateral).limit(LIMIT)),
    ]
    ranked = [part.add_columns(literal(rank, Integer).label("rank")).subquery() for rank, part in parts]
    columns = union_all(*(select(part) for part in ranked)).subquery().c
    query = select(columns.rank, columns.slug, columns.position, columns.id, columns.seen, columns.fact)
    return query.order_by(columns.rank, columns.slug, columns.position)


def _behind(shape: Shape, most: BindParameter[int], lateral: bool) -> Statement:
    """Cards without a row from the mark on.

    Modules go first and in order, so that nothing is sorted and the first few suffice. PostgreSQL does not see that
    the cards of each come in order too, unless it is asked for the first few of each.
    """
    row = aliased(Card)
    untouched = ~select(row.item_id).where(row.user_id == USER, row.item_id == ContentItem.id, row.ord == 0).exists()
    start = case((Module.slug == SLUG, POSITION), else_=0)
    cards = and_(_is_card(shape), untouched, ContentItem.position >= start)
    modules = and_(_is_open(shape, lateral), Module.slug >= SLUG)
    if not lateral:
        query: Statement = select(Module.slug, *_columns()).join(ContentItem, ContentItem.module_slug == Module.slug)
        return query.where(modules, cards).order_by(Module.slug, ContentItem.position).limit(most)
    own: Statement = select(*_columns()).where(ContentItem.module_slug == Module.slug, cards)
    of_module = own.order_by(ContentItem.position).limit(most).correlate(Module).lateral()
    query = select(Module.slug, *of_module.c).join(of_module, true())
    return query.where(modules).order_by(Module.slug, of_module.c.position).limit(most)


def _again(shape: Shape, lateral: bool) -> Statement:
    """Cards with a row that are new all the same: their first answer was taken back, or they were set aside before."""
    query: Statement = (
        select(Module.slug, *_columns())
        .join(ContentItem, ContentItem.module_slug == Module.slug)
        .join(Card, and_(Card.item_id == ContentItem.id, Card.user_id == USER, Card.ord == 0))
        .where(_is_open(shape, lateral), _is_card(shape), Card.state == "new", is_awake())
        .order_by(Module.slug, ContentItem.position)
    )
    return query


def _columns() -> tuple[Any, ...]:
    return ContentItem.position, ContentItem.id, is_seen_today().label("seen"), ContentItem.fact


def _is_open(shape: Shape, lateral: bool) -> ColumnElement[bool]:
    """For SQLite in such words that no index by owner is used: it would bring the modules out of order.

    For PostgreSQL not so: it would expect a single module then, and take all cards of all of them to sort them.
    """
    theirs = is_theirs(USER) if lateral else func.coalesce(Module.owner_id, USER) == USER
    is_open = and_(Module.retired_at.is_(None), theirs)
    return and_(is_open, Module.slug == MODULE) if shape.scoped else is_open


def _is_card(shape: Shape) -> ColumnElement[bool]:
    is_card = and_(ContentItem.use == "card", can_be_asked())
    return and_(is_card, not_(is_seen_today())) if shape.apart else is_card
