"""Adds events to somebody's history, brings the cached rows in line, and takes what was done last back.

What was done at once is one operation: it is stored as a whole and taken back as a whole. Knows no page.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from quizapp.scheduling.card import CardState
from quizapp.services.desk import Desk, kept_profile
from quizapp.services.rebuild import told_cards
from quizapp.storage import card_history, cards
from quizapp.storage.columns import new_id
from quizapp.storage.database import Session
from quizapp.storage.tables.cards import Card, ReviewEvent, SchedulerProfile


@dataclass(frozen=True, slots=True)
class Happening:
    """What happens to one side of an item: a rating for an answer, a number in `voids` for an undo; `row` as it was.

    An answer falls on the study day that the scheduler says, and is taken back on that same day.
    """

    kind: str
    item_id: str
    ord: int
    version: int
    row: Card | None
    after: CardState
    study_day: date
    rating: int | None = None
    voids: int | None = None
    duration_ms: int | None = None


def record(
    session: Session,
    desk: Desk,
    happenings: list[Happening],
    client_event_id: str,
    *,
    source: str = "review",
    profile: SchedulerProfile | None = None,
) -> None:
    """Stores one operation: an event for each card it concerns, the first one under the name that the browser gave.

    `profile` is the row of the person's profile where somebody has it already.
    """
    named = (profile or kept_profile(session, desk)).id
    events = []
    for number, one in enumerate(happenings):
        before, rev = cards.state_of(one.row), one.row.rev if one.row else 0
        name = new_id() if number else client_event_id
        told = {"operation": client_event_id, "source": source, "profile_id": named, "expected_rev": rev}
        events.append(_row(desk, one) | told | {"client_event_id": name, "state_before": before.to_dict()})
        row = one.row
        if row is None:
            row = Card(user_id=desk.user.id, item_id=one.item_id, ord=one.ord)
            session.add(row)
        cards.keep_state(row, one.after, rev + 1)
    card_history.add_events(session, events)


def _row(desk: Desk, one: Happening) -> dict[str, Any]:
    """What an event says of itself, whatever else happens in its operation."""
    place, at = desk.moment.place, desk.moment.at
    return {
        "user_id": desk.user.id,
        "kind": one.kind,
        "item_id": one.item_id,
        "ord": one.ord,
        "version": one.version,
        "rating": one.rating,
        "voids": one.voids,
        "at": at,
        "tz_name": place.tz_name,
        "utc_offset_min": place.utc_offset_min(at),
        "rollover_h": place.rollover_h,
        "study_day": one.study_day,
        "duration_ms": one.duration_ms,
        "state_after": one.after.to_dict(),
    }


def take_back(session: Session, desk: Desk, client_event_id: str) -> tuple[str, int] | None:
    """Takes the newest operation of this study day back; its card, or None when there is nothing to take back.

    A second call of the same name takes nothing more back.
    """
    known = cards.event_by_client_id(session, desk.user.id, client_event_id)
    if known:
        return known.item_id, known.ord
    last = card_history.last_standing(session, desk.user.id, desk.deck.today)
    if last is None:
        return None
    happened = card_history.operation(session, desk.user.id, last.operation)
    assert happened, "a card that has events has a row"
    then = told_cards(
        session,
        desk.user.id,
        {(event.item_id, event.ord) for event, _ in happened},
        without=[event.number for event, _ in happened],
    )
    undone = [_undo(event, row, then[event.item_id, event.ord].card) for event, row in happened]
    record(session, desk, undone, client_event_id)
    return undone[-1].item_id, undone[-1].ord


def _undo(event: ReviewEvent, row: Card, before: CardState) -> Happening:
    """As if it had not happened; what another program told meanwhile stays."""
    return Happening("undo", event.item_id, event.ord, event.version, row, before, event.study_day, voids=event.number)
