"""Queries about modules and the items they give: what is stored, what changes, what each holds. Knows no generator."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, and_, func, or_, select, text
from sqlalchemy.orm import Session

from quizapp.storage.tables.content import ContentAlias, ContentItem, ContentVersion, QuestionReport
from quizapp.storage.tables.notes import Module
from quizapp.storage.tables.quiz import AnswerEvent, Attempt, AttemptItem

Row = Any


@dataclass(frozen=True, slots=True)
class StoredItem:
    """An item with its newest version and every name the generator may know it by."""

    item: ContentItem
    version: ContentVersion
    aliases: tuple[str, ...]


def lock_module(session: Session, slug: str) -> None:
    """Whoever else changes that module waits until this transaction ends, also when the module is not there yet."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(hashtext('module'), hashtext(:slug))"), {"slug": slug})


def modules(session: Session) -> dict[str, Module]:
    """Every module, also retired ones, by slug."""
    return {module.slug: module for module in session.scalars(select(Module))}


def module(session: Session, slug: str) -> Module | None:
    """The module of that slug, whoever may see it."""
    return session.get(Module, slug)


def visible_modules(session: Session, user_id: str) -> list[Module]:
    """The modules somebody may see, by title."""
    return list(session.scalars(select(Module).where(may_see(user_id)).order_by(Module.title, Module.slug)))


def visible_module(session: Session, user_id: str, slug: str) -> Module | None:
    """One module, if it is there and not somebody else's."""
    return session.scalar(select(Module).where(Module.slug == slug, may_see(user_id)))


def stored_items(session: Session, module_slug: str) -> list[StoredItem]:
    """All items a module ever gave."""
    names: dict[str, list[str]] = {}
    query = select(ContentAlias.item_id, ContentAlias.alias).join(ContentItem, ContentItem.id == ContentAlias.item_id)
    for item_id, alias in session.execute(query.where(ContentItem.module_slug == module_slug)):
        names.setdefault(item_id, []).append(alias)
    rows = session.execute(
        select(ContentItem, ContentVersion)
        .join(ContentVersion, is_current_version())
        .where(ContentItem.module_slug == module_slug)
    )
    return [StoredItem(item, version, tuple(names.get(item.id, ()))) for item, version in rows]


def add_rows(session: Session, rows: Iterable[Row]) -> None:
    """Stores new rows, parents before children."""
    session.add_all(rows)
    session.flush()


def name_item(session: Session, name: str, item_id: str, reason: str, run_id: str) -> None:
    """Gives an item a name by which the generator finds it, or moves the name to it from another one."""
    session.merge(ContentAlias(alias=name, item_id=item_id, reason=reason, import_run_id=run_id))


def count_by_module(session: Session, user_id: str) -> dict[tuple[str, str], int]:
    """How many items can be asked, by module and use (quiz or card)."""
    query = (
        select(ContentItem.module_slug, ContentItem.use, func.count())
        .join(Module, Module.slug == ContentItem.module_slug)
        .where(can_be_asked(), may_see(user_id))
        .group_by(ContentItem.module_slug, ContentItem.use)
    )
    return {(slug, use): count for slug, use, count in session.execute(query)}


def answered_by_module(session: Session, user_id: str) -> dict[str, int]:
    """How many of today's questions somebody answered at least once, by module."""
    query = (
        select(ContentItem.module_slug, func.count(func.distinct(ContentItem.id)))
        .join(AttemptItem, AttemptItem.item_id == ContentItem.id)
        .join(Attempt, Attempt.id == AttemptItem.attempt_id)
        .join(AnswerEvent, and_(AnswerEvent.attempt_id == Attempt.id, AnswerEvent.pos == AttemptItem.pos))
        .where(Attempt.user_id == user_id, can_be_asked())
        .group_by(ContentItem.module_slug)
    )
    return {slug: count for slug, count in session.execute(query)}  # noqa: C416  (a Row is no tuple to mypy)


def places(session: Session, module_slug: str) -> list[tuple[tuple[str, ...], str]]:
    """Section and use of every item of a module that can be asked."""
    query = select(ContentItem.section, ContentItem.use).where(ContentItem.module_slug == module_slug, can_be_asked())
    return [(tuple(section), use) for section, use in session.execute(query)]


def visible_item(session: Session, user_id: str, item_id: str) -> ContentItem | None:
    """An item of a module that is not somebody else's; retired ones too, since old quizzes show them."""
    query = select(ContentItem).join(Module, Module.slug == ContentItem.module_slug)
    return session.scalar(query.where(ContentItem.id == item_id, is_theirs(user_id)))


def add_report(session: Session, item: ContentItem, user_id: str, says: str, now: datetime) -> None:
    """Keeps what somebody said about an item as it is now."""
    session.add(QuestionReport(user_id=user_id, item_id=item.id, version=item.version, says=says, reported_at=now))


def can_be_asked() -> ColumnElement[bool]:
    """Whether the notes give an item now and nobody has hidden it."""
    return and_(ContentItem.retired_at.is_(None), ContentItem.hidden_at.is_(None))


def is_current_version() -> ColumnElement[bool]:
    """Joins an item with what it says now."""
    return and_(ContentVersion.item_id == ContentItem.id, ContentVersion.number == ContentItem.version)


def is_theirs(user: str | BindParameter[Any]) -> ColumnElement[bool]:
    """Whether a module is a person's own or everybody's."""
    return or_(Module.owner_id.is_(None), Module.owner_id == user)


def may_see(user: str | BindParameter[Any]) -> ColumnElement[bool]:
    """Whether a module is there, and theirs."""
    return and_(Module.retired_at.is_(None), is_theirs(user))
