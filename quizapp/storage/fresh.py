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
    Integer,
    Select,
    and_,
    bindparam,
    case,
    func,
    literal,
    not_,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from quizapp.scheduling.queue import Waiting
from quizapp.storage.cards import MODULE, TODAY, USER, Deck, Shape, is_seen_today
from quizapp.storage.items import can_be_asked
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
    rows = session.execute(_fresh(deck.shape), deck.values() | where).all()
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
def _fresh(shape: Shape) -> Statement:
    row = aliased(Card)
    untouched = ~select(row.item_id).where(row.user_id == USER, row.item_id == ContentItem.id, row.ord == 0).exists()
    start = case((Module.slug == SLUG, POSITION), else_=0)
    behind = _cards(shape).where(untouched, Module.slug >= SLUG, ContentItem.position >= start)
    again = _cards(shape).join(Card, and_(Card.item_id == ContentItem.id, Card.user_id == USER, Card.ord == 0))
    again = again.where(Card.state == "new", Card.suspended_at.is_(None))
    again = again.where(or_(Card.buried_until_day.is_(None), Card.buried_until_day <= TODAY))
    parts = [
        (FIRST, behind, ONE),
        (FIRST + 1, _apart(behind, shape), UNTOUCHED),
        (FIRST + 1, _apart(again, shape), LIMIT),
    ]
    limited = [
        part.add_columns(literal(rank, Integer).label("rank")).order_by(Module.slug, ContentItem.position).limit(most)
        for rank, part, most in parts
    ]
    every = union_all(*(select(part.subquery()) for part in limited)).subquery()
    columns = every.c
    query = select(columns.rank, columns.slug, columns.position, columns.id, columns.seen, columns.fact)
    return query.order_by(columns.rank, columns.slug, columns.position)


def _cards(shape: Shape) -> Statement:
    """Cards that can be asked. Modules go first and in order, so that nothing is sorted and the first few suffice."""
    query: Statement = (
        select(Module.slug, ContentItem.position, ContentItem.id, is_seen_today().label("seen"), ContentItem.fact)
        .join(ContentItem, ContentItem.module_slug == Module.slug)
        .where(Module.retired_at.is_(None), func.coalesce(Module.owner_id, USER) == USER)
        .where(ContentItem.use == "card", can_be_asked())
    )
    return query.where(Module.slug == MODULE) if shape.scoped else query


def _apart(query: Statement, shape: Shape) -> Statement:
    return query.where(not_(is_seen_today())) if shape.apart else query
