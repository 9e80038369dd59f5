"""Cards from the events of a person, in order: what a database may throw away and have again. Knows no table."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from quizapp.scheduling.card import CardState, Moment, Profile
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


def replay(events: Iterable[Event], *, without: int | None = None) -> dict[tuple[str, int], Replayed]:
    """One person's cards, from all their events by rising number; `without` is an answer that counts as taken back."""
    of_cards: dict[tuple[str, int], list[Event]] = {}
    void = {without}
    brought = set()
    for event in events:
        place = (event.item_id, event.ord)
        of_cards.setdefault(place, []).append(event)
        if event.voids is not None:
            void.add(event.voids)
        if event.brought:
            brought.add(place)
    tools = _Tools()
    return {
        place: _replayed(_in_time(own) if place in brought else own, void, card_key(*place), tools)
        for place, own in of_cards.items()
    }


class _Tools:
    """What the events of one replay share: a calendar for each place, the terms of each profile.

    Both by the object, which the events keep: to hash a profile takes longer than to answer a card.
    """

    def __init__(self) -> None:
        self._calendars: dict[int, Calendar] = {}
        self._terms: dict[int, Terms] = {}

    def calendar(self, place: Place) -> Calendar:
        found = self._calendars.get(id(place))
        if found is None:
            found = self._calendars[id(place)] = Calendar(place)
        return found

    def terms(self, profile: Profile) -> Terms:
        found = self._terms.get(id(profile))
        if found is None:
            found = self._terms[id(profile)] = terms_of(profile)
        return found


def _replayed(events: list[Event], void: set[int | None], key: str, tools: _Tools) -> Replayed:
    """A card from its own events, in the order in which they count."""
    fold = Fold(key)
    for number, _item, _ord, kind, rating, _voids, moment, profile, _brought in events:
        if kind == "undo" or number in void:
            continue
        calendar = tools.calendar(moment.place)
        if kind == "answer":
            assert rating is not None, f"event {number} is an answer without a rating"
            fold.answer(rating, moment.at, calendar, tools.terms(profile))
        else:
            fold.act(kind, moment.at, calendar)
    return Replayed(fold.state(), len(events))


def _in_time(events: list[Event]) -> list[Event]:
    """The events of a card: what was brought goes where it was given, what was given here after all seen by then.

    So an answer is scheduled here by what was known when it was given, also with a clock that goes back.
    """
    latest = events[0].moment.at
    keyed = []
    for event in events:
        at = event.moment.at
        latest = max(at, latest)
        keyed.append(((at, 0) if event.brought else (latest, 1), event.number, event))
    return [event for _key, _number, event in sorted(keyed, key=lambda entry: entry[:2])]
