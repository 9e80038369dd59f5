"""All cached card rows of a person at once, read and written as columns: whole rows took three times as long.

Knows no event.
"""

from collections.abc import Collection, Mapping
from operator import attrgetter
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from quizapp.scheduling.card import CardState
from quizapp.storage.cards import STATE_FIELDS
from quizapp.storage.tables.cards import Card

COLUMNS = ("user_id", "item_id", "ord", "rev", *STATE_FIELDS)
Key = tuple[str, int]
Kept = tuple[CardState, int]
"""What a row says: the card, and its `rev`."""


_fields = attrgetter(*STATE_FIELDS)


def kept(session: Session, user_id: str) -> dict[Key, Kept]:
    """What every row of a person says, by item and side."""
    columns = (getattr(Card, name) for name in STATE_FIELDS)
    rows = session.execute(select(Card.item_id, Card.ord, Card.rev, *columns).where(Card.user_id == user_id))
    return {(item_id, side): (CardState(*state), rev) for item_id, side, rev, *state in rows}


def keep(session: Session, user_id: str, states: Mapping[Key, Kept], there: Collection[Key]) -> None:
    """Writes rows so, in two statements however many there are; `there` are the cards that have one."""
    fresh = [_row(user_id, key, one) for key, one in states.items() if key not in there]
    if fresh:
        session.connection().execute(insert(Card), fresh)
    others = [_row(user_id, key, one) for key, one in states.items() if key in there]
    if others:
        session.execute(update(Card), others)


def _row(user_id: str, key: Key, one: Kept) -> dict[str, Any]:
    return dict(zip(COLUMNS, (user_id, *key, one[1], *_fields(one[0])), strict=True))
