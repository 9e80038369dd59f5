"""Queries about what people decided about items. Knows no generator and no file."""

from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from quizapp.storage.items import StoredItem, is_current_version
from quizapp.storage.tables.content import ContentItem, ContentVersion, CurationDecision
from quizapp.storage.tables.people import User


def newest(session: Session, module_slug: str, *, source: str | None = None) -> dict[str, CurationDecision]:
    """The decision that holds for each item of a module, or the last one from that source, by item id."""
    query = select(CurationDecision).where(CurationDecision.number.in_(_last(module_slug, source)))
    return {row.item_id: row for row in session.scalars(query)}


def newest_of(session: Session, module_slug: str, item_id: str) -> CurationDecision | None:
    """The decision that holds for one item."""
    query = select(CurationDecision).where(
        CurationDecision.module_slug == module_slug, CurationDecision.item_id == item_id
    )
    return session.scalar(query.order_by(CurationDecision.number.desc()).limit(1))


def names(session: Session, module_slug: str) -> dict[str, str]:
    """The names of those who decided anything about a module, by their ids."""
    decided = select(CurationDecision.user_id).where(CurationDecision.module_slug == module_slug)
    return {row[0]: row[1] for row in session.execute(select(User.id, User.name).where(User.id.in_(decided)))}


def moments(session: Session, module_slug: str) -> list[tuple[str, datetime]]:
    """Who decided anything about a module in the browser, and when; each save once."""
    query = select(CurationDecision.user_id, CurationDecision.at).where(CurationDecision.module_slug == module_slug)
    query = query.where(CurationDecision.user_id.is_not(None), CurationDecision.source == "page").distinct()
    return [(row[0] or "", row[1]) for row in session.execute(query)]


def askable(session: Session, module_slug: str) -> list[tuple[ContentItem, ContentVersion]]:
    """What the notes of a module give now, hidden or not, in their order."""
    query = _now(module_slug).order_by(ContentItem.position, ContentItem.id)
    return [(row[0], row[1]) for row in session.execute(query)]


def item(session: Session, module_slug: str, item_id: str) -> StoredItem | None:
    """One item that the notes give now."""
    row = session.execute(_now(module_slug).where(ContentItem.id == item_id)).first()
    return StoredItem(row[0], row[1], ()) if row else None


def _now(module_slug: str) -> Select[ContentItem, ContentVersion]:
    return (
        select(ContentItem, ContentVersion)
        .join(ContentVersion, is_current_version())
        .where(ContentItem.module_slug == module_slug, ContentItem.retired_at.is_(None))
    )


def _last(module_slug: str, source: str | None) -> Select[int]:
    query = select(func.max(CurationDecision.number)).where(CurationDecision.module_slug == module_slug)
    query = query.group_by(CurationDecision.item_id)
    return query if source is None else query.where(CurationDecision.source == source)
