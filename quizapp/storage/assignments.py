"""Queries about assignments and the attempts at them. Knows no mark and no clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Subquery, and_, func, select
from sqlalchemy.orm import Session

from quizapp.scheduling.rounds import Candidate
from quizapp.storage.attempts import Asked, is_current_grade
from quizapp.storage.cohorts import is_there
from quizapp.storage.items import can_be_asked
from quizapp.storage.tables.assignments import Assignment
from quizapp.storage.tables.cohorts import Cohort, Membership
from quizapp.storage.tables.content import ContentItem
from quizapp.storage.tables.notes import Module
from quizapp.storage.tables.quiz import AnswerEvent, Attempt, AttemptItem, GradeEvent


@dataclass(frozen=True, slots=True)
class Scored:
    """An attempt at an assignment: what its answers earned, and when the last was given."""

    attempt: Attempt
    points: float
    last_at: datetime | None


def add_assignment(session: Session, new: Assignment) -> None:
    """A new assignment."""
    session.add(new)
    session.flush()


def assignment(session: Session, cohort_id: str, assignment_id: str) -> Assignment | None:
    """An assignment of that cohort."""
    return session.scalar(select(Assignment).where(Assignment.cohort_id == cohort_id, Assignment.id == assignment_id))


def of_cohort(session: Session, cohort_id: str) -> Sequence[tuple[Assignment, str]]:
    """(assignment, title of its module) of a cohort, the first that is due first."""
    query = select(Assignment, Module.title).join(Module, Module.slug == Assignment.module_slug)
    query = query.where(Assignment.cohort_id == cohort_id).order_by(Assignment.due_at, Assignment.id)
    return [(row[0], row[1]) for row in session.execute(query)]


def module_title(session: Session, row: Assignment) -> str:
    """The title of the module that an assignment asks about."""
    return session.scalars(select(Module.title).where(Module.slug == row.module_slug)).one()


def due_for(session: Session, user_id: str) -> list[tuple[Assignment, Cohort]]:
    """What is asked of somebody in all cohorts where they learn, the first that is due first."""
    query = (
        select(Assignment, Cohort)
        .join(Cohort, Cohort.id == Assignment.cohort_id)
        .join(Membership, Membership.cohort_id == Cohort.id)
        .where(Membership.user_id == user_id, Membership.role == "learner", is_there())
        .order_by(Assignment.due_at, Assignment.id)
    )
    return [(row[0], row[1]) for row in session.execute(query)]


def shared_modules(session: Session) -> Sequence[Module]:
    """The modules that everybody may see, by title."""
    query = select(Module).where(Module.retired_at.is_(None), Module.owner_id.is_(None))
    return session.scalars(query.order_by(Module.title, Module.slug)).all()


def shared_module(session: Session, slug: str) -> Module | None:
    """One of them."""
    return session.scalar(
        select(Module).where(Module.slug == slug, Module.retired_at.is_(None), Module.owner_id.is_(None))
    )


def pool(session: Session, module_slug: str) -> list[tuple[tuple[str, ...], bool, Candidate]]:
    """(section, whether a person vouches for it, question) of everything that a module can ask."""
    query = select(ContentItem).where(ContentItem.module_slug == module_slug, ContentItem.use == "quiz", can_be_asked())
    return [
        (
            tuple(item.section),
            item.grade == "accepted",
            Candidate(item.id, item.kind, item.fact, None, (item.line_from, item.line_to)),
        )
        for item in session.scalars(query.order_by(ContentItem.position))
    ]


def lock_place(session: Session, cohort_id: str, user_id: str) -> Membership | None:
    """A person's place in a cohort; whoever else begins something for them there waits."""
    query = select(Membership).where(Membership.cohort_id == cohort_id, Membership.user_id == user_id, is_there())
    return session.scalar(query.with_for_update())


def attempts_at(session: Session, assignment_ids: Sequence[str], *, user_id: str | None = None) -> list[Scored]:
    """Attempts at these assignments, of one person or of everybody, each person's in order."""
    those: list[ColumnElement[bool]] = [Attempt.assignment_id.in_(assignment_ids)]
    if user_id is not None:
        those.append(Attempt.user_id == user_id)
    newest = _newest_answers(*those)
    query = (
        select(Attempt, func.coalesce(func.sum(newest.c.fraction), 0.0), func.max(newest.c.at))
        .outerjoin(newest, newest.c.attempt_id == Attempt.id)
        .where(*those)
        .group_by(Attempt.id)
        .order_by(Attempt.user_id, Attempt.number)
    )
    return [Scored(row[0], float(row[1]), row[2]) for row in session.execute(query)]


def sitting(
    session: Session, user_id: str, attempt_id: str, *, lock: bool = False
) -> tuple[Attempt, Assignment, Cohort, Module] | None:
    """Somebody's own attempt at an assignment of a cohort that they are in; with `lock` other savers wait."""
    query = (
        select(Attempt, Assignment, Cohort, Module)
        .join(Assignment, Assignment.id == Attempt.assignment_id)
        .join(Cohort, Cohort.id == Assignment.cohort_id)
        .join(Module, Module.slug == Attempt.module_slug)
        .join(Membership, and_(Membership.cohort_id == Cohort.id, Membership.user_id == Attempt.user_id))
        .where(Attempt.id == attempt_id, Attempt.user_id == user_id, is_there())
    )
    row = session.execute(query.with_for_update(of=Attempt) if lock else query).first()
    return (row[0], row[1], row[2], row[3]) if row else None


def asked(session: Session, attempt_id: str, pos: int | None = None) -> list[Asked]:
    """The questions of an attempt, or one of them, each with its newest answer and what that earned."""
    newest = _newest_answers(Attempt.id == attempt_id)
    query = (
        select(AttemptItem, AnswerEvent, GradeEvent)
        .outerjoin(newest, and_(newest.c.attempt_id == AttemptItem.attempt_id, newest.c.pos == AttemptItem.pos))
        .outerjoin(AnswerEvent, AnswerEvent.id == newest.c.answer_id)
        .outerjoin(GradeEvent, GradeEvent.id == newest.c.grade_id)
        .where(AttemptItem.attempt_id == attempt_id)
        .order_by(AttemptItem.pos)
    )
    if pos is not None:
        query = query.where(AttemptItem.pos == pos)
    return [Asked(*row) for row in session.execute(query)]


def is_known(session: Session, attempt_id: str, pos: int, client_event_id: str) -> bool:
    """Whether that very saving was stored already."""
    query = select(AnswerEvent.id).where(AnswerEvent.attempt_id == attempt_id, AnswerEvent.pos == pos)
    return session.scalar(query.where(AnswerEvent.client_event_id == client_event_id)) is not None


def next_seq(session: Session, attempt_id: str, pos: int) -> int:
    """Which number the next answer to a question has."""
    query = select(func.max(AnswerEvent.seq)).where(AnswerEvent.attempt_id == attempt_id, AnswerEvent.pos == pos)
    return (session.scalar(query) or 0) + 1


def _newest_answers(*those: ColumnElement[bool]) -> Subquery:
    """The newest answer to each question of `those` attempts, with its grade.

    They are narrowed here and not outside: to rank the answers of everybody took thirty times as long as of one.
    """
    place = func.row_number().over(
        partition_by=(AnswerEvent.attempt_id, AnswerEvent.pos), order_by=AnswerEvent.seq.desc()
    )
    every = (
        select(
            AnswerEvent.attempt_id,
            AnswerEvent.pos,
            AnswerEvent.id.label("answer_id"),
            GradeEvent.id.label("grade_id"),
            AnswerEvent.at,
            GradeEvent.fraction,
            place.label("place"),
        )
        .join(Attempt, Attempt.id == AnswerEvent.attempt_id)
        .join(GradeEvent, and_(GradeEvent.answer_id == AnswerEvent.id, is_current_grade()))
        .where(*those)
        .subquery()
    )
    return select(every).where(every.c.place == 1).subquery()
