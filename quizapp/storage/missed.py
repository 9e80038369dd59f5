"""Queries that bring the cards of missed questions back. Knows tables, no schedule.

Nothing is stored for it: a fact counts as missed while its question's last answer was wrong and no card of it was
answered since. So a miss brings its card once, and never again and again.
"""

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Select, and_, bindparam, select
from sqlalchemy.orm import Session, aliased

from quizapp.storage.attempts import last_answers
from quizapp.storage.cards import MODULE, USER, Deck, is_awake, is_open_to
from quizapp.storage.tables.cards import Card
from quizapp.storage.tables.content import ContentItem
from quizapp.storage.tables.notes import Module
from quizapp.storage.tables.quiz import AnswerEvent, Attempt

SINCE: BindParameter[Any] = bindparam("since")
MOST = 20


def missed(session: Session, deck: Deck, since: datetime) -> list[tuple[str, datetime]]:
    """A card for each fact whose question was missed after `since`, with the instant of the miss, the oldest first."""
    rows = session.execute(_missed(deck.module_slug is not None), deck.values() | {"since": since})
    first: dict[tuple[str, str], tuple[str, datetime]] = {}
    for module_slug, fact, item_id, at in rows:
        first.setdefault((module_slug, fact), (item_id, at))
    return list(first.values())[:MOST]


@cache
def _missed(scoped: bool) -> Select[*tuple[Any, ...]]:
    answers = last_answers(AnswerEvent.user_id == USER, Attempt.user_id == USER, AnswerEvent.at > SINCE)
    question, sibling, shown = aliased(ContentItem), aliased(ContentItem), aliased(Card)
    # One within the other, so that a few cards are looked up by name and not all of a person's.
    answered = select(shown.item_id).where(shown.user_id == USER, shown.item_id == sibling.id)
    answered = answered.where(shown.last_review_at >= answers.c.at).correlate(answers, sibling)
    of_fact = select(sibling.id).where(sibling.fact == question.fact, sibling.module_slug == question.module_slug)
    seen = of_fact.where(answered.exists()).correlate(question).exists()
    query = (
        select(ContentItem.module_slug, ContentItem.fact, ContentItem.id, answers.c.at)
        .select_from(answers)
        .join(question, question.id == answers.c.item_id)
        .join(ContentItem, and_(ContentItem.fact == question.fact, ContentItem.module_slug == question.module_slug))
        .join(Module, Module.slug == ContentItem.module_slug)
        .outerjoin(Card, and_(Card.item_id == ContentItem.id, Card.user_id == USER, Card.ord == 0))
        .where(answers.c.place == 1, answers.c.fraction < 1, ContentItem.use == "card", is_open_to(), ~seen)
        .where(is_awake())
        .order_by(answers.c.at, ContentItem.position)
        .limit(MOST * 3)
    )
    return query.where(ContentItem.module_slug == MODULE) if scoped else query
