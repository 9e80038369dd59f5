"""Cards from the events of a person, in order: what a database may throw away and have again. Knows no table."""

from collections.abc import Iterable
from dataclasses import dataclass

from quizapp.scheduling.card import NEW, CardState, Moment, Profile
from quizapp.scheduling.memory import review


@dataclass(frozen=True, slots=True)
class Event:
    """An answer with its `rating`, or the taking back of event number `voids`."""

    number: int
    item_id: str
    ord: int
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
        if event.voids is not None:
            card = before[event.voids]
        else:
            assert event.rating is not None, f"event {event.number} is neither answer nor undo"
            before[event.number] = found.card
            card = review(found.card, event.rating, event.moment, event.profile, key=card_key(*place))
        cards[place] = Replayed(card, found.rev + 1)
    return cards
