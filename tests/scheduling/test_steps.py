"""Learning steps as people write them: read exactly, written back the same, refused with a reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.scheduling.steps import DAY, MINUTE, parse_steps, say_steps


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("1m 10m", (60, 600)),
        ("1, 10", (60, 600)),
        ("15M 2h 1d", (900, 7200, 86400)),
        ("60m 60m", (3600, 3600)),
        ("", ()),
        ("   ", ()),
    ],
)
def test_steps_are_read_as_they_are_meant(text: str, steps: tuple[int, ...]) -> None:
    assert parse_steps(text) == steps


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("ten", "'ten', which is no step"),
        ("1m 10x", "'10x', which is no step"),
        ("-5m", "which is no step"),
        ("1.5h", "which is no step"),
        ("0", "from 1m to 1d"),
        ("2d", "from 1m to 1d"),
        ("99999d", "from 1m to 1d"),
        ("10m 1m", "shorter than the one before"),
        ("1m " * 11, "at most 10"),
    ],
)
def test_what_is_no_row_of_steps_is_refused_with_a_reason(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        parse_steps(text)


@given(st.lists(st.integers(1, DAY // MINUTE), max_size=10))
def test_steps_that_are_shown_are_read_back_the_same(minutes: list[int]) -> None:
    steps = tuple(MINUTE * minute for minute in sorted(minutes))
    assert parse_steps(say_steps(steps)) == steps
