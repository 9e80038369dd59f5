"""Queries about codes by which people join a cohort. Knows no code, only hashes."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select, update
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
    """(code, who made it) of a cohort, the newest first; invitations to places of a roster are left out."""
    query = select(JoinCode, User.name).join(User, User.id == JoinCode.created_by)
    query = query.where(JoinCode.cohort_id == cohort_id, JoinCode.membership_id.is_(None)).order_by(
        JoinCode.created_at.desc(), JoinCode.id
    )
    return [(row[0], row[1]) for row in session.execute(query)]


def add_codes(session: Session, new: Iterable[JoinCode]) -> None:
    """New codes."""
    session.add_all(new)
    session.flush()


def revoke_invitations(session: Session, membership_ids: Sequence[str], now: datetime) -> None:
    """Earlier invitations to those places open nothing any more."""
    query = update(JoinCode).where(JoinCode.membership_id.in_(membership_ids), JoinCode.revoked_at.is_(None))
    session.execute(query.values(revoked_at=now))
