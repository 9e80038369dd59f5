"""Reviews, which are only ever added, and the card rows that cache them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.storage.columns import Base, Json, RowNumber, UtcDateTime, new_id


class SchedulerProfile(Base):
    """How somebody's cards are scheduled from `created_at` on; a change is a new row, so that history stays true.

    `leech_lapses` is empty in rows of before leeches were known, and 0 when nobody wants any.
    """

    __tablename__ = "scheduler_profile"
    __table_args__ = (UniqueConstraint("user_id", "number"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    number: Mapped[int]
    algo: Mapped[str]
    retention: Mapped[float]
    learning_steps: Mapped[list[int]] = mapped_column(Json)
    relearning_steps: Mapped[list[int]] = mapped_column(Json)
    max_interval: Mapped[int]
    params: Mapped[list[float]] = mapped_column(Json)
    leech_lapses: Mapped[int | None]
    leech_suspends: Mapped[bool | None]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Card(Base):
    """Where one person stands with one side of an item: a cache that replaying the events gives again.

    A card to which nothing happened has no row. `rev` counts every change, so that an answer to an old one is noticed.
    """

    __tablename__ = "card"
    __table_args__ = (
        CheckConstraint("state IN ('new', 'learning', 'review', 'relearning')", name="state"),
        Index(None, "user_id", "state", "due_at", "item_id", "ord"),
        Index(None, "user_id", "state", "due_day"),
        Index(None, "user_id", "last_study_day"),
        Index(None, "item_id"),
    )

    user_id: Mapped[str] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    item_id: Mapped[str] = mapped_column(ForeignKey("content_item.id"), primary_key=True)
    ord: Mapped[int] = mapped_column(primary_key=True)
    rev: Mapped[int]
    state: Mapped[str]
    step: Mapped[int | None]
    stability: Mapped[float | None]
    difficulty: Mapped[float | None]
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    due_day: Mapped[date | None]
    last_review_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_study_day: Mapped[date | None]
    introduced_day: Mapped[date | None]
    reps: Mapped[int]
    lapses: Mapped[int]
    suspended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    buried_until_day: Mapped[date | None]
    leech_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ReviewEvent(Base):
    """One thing that happened to a card; `kind` says what.

    An answer has a `rating`, the taking back of an event its number in `voids`. What was done at once shares the
    `operation`, which is the `client_event_id` of its first event.
    """

    __tablename__ = "review_event"
    __table_args__ = (
        CheckConstraint("kind IN ('answer', 'undo', 'suspend', 'unsuspend', 'bury', 'unbury')", name="kind"),
        CheckConstraint(
            "CASE kind WHEN 'answer' THEN rating IS NOT NULL AND voids IS NULL "
            "WHEN 'undo' THEN rating IS NULL AND voids IS NOT NULL ELSE rating IS NULL AND voids IS NULL END",
            name="one_thing",
        ),
        CheckConstraint("rating BETWEEN 1 AND 4", name="rating"),
        UniqueConstraint("user_id", "client_event_id"),
        UniqueConstraint("voids"),
        Index(None, "user_id", "item_id", "ord"),
        Index(None, "user_id", "study_day"),
        Index(None, "user_id", "operation"),
    )

    number: Mapped[int] = mapped_column(RowNumber, primary_key=True, autoincrement=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    client_event_id: Mapped[str]
    operation: Mapped[str]
    kind: Mapped[str]
    item_id: Mapped[str] = mapped_column(ForeignKey("content_item.id"))
    ord: Mapped[int]
    version: Mapped[int]
    rating: Mapped[int | None]
    voids: Mapped[int | None] = mapped_column(RowNumber, ForeignKey("review_event.number"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    client_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    client_offset_ms: Mapped[int | None]
    tz_name: Mapped[str]
    utc_offset_min: Mapped[int]
    rollover_h: Mapped[int]
    study_day: Mapped[date]
    duration_ms: Mapped[int | None]
    source: Mapped[str]
    profile_id: Mapped[str] = mapped_column(ForeignKey("scheduler_profile.id"))
    expected_rev: Mapped[int]
    state_before: Mapped[dict[str, Any]] = mapped_column(Json)
    state_after: Mapped[dict[str, Any]] = mapped_column(Json)
