"""When somebody last did something that is worth keeping. Knows no service."""

from datetime import datetime

from sqlalchemy import func, inspect, select
from sqlalchemy.orm import Session

from quizapp.storage.tables.cards import ReviewEvent
from quizapp.storage.tables.content import CurationDecision
from quizapp.storage.tables.labs import LabStepPass
from quizapp.storage.tables.notes import NoteVersion
from quizapp.storage.tables.quiz import AnswerEvent

WORK = (ReviewEvent.at, AnswerEvent.at, NoteVersion.saved_at, LabStepPass.passed_at)


def newest(session: Session) -> datetime | None:
    """The instant of the newest answer, review, saved notes, passed step or decision of a person; None without any."""
    found = [session.scalar(select(func.max(column))) for column in WORK]
    if inspect(session.connection()).has_table(CurationDecision.__tablename__):  # not so before revision 0003
        decided = select(func.max(CurationDecision.at)).where(CurationDecision.source != "content")
        found.append(session.scalar(decided))
    return max((at for at in found if at is not None), default=None)
