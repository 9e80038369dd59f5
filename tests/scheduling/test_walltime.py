"""Wall time and instants, where clocks jump and where an hour comes twice."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.scheduling.walltime import comes_twice, exists, instant, read_wall, written

ZONES = ["Europe/Berlin", "America/New_York", "Australia/Sydney", "Asia/Kolkata", "Pacific/Apia", "UTC"]


def wall(text: str) -> datetime:
    return read_wall(text)


def test_seven_days_on_the_wall_are_seven_days_across_the_change_of_clocks() -> None:
    due = wall("2026-10-21T18:00")
    assert instant(due, "Europe/Berlin") == datetime(2026, 10, 21, 16, tzinfo=UTC)
    assert instant(due + timedelta(days=7), "Europe/Berlin") == datetime(2026, 10, 28, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("tz_name", "gap", "twice"),
    [
        ("Europe/Berlin", "2026-03-29T02:30", "2026-10-25T02:30"),
        ("America/New_York", "2026-03-08T02:30", "2026-11-01T01:30"),
        ("Australia/Sydney", "2026-10-04T02:30", "2026-04-05T02:30"),
    ],
)
def test_an_hour_that_is_not_there_and_one_that_comes_twice_are_known(tz_name: str, gap: str, twice: str) -> None:
    assert not exists(wall(gap), tz_name)
    assert (exists(wall(twice), tz_name), comes_twice(wall(twice), tz_name), comes_twice(wall(gap), tz_name)) == (
        True,
        True,
        False,
    )
    first, second = instant(wall(twice), tz_name), instant(wall(twice), tz_name, later=True)
    assert second - first == timedelta(hours=1)


def test_a_day_that_a_zone_left_out_is_not_there() -> None:
    assert not exists(wall("2011-12-30T12:00"), "Pacific/Apia")


@given(st.datetimes(datetime(2024, 1, 1), datetime(2030, 12, 31)), st.sampled_from(ZONES), st.booleans())
def test_a_time_that_is_there_comes_back(when: datetime, tz_name: str, later: bool) -> None:
    from quizapp.scheduling.studyday import zone

    when = when.replace(second=0, microsecond=0)
    assert read_wall(written(when)) == when
    back = instant(when, tz_name, later=later).astimezone(zone(tz_name)).replace(tzinfo=None, fold=0)
    assert (back == when) == exists(when, tz_name)


@pytest.mark.parametrize(
    "text", ["", "tomorrow", "2026-02-30T10:00", "2026-10-21", "2026-10-21T25:00", "٢٠٢٦-10-21T18:00"]
)
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="such as"):
        read_wall(text)
