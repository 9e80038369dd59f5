"""Attempts with their frozen questions, and the answers and grades that are only ever added."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Boolean, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.storage.columns import Base, Json, UtcDateTime, json_column, new_id


class Attempt(Base):
    """One sitting of a quiz; with `assignment_id` it is work for a cohort, the person's `number`th attempt at it."""

    __tablename__ = "attempt"
    __table_args__ = (Index(None, "user_id", "started_at"), UniqueConstraint("assignment_id", "user_id", "number"))

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    assignment_id: Mapped[str | None] = mapped_column(ForeignKey("assignment.id"))
    number: Mapped[int | None]
    module_slug: Mapped[str] = mapped_column(ForeignKey("module.slug"))
    section: Mapped[list[str] | None] = mapped_column(json_column(none_as_null=True))
    seed: Mapped[int] = mapped_column(BigInteger)
    size: Mapped[int]
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    deadline_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    close_reason: Mapped[str | None]


class AttemptItem(Base):
    """A question as it was when the attempt began; later edits of the notes do not reach it."""

    __tablename__ = "attempt_item"
    __table_args__ = (
        ForeignKeyConstraint(["item_id", "version"], ["content_version.item_id", "content_version.number"]),
        Index(None, "item_id"),
    )

    attempt_id: Mapped[str] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    pos: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[str]
    version: Mapped[int]
    payload: Mapped[dict[str, Any]] = mapped_column(Json)
    option_order: Mapped[list[int]] = mapped_column(Json)
    variant_seed: Mapped[int] = mapped_column(BigInteger)


class AnswerEvent(Base):
    """An answer as it was given; `seq` counts the answers to one question (a quiz takes one)."""

    __tablename__ = "answer_event"
    __table_args__ = (
        ForeignKeyConstraint(["attempt_id", "pos"], ["attempt_item.attempt_id", "attempt_item.pos"]),
        UniqueConstraint("attempt_id", "pos", "seq"),
        UniqueConstraint("attempt_id", "pos", "client_event_id"),
        Index(None, "user_id", "at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    client_event_id: Mapped[str]
    attempt_id: Mapped[str]
    pos: Mapped[int]
    seq: Mapped[int]
    autosave: Mapped[bool] = mapped_column(Boolean(create_constraint=False))
    answer: Mapped[Any] = mapped_column(Json)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    study_day: Mapped[date]


class GradeEvent(Base):
    """What an answer earned, by which grader and key; a regrade adds a row that supersedes this one."""

    __tablename__ = "grade_event"
    __table_args__ = (Index(None, "answer_id"), UniqueConstraint("supersedes"))

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    answer_id: Mapped[str] = mapped_column(ForeignKey("answer_event.id"))
    grader: Mapped[str]
    key_hash: Mapped[str]
    fraction: Mapped[float]
    breakdown: Mapped[dict[str, Any]] = mapped_column(Json)
    supersedes: Mapped[str | None] = mapped_column(ForeignKey("grade_event.id"))
    reason: Mapped[str]
    actor_id: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
