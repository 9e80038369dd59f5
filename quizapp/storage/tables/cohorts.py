"""Cohorts: who learns together, in which role each, and what was changed by whom."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.storage.columns import Base, Json, RowNumber, UtcDateTime, new_id


class Cohort(Base):
    """People who go through a course together; its dates are wall time in the zone `tz_name`."""

    __tablename__ = "cohort"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    title: Mapped[str]
    tz_name: Mapped[str]
    created_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Membership(Base):
    """A person's place in a cohort; who leaves keeps the row, so that what they did there stays theirs.

    A place from a roster waits without a person until somebody comes with its invitation. `email_key` is the address as
    people are told apart by; `name`, `section`, `labels` and `external_id` are what the roster says of them.
    """

    __tablename__ = "membership"
    __table_args__ = (
        CheckConstraint("role IN ('instructor', 'assistant', 'learner', 'observer')", name="role"),
        CheckConstraint("user_id IS NOT NULL OR email_key IS NOT NULL", name="somebody"),
        UniqueConstraint("cohort_id", "user_id"),
        UniqueConstraint("cohort_id", "email_key"),
        Index(None, "user_id"),
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    cohort_id: Mapped[str] = mapped_column(ForeignKey("cohort.id"))
    user_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    role: Mapped[str]
    email: Mapped[str | None]
    email_key: Mapped[str | None]
    name: Mapped[str] = mapped_column(default="")
    section: Mapped[str] = mapped_column(default="")
    labels: Mapped[list[str]] = mapped_column(Json, default=list)
    external_id: Mapped[str] = mapped_column(default="")
    joined_at: Mapped[datetime] = mapped_column(UtcDateTime)
    left_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class CohortEvent(Base):
    """Something that was changed in a cohort; only ever added, and never read to decide anything."""

    __tablename__ = "cohort_event"
    __table_args__ = (Index(None, "cohort_id", "number"),)

    number: Mapped[int] = mapped_column(RowNumber, primary_key=True, autoincrement=True)
    cohort_id: Mapped[str] = mapped_column(ForeignKey("cohort.id"))
    actor_id: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    kind: Mapped[str]
    detail: Mapped[dict[str, Any]] = mapped_column(Json)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class JoinCode(Base):
    """A code or link by which people join a cohort in a role; the code itself is only with those who were given it.

    With `membership_id` it is an invitation to that place of a roster alone.
    """

    __tablename__ = "join_code"
    __table_args__ = (
        CheckConstraint("role IN ('assistant', 'learner', 'observer')", name="role"),
        Index(None, "cohort_id"),
        Index(None, "membership_id"),
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    cohort_id: Mapped[str] = mapped_column(ForeignKey("cohort.id"))
    membership_id: Mapped[str | None] = mapped_column(ForeignKey("membership.id"))
    code_hash: Mapped[str] = mapped_column(unique=True)
    role: Mapped[str]
    label: Mapped[str]
    max_uses: Mapped[int]
    uses: Mapped[int] = mapped_column(default=0)
    created_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
