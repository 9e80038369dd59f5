"""A person at their cards: whose deck, which day, scheduled how. What the card services share; knows no card."""

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


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything about a person that a review depends on; `stored` is None while they have the default profile."""

    user: User
    stored: SchedulerProfile | None
    moment: Moment
    deck: Deck

    @property
    def profile(self) -> Profile:
        """How an answer is scheduled."""
        return profile_of(self.stored) if self.stored else DEFAULT_PROFILE


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
    deck = Deck(user_id=user_id, module_slug=module_slug, now=now, today=today, most=user.reviews_per_day)
    return Desk(user=user, stored=stored, moment=Moment(now, place), deck=deck)


def kept_profile(session: Session, desk: Desk) -> SchedulerProfile:
    """The person's profile as a row; the default one is written down by their first answer."""
    return desk.stored or new_profile(session, desk, DEFAULT_PROFILE)


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
        created_at=desk.moment.at,
    )
    session.add(row)
    session.flush()
    return row


def profile_of(row: SchedulerProfile) -> Profile:
    """A stored profile as the scheduler knows it."""
    return Profile(
        algo=row.algo,
        retention=row.retention,
        learning_steps=tuple(row.learning_steps),
        relearning_steps=tuple(row.relearning_steps),
        max_interval=row.max_interval,
        params=tuple(row.params),
    )
