"""Modules as the app last read them, and the notes that people keep in the database."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.storage.columns import Base, Json, UtcDateTime, new_id


class Module(Base):
    """A module as last generated: `outline` and `warnings` are its sections and author warnings, parsed once.

    `owner_id` is set for a note and for a deck of one's own, which only their owner sees; `curation_hash` names the
    curation.yaml beside the notes that was taken in last.
    """

    __tablename__ = "module"
    __table_args__ = (CheckConstraint("origin IN ('content', 'note', 'deck')", name="origin"), Index(None, "owner_id"))

    slug: Mapped[str] = mapped_column(primary_key=True)
    origin: Mapped[str]
    owner_id: Mapped[str | None] = mapped_column(ForeignKey("user_account.id"))
    title: Mapped[str]
    path: Mapped[str]
    text_hash: Mapped[str]
    generator: Mapped[str]
    outline: Mapped[list[Any]] = mapped_column(Json)
    warnings: Mapped[list[Any]] = mapped_column(Json)
    curation_hash: Mapped[str | None]
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Note(Base):
    """A module written in the browser; its slug is unique over all people."""

    __tablename__ = "note"
    __table_args__ = (Index(None, "owner_id"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    slug: Mapped[str] = mapped_column(unique=True)
    owner_id: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    latest: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class NoteVersion(Base):
    """One saved state of a note, never changed again."""

    __tablename__ = "note_version"
    __table_args__ = (UniqueConstraint("note_id", "number"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    note_id: Mapped[str] = mapped_column(ForeignKey("note.id"))
    number: Mapped[int]
    title: Mapped[str]
    markdown: Mapped[str]
    text_hash: Mapped[str]
    author_id: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
