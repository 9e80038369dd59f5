"""Queries about the notes people keep in the database, and their versions. Knows nothing of what they say."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from quizapp.storage.tables.notes import Note, NoteVersion


@dataclass(frozen=True, slots=True)
class NoteSource:
    """A note as a module could be made of it; its text is fetched only when it is needed."""

    slug: str
    owner_id: str
    title: str
    text_hash: str


def sources(session: Session) -> list[NoteSource]:
    """The newest version of every note, without its text."""
    query = (
        select(Note.slug, Note.owner_id, NoteVersion.title, NoteVersion.text_hash)
        .join(NoteVersion, _is_latest())
        .where(Note.retired_at.is_(None))
        .order_by(Note.slug)
    )
    return [NoteSource(*row) for row in session.execute(query)]


def newest(session: Session, slug: str) -> NoteVersion | None:
    """The newest version of a note, whoever wrote it."""
    return session.scalar(
        select(NoteVersion).join(Note, _is_latest()).where(Note.slug == slug, Note.retired_at.is_(None))
    )


def all_newest(session: Session, owner_id: str) -> list[tuple[str, NoteVersion]]:
    """Slug and newest version of somebody's notes, last saved first."""
    query = (
        select(Note.slug, NoteVersion)
        .join(NoteVersion, _is_latest())
        .where(Note.owner_id == owner_id, Note.retired_at.is_(None))
        .order_by(NoteVersion.saved_at.desc(), Note.slug)
    )
    return [(row[0], row[1]) for row in session.execute(query)]


def note(session: Session, owner_id: str, slug: str, *, lock: bool = False) -> Note | None:
    """Somebody's own note of that slug."""
    query = select(Note).where(Note.slug == slug, Note.owner_id == owner_id, Note.retired_at.is_(None))
    return session.scalar(query.with_for_update() if lock else query)


def owner_of(session: Session, slug: str) -> str | None:
    """Who has a note of that slug."""
    return session.scalar(select(Note.owner_id).where(Note.slug == slug))


def version(session: Session, note_id: str, number: int) -> NoteVersion | None:
    """One version of a note."""
    return session.scalar(select(NoteVersion).where(NoteVersion.note_id == note_id, NoteVersion.number == number))


def history(session: Session, note_id: str) -> list[tuple[int, datetime]]:
    """Number and time of every version, newest first."""
    query = select(NoteVersion.number, NoteVersion.saved_at).where(NoteVersion.note_id == note_id)
    return [(row[0], row[1]) for row in session.execute(query.order_by(NoteVersion.number.desc()))]


def add_note(session: Session, new: Note) -> None:
    """Stores a note that has no version yet."""
    session.add(new)
    session.flush()


def add_version(session: Session, new: NoteVersion) -> None:
    """Stores the next version of a note."""
    session.add(new)
    session.flush()


def _is_latest() -> ColumnElement[bool]:
    return and_(NoteVersion.note_id == Note.id, NoteVersion.number == Note.latest)
