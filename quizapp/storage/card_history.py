"""Queries about the events of cards: what happened last, what happened at once, and all of it for a replay.

Events are only ever added. Knows no schedule.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any, TypeVarTuple

from sqlalchemy import Row, Select, and_, insert, select, tuple_
from sqlalchemy.orm import Session, aliased

from quizapp.storage.tables.cards import Card, ReviewEvent, SchedulerProfile

Columns = TypeVarTuple("Columns")

AT_ONCE = 1000  # so many rows in memory
Past = Row[int, str, int, str, int | None, int | None, datetime, str, int, str, str]
"""An event as a replay needs it: its number, item and side, kind, rating, what it voids, when, the zone and the hour at
which days begin there, the id of the profile, and the source."""


def add_events(session: Session, events: list[dict[str, Any]]) -> None:
    """Adds to the history, in this order, by one statement however many there are."""
    session.execute(insert(ReviewEvent), events)


def standing(query: Select[*Columns]) -> Select[*Columns]:
    """Events that were not taken back."""
    undo = aliased(ReviewEvent)
    query = query.select_from(ReviewEvent).outerjoin(undo, undo.voids == ReviewEvent.number)
    return query.where(undo.number.is_(None))


def last_standing(session: Session, user_id: str, since: date) -> ReviewEvent | None:
    """The newest event since a study day that was made here, can be taken back and was not."""
    query = (
        standing(select(ReviewEvent))
        .where(ReviewEvent.user_id == user_id, ReviewEvent.study_day >= since)
        .where(ReviewEvent.kind != "undo", ReviewEvent.source != "import")
        .order_by(ReviewEvent.number.desc())
        .limit(1)
    )
    return session.scalar(query)


def operation(session: Session, user_id: str, name: str) -> list[tuple[ReviewEvent, Card]]:
    """The events of an operation, the newest first, each with the row of its card."""
    card = and_(Card.user_id == user_id, Card.item_id == ReviewEvent.item_id, Card.ord == ReviewEvent.ord)
    query = select(ReviewEvent, Card).join(Card, card).where(ReviewEvent.user_id == user_id)
    query = query.where(ReviewEvent.operation == name).order_by(ReviewEvent.number.desc())
    return [(row[0], row[1]) for row in session.execute(query)]


def profiles(session: Session, user_id: str) -> dict[str, SchedulerProfile]:
    """How a person's answers were scheduled, by the id that their events name."""
    rows = session.scalars(select(SchedulerProfile).where(SchedulerProfile.user_id == user_id))
    return {row.id: row for row in rows}


def history(session: Session, user_id: str, of: Collection[tuple[str, int]] | None = None) -> Iterable[Past]:
    """All events of a person, or `of` some cards of theirs, in order.

    Only what a replay needs is read: whole rows took three times as long.
    """
    event = ReviewEvent
    query = (
        select(event.number, event.item_id, event.ord, event.kind, event.rating, event.voids, event.at)
        .add_columns(event.tz_name, event.rollover_h, event.profile_id, event.source)
        .where(event.user_id == user_id)
        .order_by(event.number)
    )
    if of is not None:
        return session.execute(query.where(tuple_(event.item_id, event.ord).in_(of)))
    return session.execute(query.execution_options(yield_per=AT_ONCE))
