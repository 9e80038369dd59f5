"""Assignments: what a cohort is asked to do, between which dates."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.storage.columns import Base, Json, UtcDateTime, new_id


class Assignment(Base):
    """A quiz for a cohort, drawn by rules for each attempt.

    Dates are kept as clocks in the cohort's zone show them (`..._wall`), and as the instants that they mean there.
    No `sections` or `kinds` means all of them; who is `graded` gets accepted questions only.
    """

    __tablename__ = "assignment"
    __table_args__ = (
        CheckConstraint("counts IN ('best', 'last')", name="counts"),
        CheckConstraint("feedback IN ('submit', 'close')", name="feedback"),
        Index(None, "cohort_id", "due_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    cohort_id: Mapped[str] = mapped_column(ForeignKey("cohort.id"))
    title: Mapped[str]
    module_slug: Mapped[str] = mapped_column(ForeignKey("module.slug"))
    sections: Mapped[list[list[str]]] = mapped_column(Json)
    kinds: Mapped[list[str]] = mapped_column(Json)
    size: Mapped[int]
    graded: Mapped[bool]
    max_attempts: Mapped[int]
    counts: Mapped[str]
    feedback: Mapped[str]
    opens_wall: Mapped[str]
    due_wall: Mapped[str]
    closes_wall: Mapped[str]
    opens_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closes_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
