"""Queries about cohorts, who is in them, and what was changed. Knows no right: services ask who may."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select, update
from sqlalchemy.orm import Session

from quizapp.storage.tables.cohorts import Cohort, CohortEvent, JoinCode, Membership
from quizapp.storage.tables.people import User


def cohort(session: Session, cohort_id: str, *, lock: bool = False) -> Cohort | None:
    """The cohort of that id; with `lock` whoever else changes its people waits."""
    return session.get(Cohort, cohort_id, with_for_update=lock or None)


def add_cohort(session: Session, new: Cohort) -> None:
    """A new cohort."""
    session.add(new)
    session.flush()


def membership(session: Session, cohort_id: str, user_id: str) -> Membership | None:
    """A person's place in a cohort, also one that they left."""
    return session.scalar(select(Membership).where(Membership.cohort_id == cohort_id, Membership.user_id == user_id))


def place(session: Session, cohort_id: str, membership_id: str) -> Membership | None:
    """A place of that cohort, also one that its person left."""
    return session.scalar(select(Membership).where(Membership.cohort_id == cohort_id, Membership.id == membership_id))


def members(session: Session, cohort_id: str) -> Sequence[tuple[Membership, User | None]]:
    """Everybody of a cohort, also those who left, and places that wait for their person."""
    query = select(Membership, User).outerjoin(User, User.id == Membership.user_id)
    return [(row[0], row[1]) for row in session.execute(query.where(Membership.cohort_id == cohort_id))]


def roster(session: Session, cohort_id: str) -> Sequence[Membership]:
    """Every place that has an address, also those that were left."""
    query = select(Membership).where(Membership.cohort_id == cohort_id, Membership.email_key.is_not(None))
    return session.scalars(query.order_by(Membership.email_key)).all()


def add_places(session: Session, new: Iterable[Membership]) -> None:
    """New places of a roster."""
    session.add_all(new)
    session.flush()


def merge_places(session: Session, waiting: Membership, into: Membership) -> None:
    """Hands what a roster says of a place over to the place that its person has already, and removes the first."""
    said = {name: getattr(waiting, name) for name in ("email", "email_key", "name", "section", "labels", "external_id")}
    session.execute(update(JoinCode).where(JoinCode.membership_id == waiting.id).values(membership_id=into.id))
    session.delete(waiting)
    session.flush()
    for name, value in said.items():
        setattr(into, name, value)
    session.flush()


def add_membership(session: Session, new: Membership) -> None:
    """A new place; the cohort is locked, so that nobody gets two."""
    session.add(new)
    session.flush()


def count_in_role(session: Session, cohort_id: str, role: str) -> int:
    """How many people with an account are in a cohort in that role."""
    here = (Membership.cohort_id == cohort_id, Membership.role == role, is_there(), Membership.user_id.is_not(None))
    return session.scalar(select(func.count()).select_from(Membership).where(*here)) or 0


def cohorts_of(session: Session, user_id: str, *, every: bool) -> list[tuple[Cohort, str | None, int]]:
    """(cohort, the person's role, how many learn there), the newest first; with `every` also those they are not in."""
    learners = (
        select(Membership.cohort_id, func.count().label("count"))
        .where(Membership.role == "learner", is_there())
        .group_by(Membership.cohort_id)
        .subquery()
    )
    mine = and_(Membership.cohort_id == Cohort.id, Membership.user_id == user_id, is_there())
    query = (
        select(Cohort, Membership.role, func.coalesce(learners.c.count, 0))
        .join(Membership, mine, isouter=every)
        .outerjoin(learners, learners.c.cohort_id == Cohort.id)
        .order_by(Cohort.created_at.desc(), Cohort.id)
    )
    return [(row[0], row[1], row[2]) for row in session.execute(query)]


def add_event(session: Session, cohort_id: str, actor_id: str, kind: str, detail: dict[str, Any], at: datetime) -> None:
    """Notes what was changed, by whom."""
    session.add(CohortEvent(cohort_id=cohort_id, actor_id=actor_id, kind=kind, detail=detail, at=at))


def is_there() -> ColumnElement[bool]:
    """Whether somebody is in a cohort now."""
    return Membership.left_at.is_(None)
