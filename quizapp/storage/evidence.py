"""Queries for what is known about somebody's knowledge of a module. Knows tables, no formula."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from quizapp.storage.attempts import last_answers
from quizapp.storage.items import can_be_asked
from quizapp.storage.tables.cards import Card
from quizapp.storage.tables.content import ContentItem
from quizapp.storage.tables.labs import LabRun, LabStepPass
from quizapp.storage.tables.quiz import Attempt


class Known(NamedTuple):
    """An item of a module, with the state of its card or what the last answer to it earned."""

    section: tuple[str, ...]
    fact: str
    stability: float | None
    last_study_day: date | None
    fraction: float | None


def evidence(session: Session, user_id: str, module_slug: str) -> list[Known]:
    """Every item that can be asked, whether anything is known about it or not."""
    answers = last_answers(Attempt.user_id == user_id, Attempt.module_slug == module_slug)
    query = (
        select(ContentItem.section, ContentItem.fact, Card.stability, Card.last_study_day, answers.c.fraction)
        .outerjoin(Card, and_(Card.item_id == ContentItem.id, Card.user_id == user_id, Card.ord == 0))
        .outerjoin(answers, and_(answers.c.item_id == ContentItem.id, answers.c.place == 1))
        .where(ContentItem.module_slug == module_slug, can_be_asked())
    )
    return [Known(tuple(row[0]), *row[1:]) for row in session.execute(query)]


def passed_steps(session: Session, user_id: str, labs: Sequence[str]) -> set[tuple[str, str]]:
    """Lab and step of all that somebody ever passed in these labs."""
    query = (
        select(LabRun.lab_slug, LabStepPass.step_id)
        .join(LabStepPass, LabStepPass.lab_run_id == LabRun.id)
        .where(LabRun.user_id == user_id, LabRun.lab_slug.in_(labs))
    )
    return {(row[0], row[1]) for row in session.execute(query)}
