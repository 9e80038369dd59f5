"""Queries about decks that go to other programs. Knows no file format."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from quizapp.storage.items import can_be_asked, is_current_version
from quizapp.storage.tables.cards import Card
from quizapp.storage.tables.content import ContentItem, ContentVersion
from quizapp.storage.tables.notes import Module


@dataclass(frozen=True, slots=True)
class DeckRow:
    """A card that somebody may take along, with what it says; `card` is None when they never answered it."""

    item: ContentItem
    version: ContentVersion
    module: Module
    card: Card | None


def cards_to_take(session: Session, user_id: str, module_slug: str | None) -> Sequence[DeckRow]:
    """Every card that somebody may see and that can be asked, of one module or of all, in the order of the notes."""
    query = (
        select(ContentItem, ContentVersion, Module, Card)
        .join(ContentVersion, is_current_version())
        .join(Module, Module.slug == ContentItem.module_slug)
        .outerjoin(Card, and_(Card.item_id == ContentItem.id, Card.user_id == user_id, Card.ord == 0))
        .where(ContentItem.use == "card", can_be_asked(), Module.retired_at.is_(None))
        .where(or_(Module.owner_id.is_(None), Module.owner_id == user_id))
        .order_by(Module.title, Module.slug, ContentItem.position, ContentItem.id)
    )
    if module_slug is not None:
        query = query.where(Module.slug == module_slug)
    return [DeckRow(*row) for row in session.execute(query)]
