"""One card through its events, as scheduling.events leaves it, in a fraction of the time. Knows no order of events.

A replay asks only where a card stands at last. So nothing is copied for an answer, and when the card comes back (the
interval, its fuzz, the zone's clock) is worked out once, for the last answer that stands.
"""

from datetime import UTC, date, datetime, timedelta

from quizapp.scheduling.card import AGAIN, CardState, State
from quizapp.scheduling.events import Action, is_leech
from quizapp.scheduling.formula import Terms
from quizapp.scheduling.memory import fuzzed
from quizapp.scheduling.studyday import Place

LAST_MOMENT = timedelta(hours=1) - timedelta.resolution


class Calendar:
    """The study days of a place, as numbers (date.toordinal). An hour that lies in one day is looked up once."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self._hours: dict[int, int | None] = {}

    def day(self, at: datetime) -> int:
        """The study day of an aware instant."""
        if at.tzinfo is not UTC:
            return self._look_up(at)
        hour = at.toordinal() * 24 + at.hour
        if hour not in self._hours:
            self._hours[hour] = self._day_of_hour(at)
        found = self._hours[hour]
        return self._look_up(at) if found is None else found

    def _look_up(self, at: datetime) -> int:
        return self.place.study_day(at).toordinal()

    def _day_of_hour(self, at: datetime) -> int | None:
        """The day of a whole hour; None when a day ends or clocks are changed within it."""
        first = at.replace(minute=0, second=0, microsecond=0)
        last = first + LAST_MOMENT
        ahead = self.place.utc_offset(first)
        if ahead != self.place.utc_offset(last):
            return None
        ahead -= timedelta(hours=self.place.rollover_h)
        day = (first + ahead).toordinal()
        return day if day == (last + ahead).toordinal() else None


class Fold:
    """A card on its way: `answer` and `act` change it in place, `state` says where it stands. Days are numbers.

    `key` names the card to the scheduler, as in scheduling.memory.
    """

    __slots__ = (
        "_at",
        "_buried",
        "_calendar",
        "_day",
        "_difficulty",
        "_introduced",
        "_key",
        "_lapses",
        "_leech",
        "_reps",
        "_stability",
        "_state",
        "_step",
        "_suspended",
        "_terms",
        "_wait",
    )

    def __init__(self, key: str) -> None:
        self._key = key
        self._state: State = "new"
        self._step: int | None = None
        self._stability = self._difficulty = 0.0
        self._at: datetime | None = None
        self._day = self._introduced = self._reps = self._lapses = 0
        self._suspended: datetime | None = None
        self._leech: datetime | None = None
        self._buried: int | None = None
        self._terms: Terms | None = None
        self._calendar: Calendar | None = None
        self._wait: timedelta | None = None

    def answer(self, rating: int, at: datetime, calendar: Calendar, terms: Terms) -> None:
        """What scheduling.events.answer does."""
        if self._at is None:
            day = self._introduced = calendar.day(at)
            self._stability, self._difficulty = terms.first(rating)
        else:
            at = max(at, self._at)
            day = max(calendar.day(at), self._day)
            self._stability, self._difficulty = terms.later(self._stability, self._difficulty, day - self._day, rating)
        lapsed = rating == AGAIN and self._state == "review"
        self._state, self._step, self._wait = terms.move(self._state, self._step, rating)
        self._at, self._day = at, day
        self._calendar, self._terms = calendar, terms
        self._reps += 1
        self._buried = None
        if lapsed:
            self._lapse(at, terms)

    def act(self, action: Action, at: datetime, calendar: Calendar) -> None:
        """What scheduling.events.act does."""
        if action == "suspend":
            self._suspended = self._suspended or at
        elif action == "unsuspend":
            self._suspended = None
        else:
            self._buried = calendar.day(at) + 1 if action == "bury" else None

    def state(self) -> CardState:
        """The card as it stands now."""
        known = self._at is not None
        due_at, due_day = self._due()
        return CardState(
            state=self._state,
            step=self._step,
            stability=self._stability if known else None,
            difficulty=self._difficulty if known else None,
            due_at=due_at,
            due_day=due_day,
            last_review_at=self._at,
            last_study_day=date.fromordinal(self._day) if known else None,
            introduced_day=date.fromordinal(self._introduced) if known else None,
            reps=self._reps,
            lapses=self._lapses,
            suspended_at=self._suspended,
            buried_until_day=None if self._buried is None else date.fromordinal(self._buried),
            leech_at=self._leech,
        )

    def _lapse(self, at: datetime, terms: Terms) -> None:
        self._lapses += 1
        profile = terms.profile
        if is_leech(self._lapses, profile.leech_lapses):
            self._leech = at
            if profile.leech_suspends:
                self._suspended = at

    def _due(self) -> tuple[datetime | None, date | None]:
        """When the card comes back, and in which study day."""
        if self._at is None or self._terms is None or self._calendar is None:
            return None, None
        if self._wait is not None:
            due_at = self._at + self._wait
            return due_at, date.fromordinal(max(self._day, self._calendar.day(due_at)))
        days = self._terms.interval(self._stability)
        longest = self._terms.profile.max_interval
        day = date.fromordinal(self._day + fuzzed(days, self._key, self._reps, longest))
        return self._calendar.place.day_start(day), day
