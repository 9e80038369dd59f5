"""A learner's goes at labs, and the steps they passed with the evidence for it."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.storage.columns import Base, Json, RowNumber, UtcDateTime, new_id


class LabRun(Base):
    """One go at a lab: where it takes place, and what was there when it began."""

    __tablename__ = "lab_run"
    __table_args__ = (Index(None, "user_id", "lab_slug", "started_at"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    lab_slug: Mapped[str]
    context: Mapped[str]
    cluster_uid: Mapped[str]
    namespace: Mapped[str]
    namespace_uid: Mapped[str]
    params: Mapped[dict[str, Any]] = mapped_column(Json)
    baseline: Mapped[dict[str, Any]] = mapped_column(Json)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    end_reason: Mapped[str | None]


class LabStepPass(Base):
    """A step that was seen done; it stays passed whatever happens to the cluster later."""

    __tablename__ = "lab_step_pass"

    lab_run_id: Mapped[str] = mapped_column(ForeignKey("lab_run.id"), primary_key=True)
    step_id: Mapped[str] = mapped_column(primary_key=True)
    passed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    evidence: Mapped[dict[str, Any]] = mapped_column(Json)


class LabEvent(Base):
    """What a learner did on a lab's page: opened a hint (`rung`), typed an answer (`key`, `typed`). Only ever added."""

    __tablename__ = "lab_event"
    __table_args__ = (
        CheckConstraint("kind IN ('hint', 'answer')", name="kind"),
        Index(None, "lab_run_id", "step_id", "number"),
    )

    number: Mapped[int] = mapped_column(RowNumber, primary_key=True, autoincrement=True)
    lab_run_id: Mapped[str] = mapped_column(ForeignKey("lab_run.id"))
    step_id: Mapped[str]
    kind: Mapped[str]
    detail: Mapped[dict[str, Any]] = mapped_column(Json)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
