"""Decks of a person's own, brought from other programs: what their cards are made of, kept as it came.

Such a deck is a module of the origin `deck` whose items are its cards, so that they are studied like any other; these
tables hold what an item does not say, so that the deck can be taken along again with nothing lost.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.storage.columns import Base, Json, UtcDateTime, new_id


class OwnDeck(Base):
    """A deck; `note_types` are those of its notes by number, `source` the name of the file that made it."""

    __tablename__ = "own_deck"
    __table_args__ = (UniqueConstraint("owner_id", "name"),)

    slug: Mapped[str] = mapped_column(ForeignKey("module.slug"), primary_key=True)
    owner_id: Mapped[str] = mapped_column(ForeignKey("user_account.id"))
    name: Mapped[str]
    source: Mapped[str]
    note_types: Mapped[dict[str, Any]] = mapped_column(Json)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class OwnNote(Base):
    """A note as it came; `guid` is how a later file finds it again."""

    __tablename__ = "own_note"
    __table_args__ = (UniqueConstraint("deck_slug", "guid"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    deck_slug: Mapped[str] = mapped_column(ForeignKey("own_deck.slug"))
    guid: Mapped[str]
    note_type: Mapped[str]
    fields: Mapped[list[str]] = mapped_column(Json)
    tags: Mapped[list[str]] = mapped_column(Json)


class OwnCard(Base):
    """Which item is card `ord` of a note; `aside` are the rows of its review log that are no answers, as they came."""

    __tablename__ = "own_card"
    __table_args__ = (UniqueConstraint("note_id", "ord"),)

    item_id: Mapped[str] = mapped_column(ForeignKey("content_item.id"), primary_key=True)
    note_id: Mapped[str] = mapped_column(ForeignKey("own_note.id"))
    ord: Mapped[int]
    deck: Mapped[str]
    aside: Mapped[list[Any]] = mapped_column(Json)
