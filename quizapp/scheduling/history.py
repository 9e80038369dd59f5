"""Cards from the events of a person, in order: what a database may throw away and have again. Knows no table."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from quizapp.scheduling.card import NEW, CardState, Moment, Profile
from quizapp.scheduling.events import act, answer

Kind = Literal["answer", "undo", "suspend", "unsuspend", "bury", "unbury"]


@dataclass(frozen=True, slots=True)
class Event:
    """An answer with its `rating`, the taking back of event number `voids`, or an action."""

    number: int
    item_id: str
    ord: int
    kind: Kind
    rating: int | None
    voids: int | None
    moment: Moment
    profile: Profile


@dataclass(frozen=True, slots=True)
class Replayed:
    """A card as its events leave it; `rev` counts them."""

    card: CardState
    rev: int


def card_key(item_id: str, ord: int) -> str:  # noqa: A002  (the word of the card table)
    """How the scheduler names a card: the same for everybody and for ever."""
    return f"{item_id}/{ord}"


def replay(events: Iterable[Event]) -> dict[tuple[str, int], Replayed]:
    """One person's cards, from all their events by rising number."""
    cards: dict[tuple[str, int], Replayed] = {}
    before: dict[int, CardState] = {}
    for event in events:
        place = (event.item_id, event.ord)
        found = cards.get(place, Replayed(NEW, 0))
        if event.kind == "undo":
            assert event.voids is not None, f"event {event.number} takes nothing back"
            card = before[event.voids]
        else:
            before[event.number] = found.card
            card = _after(found.card, event, card_key(*place))
        cards[place] = Replayed(card, found.rev + 1)
    return cards


def _after(card: CardState, event: Event, key: str) -> CardState:
    if event.kind == "answer":
        assert event.rating is not None, f"event {event.number} is an answer without a rating"
        return answer(card, event.rating, event.moment, event.profile, key=key)
    assert event.kind != "undo", "an undo restores, it does not follow"
    return act(card, event.kind, event.moment)
