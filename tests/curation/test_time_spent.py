"""The time that curating took: what passed between decisions, without the pauses."""

from datetime import UTC, datetime, timedelta

import pytest

from quizapp.curation.time_spent import time_spent

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "spent"),
    [
        ((), 0),
        ((0,), 0),
        ((0, 20, 50), 50),
        ((50, 0, 20), 50),
        ((0, 20, 3600, 3630), 50),
        ((0, 300), 300),
        ((0, 301), 0),
    ],
)
def test_pauses_do_not_count(seconds: tuple[int, ...], spent: int) -> None:
    assert time_spent([NOON + timedelta(seconds=one) for one in seconds]) == timedelta(seconds=spent)
