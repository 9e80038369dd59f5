"""Card rows from the history: whether they agree, and making them agree. Knows no page.

Events are only ever added and card rows are a cache of them, so that rows which are lost or wrong come back exactly.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import cast

from quizapp.scheduling.card import NEW, Moment, Profile
from quizapp.scheduling.history import Event, Kind, Replayed, replay
from quizapp.scheduling.studyday import Place
from quizapp.services.context import Context
from quizapp.services.desk import BROUGHT, profile_of
from quizapp.storage import card_history, cards, people
from quizapp.storage.card_history import Past
from quizapp.storage.database import Session
from quizapp.storage.tables.cards import Card

Key = tuple[str, int]


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
            told, rows = _told(session, user_id), cards.cards_of(session, user_id)
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
            told, rows = _told(session, user_id), cards.cards_of(session, user_id)
            looked += len(told)
            for key in _differing(told, rows):
                _put_right(session, user_id, key, told.get(key), rows.get(key))
                wrong.append((user_id, *key))
    return Agreement(looked, tuple(wrong))


def told_cards(
    session: Session, user_id: str, of: Collection[Key], *, without: Collection[int] = ()
) -> dict[Key, Replayed]:
    """Some cards as their events leave them; `without` are the numbers of events that count as taken back."""
    return {card: Replayed(NEW, 0) for card in of} | replay(_events(session, user_id, of), without=without)


def _told(session: Session, user_id: str) -> dict[Key, Replayed]:
    """The cards of a person as their events leave them."""
    return replay(_events(session, user_id))


def _events(session: Session, user_id: str, of: Collection[Key] | None = None) -> Iterator[Event]:
    profiles = {name: profile_of(row) for name, row in card_history.profiles(session, user_id).items()}
    places: dict[tuple[str, int], Place] = {}
    for past in card_history.history(session, user_id, of):
        yield _event(past, profiles[past.profile_id], places)


def _event(past: Past, profile: Profile, places: dict[tuple[str, int], Place]) -> Event:
    where = (past.tz_name, past.rollover_h)
    moment = Moment(past.at, places.get(where) or places.setdefault(where, Place(*where)))
    kind = cast("Kind", past.kind)
    return Event(
        past.number, past.item_id, past.ord, kind, past.rating, past.voids, moment, profile, past.source == BROUGHT
    )


def _differing(told: dict[Key, Replayed], rows: dict[Key, Card]) -> list[Key]:
    """The cards whose row is missing, says something else, or has no answer behind it."""
    return [key for key in sorted({*told, *rows}) if not _agree(told.get(key), rows.get(key))]


def _agree(told: Replayed | None, row: Card | None) -> bool:
    right = told or Replayed(NEW, 0)
    return row is not None and cards.state_of(row) == right.card and row.rev == right.rev


def _put_right(session: Session, user_id: str, key: Key, told: Replayed | None, row: Card | None) -> None:
    """A row with no event behind it stays, as that of a new card."""
    if row is None:
        row = Card(user_id=user_id, item_id=key[0], ord=key[1])
        session.add(row)
    right = told or Replayed(NEW, 0)
    cards.keep_state(row, right.card, right.rev)
