"""A person's day, which begins some hours after midnight where they are. Knows no card."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

ROLLOVER_H = 4


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody studies: an IANA zone, and the hour of the wall clock at which their day begins."""

    tz_name: str = "UTC"
    rollover_h: int = ROLLOVER_H

    def study_day(self, at: datetime) -> date:
        """The study day of an aware instant: the date on the wall, some hours ago."""
        return (at.astimezone(zone(self.tz_name)) - timedelta(hours=self.rollover_h)).date()

    def day_start(self, day: date) -> datetime:
        """The first instant of a study day, in UTC."""
        return datetime.combine(day, time(self.rollover_h), zone(self.tz_name)).astimezone(UTC)

    def utc_offset(self, at: datetime) -> timedelta:
        """How far the wall clock is ahead of UTC at that instant."""
        return at.astimezone(zone(self.tz_name)).utcoffset() or timedelta()

    def utc_offset_min(self, at: datetime) -> int:
        """How far the wall clock is ahead of UTC at that instant, in minutes."""
        return round(self.utc_offset(at).total_seconds() / 60)


def zone(name: str) -> ZoneInfo:
    """The zone of an IANA name; raises ValueError for a name nobody knows."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"there is no time zone {name!r}") from error
