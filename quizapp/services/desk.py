"""A person at their cards: whose deck, which day, scheduled how. What the card services share; knows no card."""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from quizapp.scheduling.card import Moment, Profile
from quizapp.scheduling.memory import DEFAULT_PROFILE
from quizapp.scheduling.studyday import Place
from quizapp.services.errors import NotFound
from quizapp.storage import cards
from quizapp.storage.cards import Deck
from quizapp.storage.database import Session
from quizapp.storage.tables.cards import SchedulerProfile
from quizapp.storage.tables.people import User

BROUGHT = "import"  # the source of an answer that was given in another program


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything about a person that a review depends on; `stored` is None while they have the default profile."""

    user: User
    stored: SchedulerProfile | None
    moment: Moment
    deck: Deck

    @property
    def profile(self) -> Profile:
        """How an answer is scheduled; a profile of before leeches were known takes what is usual for them."""
        if self.stored is None:
            return DEFAULT_PROFILE
        known = profile_of(self.stored)
        if self.stored.leech_lapses is not None:
            return known
        usual = DEFAULT_PROFILE
        return dataclasses.replace(known, leech_lapses=usual.leech_lapses, leech_suspends=usual.leech_suspends)


def sit_down(
    session: Session, user_id: str, clock: Callable[[], datetime], *, module_slug: str | None = None, lock: bool = False
) -> Desk:
    """The desk of a person; with `lock` nobody else writes for them meanwhile, and the clock is read after the wait."""
    found = cards.person(session, user_id, lock=lock)
    if found is None:
        raise NotFound(user_id)
    user, stored = found
    place = Place(user.tz_name, user.rollover_h)
    now = clock()
    today = place.study_day(now)
    most, apart = user.reviews_per_day, user.bury_siblings
    deck = Deck(user_id=user_id, module_slug=module_slug, now=now, today=today, most=most, apart=apart)
    return Desk(user=user, stored=stored, moment=Moment(now, place), deck=deck)


def kept_profile(session: Session, desk: Desk) -> SchedulerProfile:
    """The person's profile as a row; the default one is written down by their first event."""
    if desk.stored and profile_of(desk.stored) == desk.profile:
        return desk.stored
    return new_profile(session, desk, desk.profile)


def new_profile(session: Session, desk: Desk, wanted: Profile) -> SchedulerProfile:
    """Schedules a person's answers so from now on; those of before stay as they were scheduled."""
    row = SchedulerProfile(
        user_id=desk.user.id,
        number=desk.stored.number + 1 if desk.stored else 1,
        algo=wanted.algo,
        retention=wanted.retention,
        learning_steps=list(wanted.learning_steps),
        relearning_steps=list(wanted.relearning_steps),
        max_interval=wanted.max_interval,
        params=list(wanted.params),
        leech_lapses=wanted.leech_lapses,
        leech_suspends=wanted.leech_suspends,
        created_at=desk.moment.at,
    )
    session.add(row)
    session.flush()
    return row


def profile_of(row: SchedulerProfile) -> Profile:
    """A stored profile as the scheduler knows it; before leeches were known, no card was one."""
    return Profile(
        algo=row.algo,
        retention=row.retention,
        learning_steps=tuple(row.learning_steps),
        relearning_steps=tuple(row.relearning_steps),
        max_interval=row.max_interval,
        params=tuple(row.params),
        leech_lapses=row.leech_lapses or 0,
        leech_suspends=bool(row.leech_suspends),
    )
