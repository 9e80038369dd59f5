"""Queries that find somebody's cards by what they say, where they stand and how they are. Knows no queue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session

from quizapp.storage.cards import LEARNING
from quizapp.storage.items import can_be_asked, is_current_version, may_see
from quizapp.storage.tables.cards import Card
from quizapp.storage.tables.content import ContentItem, ContentVersion
from quizapp.storage.tables.notes import Module

Row = tuple[ContentItem, Card | None]
Statement = Select[*tuple[Any, ...]]
STATES = ("new", "learning", "review", "suspended", "buried", "leech")


@dataclass(frozen=True, slots=True)
class Sought:
    """Whose cards on which study day, and what narrows them: module, sections of it, state, words that all occur."""

    user_id: str
    today: date
    module_slug: str | None = None
    sections: tuple[tuple[str, ...], ...] = ()
    state: str | None = None
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A card with what it says now; `card` is None when nothing ever happened to it."""

    item: ContentItem
    version: ContentVersion
    module: Module
    card: Card | None


def tally(session: Session, sought: Sought) -> dict[str, int]:
    """How many cards there are of each state, and in `all`; the state that is sought does not narrow them."""
    sums = [func.count(case((_is(state, sought.today), 1))) for state in STATES]
    counts = session.execute(_narrowed(session, select(func.count(), *sums), sought)).one()
    return dict(zip(("all", *STATES), counts, strict=True))


def found(session: Session, sought: Sought, *, limit: int, offset: int) -> list[Found]:
    """A page of the cards, in the order of the notes."""
    query = _narrowed(session, select(ContentItem, ContentVersion, Module, Card), sought)
    if sought.state:
        query = query.where(_is(sought.state, sought.today))
    query = query.order_by(Module.title, Module.slug, ContentItem.position, ContentItem.id).limit(limit).offset(offset)
    return [Found(*row) for row in session.execute(query)]


def rows(session: Session, sought: Sought, item_ids: Sequence[str] | None = None) -> list[Row]:
    """All the cards, or those of them that are named, each with its row."""
    query = _narrowed(session, select(ContentItem, Card), sought)
    if sought.state:
        query = query.where(_is(sought.state, sought.today))
    if item_ids is not None:
        query = query.where(ContentItem.id.in_(item_ids))
    query = query.order_by(Module.title, Module.slug, ContentItem.position, ContentItem.id)
    return [(row[0], row[1]) for row in session.execute(query)]


def _narrowed(session: Session, query: Statement, sought: Sought) -> Statement:
    query = (
        query.select_from(ContentItem)
        .join(ContentVersion, is_current_version())
        .join(Module, Module.slug == ContentItem.module_slug)
        .outerjoin(Card, and_(Card.item_id == ContentItem.id, Card.user_id == sought.user_id, Card.ord == 0))
        .where(ContentItem.use == "card", can_be_asked(), may_see(sought.user_id))
    )
    if sought.module_slug:
        query = query.where(ContentItem.module_slug == sought.module_slug)
    if sought.sections:
        query = query.where(or_(*(ContentItem.section == list(path) for path in sought.sections)))
    # SQLite's own lower() knows ASCII alone; the database module gives it one that knows all letters.
    lower = func.lower_all if session.get_bind().dialect.name == "sqlite" else func.lower
    sides = [lower(ContentVersion.payload[side].as_string()) for side in ("front", "back")]
    for word in sought.words:
        query = query.where(or_(*(side.contains(word.lower(), autoescape=True) for side in sides)))
    return query


def _is(state: str, today: date) -> ColumnElement[bool]:
    """A suspended card is neither new nor learned nor waiting; a leech and a buried card may be any of them."""
    active = Card.suspended_at.is_(None)
    return {
        "new": and_(active, or_(Card.item_id.is_(None), Card.state == "new")),
        "learning": and_(active, Card.state.in_(LEARNING)),
        "review": and_(active, Card.state == "review"),
        "suspended": Card.suspended_at.is_not(None),
        "buried": Card.buried_until_day > today,
        "leech": Card.leech_at.is_not(None),
    }[state]
