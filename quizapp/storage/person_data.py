"""Queries for everything that is kept about one person, whole tables at a time. Knows neither file nor page."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.storage.items import is_current_version
from quizapp.storage.tables.assignments import Assignment
from quizapp.storage.tables.cards import Card, ReviewEvent, SchedulerProfile
from quizapp.storage.tables.cohorts import Cohort, CohortEvent, JoinCode, Membership
from quizapp.storage.tables.content import ContentItem, ContentVersion, CurationDecision, ImportRun, QuestionReport
from quizapp.storage.tables.decks import OwnCard, OwnDeck, OwnNote
from quizapp.storage.tables.labs import LabEvent, LabRun, LabStepPass
from quizapp.storage.tables.notes import Note, NoteVersion
from quizapp.storage.tables.people import PasswordLink, UserSession
from quizapp.storage.tables.quiz import AnswerEvent, Attempt, AttemptItem, GradeEvent

Rows = Sequence[Any]


def sessions(session: Session, user_id: str) -> Rows:
    """Open logins."""
    return session.scalars(
        select(UserSession).where(UserSession.user_id == user_id).order_by(UserSession.created_at)
    ).all()


def links(session: Session, user_id: str) -> Rows:
    """Links to choose a password by that were not used."""
    query = select(PasswordLink).where(PasswordLink.user_id == user_id).order_by(PasswordLink.created_at)
    return session.scalars(query).all()


def profiles(session: Session, user_id: str) -> Rows:
    """How answers were scheduled, the oldest first."""
    query = select(SchedulerProfile).where(SchedulerProfile.user_id == user_id)
    return session.scalars(query.order_by(SchedulerProfile.number)).all()


def decks(session: Session, user_id: str) -> Rows:
    """(deck, note, card) of every deck that was brought from another program, note by note."""
    query = (
        select(OwnDeck, OwnNote, OwnCard)
        .outerjoin(OwnNote, OwnNote.deck_slug == OwnDeck.slug)
        .outerjoin(OwnCard, OwnCard.note_id == OwnNote.id)
        .where(OwnDeck.owner_id == user_id)
    )
    return session.execute(query.order_by(OwnDeck.slug, OwnNote.id, OwnCard.ord)).all()


def cards(session: Session, user_id: str) -> Rows:
    """(card, item, what it says now) of every card to which anything happened, also of items that went."""
    query = (
        select(Card, ContentItem, ContentVersion)
        .join(ContentItem, ContentItem.id == Card.item_id)
        .join(ContentVersion, is_current_version())
        .where(Card.user_id == user_id)
    )
    return session.execute(query.order_by(ContentItem.module_slug, ContentItem.position, Card.item_id, Card.ord)).all()


def events(session: Session, user_id: str) -> Rows:
    """The history of cards, in order, without the states that a replay gives again."""
    left_out = {"user_id", "state_before", "state_after"}
    columns = [column for column in ReviewEvent.__table__.columns if column.name not in left_out]
    query = select(*columns).where(ReviewEvent.user_id == user_id)
    return session.execute(query.order_by(ReviewEvent.number)).mappings().all()


def notes(session: Session, user_id: str) -> Rows:
    """(note, version) of everything written, the oldest version first."""
    query = select(Note, NoteVersion).join(NoteVersion, NoteVersion.note_id == Note.id).where(Note.owner_id == user_id)
    return session.execute(query.order_by(Note.created_at, Note.slug, NoteVersion.number)).all()


def attempts(session: Session, user_id: str) -> Rows:
    """(quiz, question, assignment or None) of every quiz, in order."""
    query = select(Attempt, AttemptItem, Assignment).join(AttemptItem, AttemptItem.attempt_id == Attempt.id)
    query = query.outerjoin(Assignment, Assignment.id == Attempt.assignment_id)
    query = query.where(Attempt.user_id == user_id)
    return session.execute(query.order_by(Attempt.started_at, Attempt.id, AttemptItem.pos)).all()


def answers(session: Session, user_id: str) -> Rows:
    """(answer, grade or None) to questions of quizzes, in order; one that was graded again comes more than once."""
    query = select(AnswerEvent, GradeEvent).outerjoin(GradeEvent, GradeEvent.answer_id == AnswerEvent.id)
    query = query.where(AnswerEvent.user_id == user_id)
    return session.execute(
        query.order_by(AnswerEvent.attempt_id, AnswerEvent.pos, AnswerEvent.seq, GradeEvent.at)
    ).all()


def runs(session: Session, user_id: str) -> Rows:
    """(run, passed step or None) of every lab that was started."""
    query = select(LabRun, LabStepPass).outerjoin(LabStepPass, LabStepPass.lab_run_id == LabRun.id)
    query = query.where(LabRun.user_id == user_id)
    return session.execute(
        query.order_by(LabRun.started_at, LabRun.id, LabStepPass.passed_at, LabStepPass.step_id)
    ).all()


def lab_events(session: Session, user_id: str) -> Rows:
    """Hints opened and answers typed in labs."""
    query = select(LabEvent).join(LabRun, LabRun.id == LabEvent.lab_run_id).where(LabRun.user_id == user_id)
    return session.scalars(query.order_by(LabEvent.number)).all()


def decisions(session: Session, user_id: str) -> Rows:
    """What they decided about items."""
    query = select(CurationDecision).where(CurationDecision.user_id == user_id)
    return session.scalars(query.order_by(CurationDecision.number)).all()


def reports(session: Session, user_id: str) -> Rows:
    """What they reported as wrong or unclear."""
    query = select(QuestionReport).where(QuestionReport.user_id == user_id).order_by(QuestionReport.reported_at)
    return session.scalars(query).all()


def imports(session: Session, user_id: str) -> Rows:
    """When they changed a module's items."""
    query = select(ImportRun).where(ImportRun.user_id == user_id).order_by(ImportRun.applied_at, ImportRun.id)
    return session.scalars(query).all()


def memberships(session: Session, user_id: str) -> Rows:
    """(cohort, membership) of every cohort they are or were in, the oldest first."""
    query = select(Cohort, Membership).join(Membership, Membership.cohort_id == Cohort.id)
    return session.execute(query.where(Membership.user_id == user_id).order_by(Membership.joined_at, Cohort.id)).all()


def cohort_events(session: Session, user_id: str) -> Rows:
    """(cohort, event) of what they changed in cohorts."""
    query = select(Cohort, CohortEvent).join(CohortEvent, CohortEvent.cohort_id == Cohort.id)
    return session.execute(query.where(CohortEvent.actor_id == user_id).order_by(CohortEvent.number)).all()


def join_codes(session: Session, user_id: str) -> Rows:
    """(cohort, code) of the codes that they made."""
    query = select(Cohort, JoinCode).join(JoinCode, JoinCode.cohort_id == Cohort.id)
    return session.execute(query.where(JoinCode.created_by == user_id).order_by(JoinCode.created_at, JoinCode.id)).all()


def assignments(session: Session, user_id: str) -> Rows:
    """(cohort, assignment) of the assignments that they made."""
    query = select(Cohort, Assignment).join(Assignment, Assignment.cohort_id == Cohort.id)
    return session.execute(
        query.where(Assignment.created_by == user_id).order_by(Assignment.created_at, Assignment.id)
    ).all()
