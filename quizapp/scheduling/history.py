"""Cards from the events of a person, in order: what a database may throw away and have again. Knows no table."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from quizapp.scheduling.card import NEW, CardState, Moment, Profile
from quizapp.scheduling.events import act, answer

Kind = Literal["answer", "undo", "suspend", "unsuspend", "bury", "unbury"]


@dataclass(frozen=True, slots=True)
class Event:
    """An answer with its `rating`, the taking back of event number `voids`, or an action.

    `brought` says that it came from another program, perhaps long after it was given.
    """

    number: int
    item_id: str
    ord: int
    kind: Kind
    rating: int | None
    voids: int | None
    moment: Moment
    profile: Profile
    brought: bool = False


@dataclass(frozen=True, slots=True)
class Replayed:
    """A card as its events leave it; `rev` counts them."""

    card: CardState
    rev: int


def card_key(item_id: str, ord: int) -> str:  # noqa: A002  (the word of the card table)
    """How the scheduler names a card: the same for everybody and for ever."""
    return f"{item_id}/{ord}"


def replay(events: Iterable[Event], *, without: Collection[int] = ()) -> dict[tuple[str, int], Replayed]:
    """One person's cards, from all their events by rising number; `without` are events that count as taken back."""
    told = list(events)
    void = {event.voids for event in told} | set(without)
    cards: dict[tuple[str, int], Replayed] = {}
    for event in _in_time(told) if any(event.brought for event in told) else told:
        place = (event.item_id, event.ord)
        found = cards.get(place, Replayed(NEW, 0))
        card = found.card
        if event.kind != "undo" and event.number not in void:
            card = _after(card, event, card_key(*place))
        cards[place] = Replayed(card, found.rev + 1)
    return cards


def _after(card: CardState, event: Event, key: str) -> CardState:
    if event.kind == "answer":
        assert event.rating is not None, f"event {event.number} is an answer without a rating"
        return answer(card, event.rating, event.moment, event.profile, key=key)
    assert event.kind != "undo", "what is taken back is left out, and an undo changes nothing else"
    return act(card, event.kind, event.moment)


def _in_time(events: Iterable[Event]) -> list[Event]:
    """What was brought goes where it was given; what was given here comes after all that its card had seen by then.

    So an answer is scheduled here by what was known when it was given, also with a clock that goes back.
    """
    latest: dict[tuple[str, int], datetime] = {}
    keyed = []
    for event in events:
        place, at = (event.item_id, event.ord), event.moment.at
        latest[place] = max(at, latest.get(place, at))
        keyed.append(((at, 0) if event.brought else (latest[place], 1), event.number, event))
    return [event for _key, _number, event in sorted(keyed, key=lambda entry: entry[:2])]
