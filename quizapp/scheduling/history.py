"""Cards from the events of a person, in order: what a database may throw away and have again. Knows no table."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from quizapp.scheduling.card import NEW, CardState, Moment, Profile
from quizapp.scheduling.memory import review


@dataclass(frozen=True, slots=True)
class Event:
    """An answer with its `rating`, or the taking back of event number `voids`.

    `brought` says that it came from another program, perhaps long after it was given.
    """

    number: int
    item_id: str
    ord: int
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


def replay(events: Iterable[Event], *, without: int | None = None) -> dict[tuple[str, int], Replayed]:
    """One person's cards, from all their events by rising number; `without` is an answer that counts as taken back."""
    told = list(events)
    void = {event.voids for event in told} | {without}
    cards: dict[tuple[str, int], Replayed] = {}
    for event in _in_time(told) if any(event.brought for event in told) else told:
        place = (event.item_id, event.ord)
        found = cards.get(place, Replayed(NEW, 0))
        card = found.card
        if event.voids is None and event.number not in void:
            assert event.rating is not None, f"event {event.number} is neither answer nor undo"
            card = review(card, event.rating, event.moment, event.profile, key=card_key(*place))
        cards[place] = Replayed(card, found.rev + 1)
    return cards


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
