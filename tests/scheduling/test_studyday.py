"""A study day begins at 4 on the wall where the person is, also on the days when clocks change."""

import itertools
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from quizapp.scheduling.studyday import Place

ZONES = ["Europe/Berlin", "America/New_York", "Australia/Sydney", "Asia/Kolkata", "Pacific/Apia"]


@pytest.mark.parametrize(
    ("zone", "at", "day"),
    [
        ("Europe/Berlin", "2026-11-25T02:59:59+00:00", date(2026, 11, 24)),
        ("Europe/Berlin", "2026-11-25T03:00:00+00:00", date(2026, 11, 25)),
        ("Europe/Berlin", "2026-07-01T01:59:59+00:00", date(2026, 6, 30)),
        ("Europe/Berlin", "2026-07-01T02:00:00+00:00", date(2026, 7, 1)),
        ("America/New_York", "2026-11-25T03:30:00+00:00", date(2026, 11, 24)),
        ("Asia/Kolkata", "2026-11-24T22:30:00+00:00", date(2026, 11, 25)),
        ("UTC", "2026-11-25T03:59:59+00:00", date(2026, 11, 24)),
    ],
)
def test_the_day_of_an_instant(zone: str, at: str, day: date) -> None:
    assert Place(zone).study_day(datetime.fromisoformat(at)) == day


@settings(max_examples=300, deadline=None)
@given(
    some.sampled_from(ZONES),
    some.datetimes(datetime(2024, 1, 1), datetime(2030, 12, 31), timezones=some.just(UTC)),
    some.integers(0, 23),
)
def test_an_instant_lies_in_its_day_in_every_zone_and_year(zone: str, at: datetime, hour: int) -> None:
    place = Place(zone, hour)
    day = place.study_day(at)
    nearly = timedelta(hours=1)  # where a clock goes back, one hour of the wall is there twice
    assert place.day_start(day) <= at + nearly
    assert at < place.day_start(day + timedelta(days=1)) + nearly


@pytest.mark.parametrize("zone", ZONES)
def test_days_follow_each_other_through_every_change_of_clocks(zone: str) -> None:
    place = Place(zone)
    starts = [place.day_start(date(2024, 1, 1) + timedelta(days=n)) for n in range(365 * 7)]
    assert {place.study_day(start) - timedelta(days=n) for n, start in enumerate(starts)} == {date(2024, 1, 1)}
    lengths = {(right - left) / timedelta(hours=1) for left, right in itertools.pairwise(starts)}
    assert lengths <= {23.0, 24.0, 25.0}


def test_a_zone_that_nobody_knows_is_refused() -> None:
    for name in ("Mars/Olympus", "", "../../etc/passwd", "Europe/Berlin\0"):
        with pytest.raises(ValueError, match="time zone"):
            Place(name).study_day(datetime(2026, 11, 25, tzinfo=UTC))
