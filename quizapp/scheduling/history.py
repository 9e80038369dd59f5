"""Cards from the events of a person, in order: what a database may throw away and have again. Knows no table."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple, cast

from quizapp.scheduling.card import CardState, Moment, Profile
from quizapp.scheduling.events import Action
from quizapp.scheduling.fold import Calendar, Fold
from quizapp.scheduling.formula import Terms, terms_of
from quizapp.scheduling.studyday import Place

Kind = Literal["answer", "undo", "suspend", "unsuspend", "bury", "unbury"]


class Event(NamedTuple):
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


Told = tuple[int, str, int | None, datetime, int, int, bool]
"""An event within a replay: number, kind, rating, when, place and profile (as _Tools knows them), whether brought.

Nothing but plain values: of hundreds of thousands of events the garbage collector has nothing to follow.
"""


def replay(events: Iterable[Event], *, without: Collection[int] = ()) -> dict[tuple[str, int], Replayed]:
    """One person's cards, from all their events by rising number; `without` are events that count as taken back."""
    of_cards: dict[tuple[str, int], list[Told]] = {}
    void: set[int] = set(without)
    brought = set()
    tools = _Tools()
    for number, item_id, side, kind, rating, voids, (at, place), profile, is_brought in events:
        card = (item_id, side)
        told = (number, kind, rating, at, tools.know_place(place), tools.know_profile(profile), is_brought)
        of_cards.setdefault(card, []).append(told)
        if voids is not None:
            void.add(voids)
        if is_brought:
            brought.add(card)
    return {
        card: _replayed(_in_time(own) if card in brought else own, void, card_key(*card), tools)
        for card, own in of_cards.items()
    }


class _Tools:
    """What the events of one replay share: a calendar for each place, the terms of each profile.

    Both are found by the object: to hash a profile takes longer than to answer a card. `_held` keeps the objects.
    """

    def __init__(self) -> None:
        self.calendars: dict[int, Calendar] = {}
        self.terms: dict[int, Terms] = {}
        self._held: list[Place | Profile] = []

    def know_place(self, place: Place) -> int:
        if id(place) not in self.calendars:
            self._held.append(place)
            self.calendars[id(place)] = Calendar(place)
        return id(place)

    def know_profile(self, profile: Profile) -> int:
        if id(profile) not in self.terms:
            self._held.append(profile)
            self.terms[id(profile)] = terms_of(profile)
        return id(profile)


def _replayed(events: list[Told], void: set[int], key: str, tools: _Tools) -> Replayed:
    """A card from its own events, in the order in which they count."""
    fold = Fold(key)
    for number, kind, rating, at, place, profile, _brought in events:
        if kind == "undo" or number in void:
            continue
        if kind == "answer":
            assert rating is not None, f"event {number} is an answer without a rating"
            fold.answer(rating, at, tools.calendars[place], tools.terms[profile])
        else:
            fold.act(cast("Action", kind), at, tools.calendars[place])
    return Replayed(fold.state(), len(events))


def _in_time(events: list[Told]) -> list[Told]:
    """The events of a card: what was brought goes where it was given, what was given here after all seen by then.

    So an answer is scheduled here by what was known when it was given, also with a clock that goes back.
    """
    latest = events[0][3]
    keyed = []
    for event in events:
        number, at, brought = event[0], event[3], event[6]
        latest = max(at, latest)
        keyed.append(((at, 0) if brought else (latest, 1), number, event))
    return [event for _key, _number, event in sorted(keyed, key=lambda entry: entry[:2])]
