"""What clocks on the wall show, and the instants they mean. A date that people agree on is wall time in one zone."""

from datetime import UTC, datetime, timedelta

from quizapp.scheduling.studyday import zone

FORM = "%Y-%m-%dT%H:%M"


def read_wall(text: str) -> datetime:
    """The wall time of `2026-10-21T18:00` (a blank for the T will do); raises ValueError."""
    text = text.strip().replace(" ", "T")
    if not text.isascii() or len(text) > 16:
        raise ValueError("is no date and time such as 2026-10-21 18:00")
    try:
        return datetime.strptime(text, FORM)  # noqa: DTZ007  (wall time has no zone of its own)
    except ValueError as error:
        raise ValueError("is no date and time such as 2026-10-21 18:00") from error


def written(wall: datetime) -> str:
    """What `read_wall` reads."""
    return wall.isoformat(timespec="minutes")


def instant(wall: datetime, tz_name: str, *, later: bool = False) -> datetime:
    """The instant, in UTC; of an hour that comes twice the first one, or with `later` the second.

    A time that clocks jump over means what it would be had they not jumped.
    """
    return wall.replace(tzinfo=zone(tz_name), fold=int(later and comes_twice(wall, tz_name))).astimezone(UTC)


def exists(wall: datetime, tz_name: str) -> bool:
    """Whether clocks there ever show that; in spring they jump over an hour."""
    there = zone(tz_name)
    return wall.replace(tzinfo=there).astimezone(UTC).astimezone(there).replace(tzinfo=None, fold=0) == wall


def comes_twice(wall: datetime, tz_name: str) -> bool:
    """Whether clocks show that twice, as for an hour in autumn."""
    there = zone(tz_name)
    first, second = (wall.replace(tzinfo=there, fold=fold).utcoffset() or timedelta() for fold in (0, 1))
    return first > second
