"""What somebody did with their cards and what comes: numbers by study day. Knows no chart and no page.

Every answer carries the study day on which it was given, so that travelling or another hour never moves the past.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from quizapp.scheduling.card import AGAIN
from quizapp.scheduling.recall import Review, Share, calibration, recall, share
from quizapp.scheduling.streak import Streak, streak
from quizapp.services.context import Context
from quizapp.services.desk import sit_down
from quizapp.storage import card_counts, card_lists
from quizapp.storage.card_counts import Day, Known
from quizapp.storage.card_lists import Sought

AHEAD = 30
WEEKS = 26
PERIODS = (7, 30, 90)
WAITS = ((1, 1), (2, 3), (4, 7), (8, 14), (15, 30), (31, 90), (91, 180), (181, 365), (366, None))


@dataclass(frozen=True, slots=True)
class Studied:
    """A day of the calendar: answers that stand and the minutes they took; `frozen`: a day off within the streak."""

    day: date
    answers: int
    minutes: float
    frozen: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A number with what it counts: a day that comes, or waits from `first` to `last` days (None: and longer)."""

    count: int
    day: date | None = None
    first: int = 0
    last: int | None = None


@dataclass(frozen=True, slots=True)
class StatisticsView:
    """`calendar` is whole weeks from a Monday to today; `streak` is None for who does not want to see one.

    `recall` tells of the last 7, 30 and 90 days what was known and what was predicted; `wanted` is a share from 0 to 1.
    """

    today: date
    states: dict[str, int]
    answers: int
    minutes: float
    calendar: tuple[Studied, ...]
    forecast: tuple[Bar, ...]
    overdue: int
    waits: tuple[Bar, ...]
    recall: tuple[tuple[int, Share], ...]
    calibration: tuple[tuple[float, float, Share], ...]
    wanted: float
    streak: Streak | None

    @property
    def done_today(self) -> Studied:
        """What was done today."""
        return self.calendar[-1]


def statistics(ctx: Context, user_id: str) -> StatisticsView:
    """All of somebody's numbers as they stand now."""
    with ctx.database.read() as session:
        desk = sit_down(session, user_id, ctx.now)
        today = desk.deck.today
        states = card_lists.tally(session, Sought(user_id, today))
        days = card_counts.by_day(session, user_id)
        due = card_counts.due_by_day(session, user_id, today + timedelta(days=AHEAD - 1))
        waits = card_counts.waits(session, user_id)
        since = today - timedelta(days=max(PERIODS) - 1)
        reviews = [(one.day, _review(one)) for one in card_counts.reviews_since(session, user_id, since)]
    kept = streak({day.day for day in days}, today)
    return StatisticsView(
        today=today,
        states=states,
        answers=sum(day.answers for day in days),
        minutes=sum(day.duration_ms for day in days) / 60_000,
        calendar=_calendar(days, today, kept),
        forecast=_forecast(due, today),
        overdue=sum(count for day, count in due.items() if day < today),
        waits=tuple(Bar(_between(waits, first, last), None, first, last) for first, last in WAITS),
        recall=tuple((period, _of_period(reviews, today, period)) for period in PERIODS),
        calibration=tuple(calibration(review for _, review in reviews)),
        wanted=desk.profile.retention,
        streak=kept if desk.user.show_streak else None,
    )


def _review(one: Known) -> Review:
    return Review(recall(one.stability, (one.day - one.last_day).days, one.params), one.rating != AGAIN)


def _of_period(reviews: list[tuple[date, Review]], today: date, days: int) -> Share:
    since = today - timedelta(days=days - 1)
    return share([review for day, review in reviews if day >= since])


def _calendar(days: list[Day], today: date, kept: Streak) -> tuple[Studied, ...]:
    """Whole weeks up to today, also the days without an answer."""
    found, frozen = {day.day: day for day in days}, set(kept.frozen)
    first = today - timedelta(days=today.weekday(), weeks=WEEKS - 1)
    made = []
    for number in range((today - first).days + 1):
        day = first + timedelta(days=number)
        done = found.get(day, Day(day, 0, 0))
        made.append(Studied(day, done.answers, done.duration_ms / 60_000, day in frozen))
    return tuple(made)


def _forecast(due: dict[date, int], today: date) -> tuple[Bar, ...]:
    """Today and the days after it; what is overdue comes today."""
    counts = {today + timedelta(days=number): 0 for number in range(AHEAD)}
    for day, count in due.items():
        counts[max(day, today)] += count
    return tuple(Bar(count, day) for day, count in counts.items())


def _between(waits: list[tuple[int, int]], first: int, last: int | None) -> int:
    return sum(count for days, count in waits if days >= first and (last is None or days <= last))
