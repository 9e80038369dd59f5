"""Queries about codes by which people join a cohort. Knows no code, only hashes."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.storage.tables.cohorts import JoinCode
from quizapp.storage.tables.people import User


def cohort_of(session: Session, code_hash: str) -> str | None:
    """Which cohort a code opens, whether it still does or not."""
    return session.scalar(select(JoinCode.cohort_id).where(JoinCode.code_hash == code_hash))


def by_hash(session: Session, code_hash: str) -> JoinCode | None:
    """The code of that hash."""
    return session.scalar(select(JoinCode).where(JoinCode.code_hash == code_hash))


def code(session: Session, cohort_id: str, code_id: str) -> JoinCode | None:
    """A code of that cohort."""
    return session.scalar(select(JoinCode).where(JoinCode.cohort_id == cohort_id, JoinCode.id == code_id))


def codes(session: Session, cohort_id: str) -> Sequence[tuple[JoinCode, str]]:
    """(code, who made it) of a cohort, the newest first."""
    query = select(JoinCode, User.name).join(User, User.id == JoinCode.created_by)
    query = query.where(JoinCode.cohort_id == cohort_id).order_by(JoinCode.created_at.desc(), JoinCode.id)
    return [(row[0], row[1]) for row in session.execute(query)]


def add_code(session: Session, new: JoinCode) -> None:
    """A new code."""
    session.add(new)
    session.flush()
