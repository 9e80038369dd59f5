"""Queries about quizzes: what could be asked, what was asked, answered and earned. Knows no mark."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, Subquery, and_, func, select
from sqlalchemy.orm import Session, aliased

from quizapp.scheduling.rounds import Candidate
from quizapp.storage.items import can_be_asked, is_current_version
from quizapp.storage.tables.content import ContentItem, ContentVersion
from quizapp.storage.tables.notes import Module
from quizapp.storage.tables.quiz import AnswerEvent, Attempt, AttemptItem, GradeEvent


@dataclass(frozen=True, slots=True)
class Asked:
    """A frozen question with its answer and grade, when it has them."""

    asked: AttemptItem
    answer: AnswerEvent | None
    grade: GradeEvent | None


@dataclass(frozen=True, slots=True)
class Finished:
    """A quiz that came to its end."""

    attempt_id: str
    module_slug: str
    module_title: str
    right: int
    total: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A quiz with `pos` as its first question without an answer."""

    attempt_id: str
    module_slug: str
    module_title: str
    pos: int
    total: int


def candidates(session: Session, user_id: str, module_slug: str) -> list[tuple[tuple[str, ...], Candidate]]:
    """Section and question for everything a module can ask, with what the person's last answer to it earned."""
    graded = last_answers(Attempt.user_id == user_id, Attempt.module_slug == module_slug)
    query = (
        select(ContentItem, graded.c.fraction)
        .outerjoin(graded, and_(graded.c.item_id == ContentItem.id, graded.c.place == 1))
        .where(ContentItem.module_slug == module_slug, ContentItem.use == "quiz", can_be_asked())
        .order_by(ContentItem.position)
    )
    return [
        (tuple(item.section), Candidate(item.id, item.kind, item.fact, fraction, (item.line_from, item.line_to)))
        for item, fraction in session.execute(query)
    ]


def current_versions(session: Session, item_ids: list[str]) -> dict[str, tuple[ContentItem, ContentVersion]]:
    """Items with what they say now, by id."""
    query = (
        select(ContentItem, ContentVersion)
        .join(ContentVersion, is_current_version())
        .where(ContentItem.id.in_(item_ids))
    )
    return {item.id: (item, version) for item, version in session.execute(query)}


def add_attempt(session: Session, attempt: Attempt, asked: list[AttemptItem]) -> None:
    """Stores a quiz with its frozen questions."""
    session.add(attempt)
    session.flush()
    session.add_all(asked)


def attempt(session: Session, user_id: str, attempt_id: str, *, lock: bool = False) -> tuple[Attempt, Module] | None:
    """Somebody's own quiz; with `lock` whoever else answers in it waits."""
    query = (
        select(Attempt, Module)
        .join(Module, Module.slug == Attempt.module_slug)
        .where(Attempt.id == attempt_id, Attempt.user_id == user_id, is_practice())
    )
    row = session.execute(query.with_for_update(of=Attempt) if lock else query).first()
    return (row[0], row[1]) if row else None


def asked_at(session: Session, attempt_id: str, pos: int) -> Asked | None:
    """One question of a quiz."""
    row = session.execute(_asked(attempt_id).where(AttemptItem.pos == pos)).first()
    return Asked(*row) if row else None


def all_asked(session: Session, attempt_id: str) -> list[Asked]:
    """Every question of a quiz, in order."""
    return [Asked(*row) for row in session.execute(_asked(attempt_id).order_by(AttemptItem.pos))]


def add_answer(session: Session, answer: AnswerEvent, grade: GradeEvent) -> None:
    """Stores an answer and what it earned."""
    session.add(answer)
    session.flush()
    grade.answer_id = answer.id
    session.add(grade)
    session.flush()


def count_answers(session: Session, attempt_id: str) -> int:
    """How many questions of a quiz have an answer."""
    return session.scalar(select(func.count()).where(AnswerEvent.attempt_id == attempt_id, AnswerEvent.seq == 1)) or 0


def unfinished(session: Session, user_id: str) -> Unfinished | None:
    """The newest quiz that somebody left before its end."""
    first = (
        select(func.min(AttemptItem.pos))
        .outerjoin(AnswerEvent, _answers(AttemptItem))
        .where(AttemptItem.attempt_id == Attempt.id, AnswerEvent.id.is_(None))
        .correlate(Attempt)
        .scalar_subquery()
    )
    query = (
        select(Attempt.id, Module.slug, Module.title, first, Attempt.size)
        .join(Module, Module.slug == Attempt.module_slug)
        .where(Attempt.user_id == user_id, Attempt.closed_at.is_(None), is_practice())
        .order_by(Attempt.started_at.desc())
        .limit(1)
    )
    row = session.execute(query).first()
    return Unfinished(*row) if row and row[3] is not None else None


def finished(session: Session, user_id: str, limit: int) -> list[Finished]:
    """The quizzes somebody finished last."""
    right = (
        select(func.count())
        .select_from(AnswerEvent)
        .join(GradeEvent, GradeEvent.answer_id == AnswerEvent.id)
        .where(AnswerEvent.attempt_id == Attempt.id, GradeEvent.fraction >= 1, is_current_grade())
        .correlate(Attempt)
        .scalar_subquery()
    )
    query = (
        select(Attempt.id, Module.slug, Module.title, right, Attempt.size, Attempt.closed_at)
        .join(Module, Module.slug == Attempt.module_slug)
        .where(Attempt.user_id == user_id, Attempt.closed_at.is_not(None), is_practice())
        .order_by(Attempt.closed_at.desc())
        .limit(limit)
    )
    return [Finished(*row) for row in session.execute(query)]


def _asked(attempt_id: str) -> Select[AttemptItem, AnswerEvent, GradeEvent]:
    return (
        select(AttemptItem, AnswerEvent, GradeEvent)
        .outerjoin(AnswerEvent, _answers(AttemptItem))
        .outerjoin(GradeEvent, and_(GradeEvent.answer_id == AnswerEvent.id, is_current_grade()))
        .where(AttemptItem.attempt_id == attempt_id)
    )


def _answers(asked: type[AttemptItem]) -> ColumnElement[bool]:
    return and_(AnswerEvent.attempt_id == asked.attempt_id, AnswerEvent.pos == asked.pos, AnswerEvent.seq == 1)


def last_answers(*those: ColumnElement[bool]) -> Subquery:
    """The answers to each item (`item_id`, `at`, `fraction`) in quizzes of one's own, among `those`.

    `place` 1 is an item's newest. All that follows from answers comes through here, so work for a cohort tells nothing.
    """
    place = func.row_number().over(partition_by=AttemptItem.item_id, order_by=AnswerEvent.at.desc())
    return (
        select(AttemptItem.item_id, AnswerEvent.at, GradeEvent.fraction, place.label("place"))
        .join(Attempt, Attempt.id == AttemptItem.attempt_id)
        .join(AnswerEvent, _answers(AttemptItem))
        .join(GradeEvent, GradeEvent.answer_id == AnswerEvent.id)
        .where(*those, is_practice(), is_current_grade())
        .subquery()
    )


def is_current_grade() -> ColumnElement[bool]:
    """A regrade supersedes the grade before it; the one that nothing supersedes counts."""
    later = aliased(GradeEvent)
    return ~select(later.id).where(later.supersedes == GradeEvent.id).exists()


def is_practice() -> ColumnElement[bool]:
    """Whether an attempt is a quiz of one's own: work for a cohort is not told on before its time."""
    return Attempt.assignment_id.is_(None)
