"""Queries that count somebody's cards and answers, day by day. Knows no chart."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from quizapp.storage.card_history import standing
from quizapp.storage.items import can_be_asked, may_see
from quizapp.storage.tables.cards import Card, ReviewEvent, SchedulerProfile
from quizapp.storage.tables.content import ContentItem
from quizapp.storage.tables.notes import Module

Statement = Select[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Day:
    """What was answered on a study day: how many answers, and how long they took, as far as it is known."""

    day: date
    answers: int
    duration_ms: int


@dataclass(frozen=True, slots=True)
class Known:
    """A review of a card that waited for a day: what it was before, on which day, by which weights, and its rating."""

    day: date
    last_day: date
    stability: float
    params: tuple[float, ...]
    rating: int


def by_day(session: Session, user_id: str) -> list[Day]:
    """Every study day with an answer that stands, in order."""
    total = func.coalesce(func.sum(ReviewEvent.duration_ms), 0)
    query = _answers(select(ReviewEvent.study_day, func.count(), total), user_id)
    query = query.group_by(ReviewEvent.study_day).order_by(ReviewEvent.study_day)
    return [Day(row[0], row[1], int(row[2])) for row in session.execute(query)]


def reviews_since(session: Session, user_id: str, since: date) -> Iterator[Known]:
    """The reviews that stand of cards which were known before, from a study day on."""
    before = ReviewEvent.state_before
    columns = (ReviewEvent.study_day, before["last_study_day"].as_string(), before["stability"].as_float())
    query = _answers(select(*columns, ReviewEvent.rating, ReviewEvent.profile_id), user_id)
    query = query.where(ReviewEvent.study_day >= since, before["state"].as_string() == "review")
    params = {
        row[0]: tuple(row[1])
        for row in session.execute(
            select(SchedulerProfile.id, SchedulerProfile.params).where(SchedulerProfile.user_id == user_id)
        )
    }
    for day, last, stability, rating, profile_id in session.execute(query):
        yield Known(day, date.fromisoformat(last), stability, params[profile_id], rating)


def due_by_day(session: Session, user_id: str, until: date) -> dict[date, int]:
    """How many cards come back on which study day, up to one; what is overdue keeps its day."""
    query = _asked(select(Card.due_day, func.count()), user_id).where(Card.state != "new", Card.due_day <= until)
    return {row[0]: row[1] for row in session.execute(query.group_by(Card.due_day))}


def waits(session: Session, user_id: str) -> list[tuple[int, int]]:
    """How long cards that are known wait between two reviews, in study days, and how many do."""
    query = _asked(select(Card.last_study_day, Card.due_day, func.count()), user_id).where(Card.state == "review")
    found: dict[int, int] = {}
    for last, due, count in session.execute(query.group_by(Card.last_study_day, Card.due_day)):
        days = (due - last).days
        found[days] = found.get(days, 0) + count
    return sorted(found.items())


def _answers(query: Statement, user_id: str) -> Statement:
    return standing(query).where(ReviewEvent.user_id == user_id, ReviewEvent.kind == "answer")


def _asked(query: Statement, user_id: str) -> Statement:
    """Cards that would be asked: not suspended, in the notes now, hidden by nobody."""
    return (
        query.select_from(Card)
        .join(ContentItem, ContentItem.id == Card.item_id)
        .join(Module, Module.slug == ContentItem.module_slug)
        .where(Card.user_id == user_id, Card.suspended_at.is_(None), can_be_asked(), may_see(user_id))
    )
