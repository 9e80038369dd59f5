"""When somebody last did something that is worth keeping. Knows no service."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.storage.tables.cards import ReviewEvent
from quizapp.storage.tables.labs import LabStepPass
from quizapp.storage.tables.notes import NoteVersion
from quizapp.storage.tables.quiz import AnswerEvent

WORK = (ReviewEvent.at, AnswerEvent.at, NoteVersion.saved_at, LabStepPass.passed_at)


def newest(session: Session) -> datetime | None:
    """The instant of the newest answer, review, saved notes or passed step; None when there is none."""
    found = [session.scalar(select(func.max(column))) for column in WORK]
    return max((at for at in found if at is not None), default=None)
