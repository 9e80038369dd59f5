"""Days in a row: a day off that was earned breaks nothing, and a day that is not over neither."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.scheduling.streak import MOST_FREEZES, Streak, streak

TODAY = date(2026, 11, 25)


def days(pattern: str) -> list[date]:
    """Study days up to today: `x` a day with a review, `.` one without."""
    first = TODAY - timedelta(days=len(pattern) - 1)
    return [first + timedelta(days=n) for n, mark in enumerate(pattern) if mark == "x"]


@pytest.mark.parametrize(
    ("pattern", "length", "longest", "off", "freezes"),
    [
        ("x", 1, 1, 0, 0),
        ("xxx", 3, 3, 0, 0),
        ("xxx.", 3, 3, 0, 0),  # today is not over
        ("xxx..", 0, 3, 0, 0),
        ("xxx.xx", 2, 3, 0, 0),  # no day off was earned yet
        ("xxxxxxx", 7, 7, 0, 1),
        ("xxxxxxx.x", 8, 8, 1, 0),
        ("xxxxxxx..x", 1, 7, 0, 0),  # one day off was earned, two were taken
        ("xxxxxxx.", 7, 7, 0, 1),
        ("xxxxxxx..", 7, 7, 1, 0),
        ("x" * 14 + "..x", 15, 15, 2, 0),
        ("x" * 28, 28, 28, 0, MOST_FREEZES),
        ("x" * 28 + "...x", 1, 28, 0, 0),
    ],
)
def test_a_streak_is_what_it_says(pattern: str, length: int, longest: int, off: int, freezes: int) -> None:
    found = streak(days(pattern), TODAY)
    assert (found.length, found.longest, len(found.frozen), found.freezes) == (length, longest, off, freezes)
    assert found.today is (pattern[-1] == "x")


def test_nothing_was_done_yet() -> None:
    assert streak([], TODAY) == Streak()


def test_the_days_off_are_named() -> None:
    assert streak(days("xxxxxxx.x"), TODAY).frozen == (TODAY - timedelta(days=1),)


def test_a_day_that_lies_ahead_after_travelling_west_counts() -> None:
    assert streak([TODAY, TODAY + timedelta(days=1)], TODAY).length == 2


@given(st.sets(st.integers(0, 80)), st.integers(0, 80))
def test_studying_on_one_more_day_never_makes_a_streak_shorter(numbers: set[int], more: int) -> None:
    known = {TODAY - timedelta(days=number) for number in numbers}
    before, after = streak(known, TODAY), streak(known | {TODAY - timedelta(days=more)}, TODAY)
    assert after.length >= before.length
    assert after.longest >= after.length
    assert before.freezes <= MOST_FREEZES
