"""Study days in a row, with days off that were earned: a streak is to please, not to punish. Knows no card."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

EARNED_EVERY = 7
MOST_FREEZES = 2
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Streak:
    """`length` counts days with a review; `frozen` are the days off within it, `freezes` how many more there may be.

    With `today` something was reviewed today; a day that is not over breaks nothing.
    """

    length: int = 0
    longest: int = 0
    frozen: tuple[date, ...] = ()
    freezes: int = 0
    today: bool = False


def streak(days: Collection[date], today: date) -> Streak:
    """The streak that holds now: every seventh day of study earns a freeze, which a day off uses up; two are kept."""
    if not days:
        return Streak()
    length = longest = freezes = 0
    frozen: list[date] = []
    day, last = min(days), max(today, *days)
    while day <= last:
        if day in days:
            length += 1
            longest = max(longest, length)
            if length % EARNED_EVERY == 0:
                freezes = min(MOST_FREEZES, freezes + 1)
        elif freezes and length:
            if day < today:
                freezes -= 1
                frozen.append(day)
        elif day < today:
            length, frozen = 0, []
        day += DAY
    return Streak(length, longest, tuple(frozen), freezes, today in days)
