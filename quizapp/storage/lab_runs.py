"""Runs of labs and the steps passed in them. Queries only; knows no cluster."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from quizapp.storage.tables.labs import LabEvent, LabRun, LabStepPass


def open_run(session: Session, user_id: str, lab_slug: str) -> LabRun | None:
    """The run that a person is in, if any."""
    query = select(LabRun).where(LabRun.user_id == user_id, LabRun.lab_slug == lab_slug, LabRun.ended_at.is_(None))
    return session.scalars(query.order_by(LabRun.started_at.desc()).limit(1)).first()


def add_run(session: Session, **values: Any) -> LabRun:
    """A new run."""
    run = LabRun(**values)
    session.add(run)
    session.flush()
    return run


def end_run(session: Session, run_id: str, at: datetime, reason: str) -> None:
    """Closes a run; its passed steps stay on record."""
    session.execute(update(LabRun).where(LabRun.id == run_id).values(ended_at=at, end_reason=reason))


def passes(session: Session, run_id: str) -> dict[str, datetime]:
    """Steps passed in a run, and when."""
    rows = session.execute(select(LabStepPass.step_id, LabStepPass.passed_at).where(LabStepPass.lab_run_id == run_id))
    return {row.step_id: row.passed_at for row in rows}


def add_passes(session: Session, run_id: str, steps: Mapping[str, Mapping[str, Any]], at: datetime) -> None:
    """Notes steps as passed with their evidence; one that two tabs saw at once is noted once."""
    known = passes(session, run_id)
    for step_id, evidence in steps.items():
        if step_id not in known:
            session.add(LabStepPass(lab_run_id=run_id, step_id=step_id, passed_at=at, evidence=dict(evidence)))


def passed_counts(session: Session, user_id: str) -> dict[str, tuple[int, bool]]:
    """By lab: steps passed in the newest run, and whether that run is open. One statement for all labs."""
    newest = (
        select(LabRun.lab_slug, func.max(LabRun.started_at).label("started"))
        .where(LabRun.user_id == user_id)
        .group_by(LabRun.lab_slug)
        .subquery()
    )
    query = (
        select(LabRun.lab_slug, LabRun.ended_at, func.count(LabStepPass.step_id).label("passed"))
        .join(newest, (newest.c.lab_slug == LabRun.lab_slug) & (newest.c.started == LabRun.started_at))
        .outerjoin(LabStepPass, LabStepPass.lab_run_id == LabRun.id)
        .where(LabRun.user_id == user_id)
        .group_by(LabRun.id, LabRun.lab_slug, LabRun.ended_at)
    )
    return {row.lab_slug: (row.passed, row.ended_at is None) for row in session.execute(query)}


def lock_run(session: Session, run_id: str) -> None:
    """Whoever else counts or adds what is done in this run waits until this session ends."""
    session.execute(select(LabRun.id).where(LabRun.id == run_id).with_for_update())


def add_event(session: Session, run_id: str, step_id: str, kind: str, detail: Mapping[str, Any], at: datetime) -> None:
    """Notes a hint that was opened, or an answer that was typed."""
    session.add(LabEvent(lab_run_id=run_id, step_id=step_id, kind=kind, detail=dict(detail), at=at))


def events(session: Session, run_id: str) -> list[LabEvent]:
    """What was done in a run, oldest first."""
    query = select(LabEvent).where(LabEvent.lab_run_id == run_id).order_by(LabEvent.number)
    return list(session.scalars(query))


def answers(session: Session, run_id: str) -> dict[str, str]:
    """The newest answer to each question of a run."""
    query = select(LabEvent.detail).where(LabEvent.lab_run_id == run_id, LabEvent.kind == "answer")
    return {detail["key"]: detail["typed"] for detail in session.scalars(query.order_by(LabEvent.number))}


def evidence(session: Session, run_id: str, step_id: str) -> dict[str, Any] | None:
    """What the cluster answered when a step passed; None for a step that has not."""
    row = session.get(LabStepPass, (run_id, step_id))
    return row.evidence if row else None
