"""Card rows from the history: whether they agree, and making them agree. Knows no page.

Events are only ever added and card rows are a cache of them, so that rows which are lost or wrong come back exactly.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import cast

from quizapp.scheduling.card import NEW, Moment
from quizapp.scheduling.history import Event, Kind, Replayed, replay
from quizapp.scheduling.studyday import Place
from quizapp.services.context import Context
from quizapp.services.desk import BROUGHT, profile_of
from quizapp.storage import card_history, card_states, cards, people
from quizapp.storage.card_states import Kept
from quizapp.storage.database import Session

Key = tuple[str, int]
NOTHING = Replayed(NEW, 0)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many cards were looked at, and those (person, item, side) whose row was not what its answers say."""

    cards: int
    wrong: tuple[tuple[str, str, int], ...]


def compare_cards(ctx: Context) -> Agreement:
    """Looks at everybody's cards; changes nothing."""
    looked = 0
    wrong: list[tuple[str, str, int]] = []
    with ctx.database.read() as session:
        for user_id in people.everybody(session):
            told, rows = _told(session, user_id), card_states.kept(session, user_id)
            looked += len(told)
            wrong.extend((user_id, *key) for key in _differing(told, rows))
    return Agreement(looked, tuple(wrong))


def rebuild_cards(ctx: Context) -> Agreement:
    """Makes every card row again from its answers, one person at a time; what is right already stays untouched."""
    looked = 0
    wrong: list[tuple[str, str, int]] = []
    with ctx.database.read() as session:
        everybody = people.everybody(session)
    for user_id in everybody:
        with ctx.database.write() as session:
            cards.person(session, user_id, lock=True)
            told, rows = _told(session, user_id), card_states.kept(session, user_id)
            looked += len(told)
            differing = _differing(told, rows)
            right = {key: told.get(key, NOTHING) for key in differing}
            card_states.keep(session, user_id, {key: (one.card, one.rev) for key, one in right.items()}, rows)
            wrong.extend((user_id, *key) for key in differing)
    return Agreement(looked, tuple(wrong))


def told_cards(
    session: Session, user_id: str, of: Collection[Key], *, without: Collection[int] = ()
) -> dict[Key, Replayed]:
    """Some cards as their events leave them; `without` are the numbers of events that count as taken back."""
    return dict.fromkeys(of, NOTHING) | replay(_events(session, user_id, of), without=without)


def _told(session: Session, user_id: str) -> dict[Key, Replayed]:
    """The cards of a person as their events leave them."""
    return replay(_events(session, user_id))


def _events(session: Session, user_id: str, of: Collection[Key] | None = None) -> Iterator[Event]:
    profiles = {name: profile_of(row) for name, row in card_history.profiles(session, user_id).items()}
    places: dict[tuple[str, int], Place] = {}
    for row in card_history.history(session, user_id, of):
        number, item_id, side, kind, rating, voids, at, tz_name, rollover_h, profile_id, source = row
        where = (tz_name, rollover_h)
        place = places.get(where) or places.setdefault(where, Place(*where))
        moment, profile = Moment(at, place), profiles[profile_id]
        yield Event(number, item_id, side, cast("Kind", kind), rating, voids, moment, profile, source == BROUGHT)


def _differing(told: dict[Key, Replayed], rows: dict[Key, Kept]) -> list[Key]:
    """The cards whose row is missing, says something else, or has no answer behind it."""
    return [key for key in sorted({*told, *rows}) if not _agree(told.get(key), rows.get(key))]


def _agree(told: Replayed | None, row: Kept | None) -> bool:
    """A row with no event behind it stays, as that of a new card."""
    right = told or NOTHING
    return row == (right.card, right.rev)
