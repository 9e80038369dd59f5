"""Queries that bring cards back after a lab step that needed a hint. Knows tables, no schedule and no lab.

Every step is red at first, so red alone tells nothing; a hint that was opened tells that somebody was stuck. As with
missed questions nothing is stored for it: a fact waits while no card of it was answered since.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from quizapp.storage.cards import Deck, is_awake, is_open_to
from quizapp.storage.tables.cards import Card
from quizapp.storage.tables.content import ContentItem
from quizapp.storage.tables.labs import LabEvent, LabRun
from quizapp.storage.tables.notes import Module

Step = tuple[str, str]
Section = tuple[str, str]
FACTS = 3  # of a section: a hint is no reason to bring all of it


class _Side(NamedTuple):
    """One of the cards of a fact."""

    item_id: str
    last_review_at: datetime | None
    is_awake: bool


def helped(session: Session, user_id: str, since: datetime) -> dict[Step, datetime]:
    """Lab and step of the hints opened after `since`, with the instant of the newest one; the oldest step first."""
    newest = func.max(LabEvent.at).label("newest")
    query = (
        select(LabRun.lab_slug, LabEvent.step_id, newest)
        .join(LabEvent, LabEvent.lab_run_id == LabRun.id)
        .where(LabRun.user_id == user_id, LabEvent.kind == "hint", LabEvent.at > since)
        .group_by(LabRun.lab_slug, LabEvent.step_id)
        .order_by(newest)
    )
    return {(row[0], row[1]): row[2] for row in session.execute(query)}


def first_cards(session: Session, deck: Deck, sections: Mapping[Section, datetime]) -> list[tuple[str, Section]]:
    """For each section (its module, and the title of its heading) a card of each of its first facts that was not
    answered since that instant.
    """
    query = (
        select(ContentItem.module_slug, ContentItem.section, ContentItem.fact)
        .add_columns(ContentItem.id, Card.last_review_at, is_awake())
        .join(Module, Module.slug == ContentItem.module_slug)
        .outerjoin(Card, and_(Card.item_id == ContentItem.id, Card.user_id == deck.user_id, Card.ord == 0))
        .where(ContentItem.module_slug.in_({slug for slug, _ in sections}), ContentItem.use == "card", is_open_to())
        .order_by(ContentItem.module_slug, ContentItem.position)
    )
    found: dict[Section, dict[str, list[_Side]]] = {key: {} for key in sections}
    for slug, path, fact, *side in session.execute(query, deck.values()):
        facts = found.get((slug, path[-1] if path else ""))
        if facts is not None and (fact in facts or len(facts) < FACTS):
            facts.setdefault(fact, []).append(_Side(*side))
    cards = []
    for key, facts in found.items():
        for sides in facts.values():
            awake = [side.item_id for side in sides if side.is_awake]
            if awake and not any(side.last_review_at and side.last_review_at >= sections[key] for side in sides):
                cards.append((awake[0], key))
    return cards
