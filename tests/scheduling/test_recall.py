"""What memory is predicted to keep, as the scheduler itself says, and how that compares with what it kept."""

from datetime import datetime, timedelta, timezone

import fsrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.scheduling.memory import DEFAULT_PROFILE
from quizapp.scheduling.recall import Review, calibration, recall, share

PARAMS = DEFAULT_PROFILE.params


@given(st.floats(0.01, 5000), st.integers(0, 5000))
def test_recall_is_what_fsrs_says(stability: float, days: int) -> None:
    last = datetime(2026, 1, 1, tzinfo=timezone.utc)  # noqa: UP017
    card = fsrs.Card(card_id=1, state=fsrs.State.Review, stability=stability, difficulty=5, due=last, last_review=last)
    said = fsrs.Scheduler(parameters=PARAMS).get_card_retrievability(card, last + timedelta(days=days))
    assert recall(stability, days, PARAMS) == pytest.approx(said)


def test_after_its_stability_nine_of_ten_are_known() -> None:
    assert recall(12, 12, PARAMS) == pytest.approx(0.9)
    assert recall(12, 0, PARAMS) == 1
    assert recall(12, -3, PARAMS) == 1


def test_a_share_of_nothing_is_unknown_and_not_nought() -> None:
    assert (share([]).count, share([]).known, share([]).predicted) == (0, None, None)


@pytest.mark.parametrize(
    ("known", "of", "low", "high"), [(0, 1, 0.0, 0.793), (9, 10, 0.596, 0.982), (90, 100, 0.826, 0.945)]
)
def test_few_reviews_leave_the_truth_wide(known: int, of: int, low: float, high: float) -> None:
    found = share([Review(0.9, n < known) for n in range(of)])
    assert (found.count, found.known) == (of, known / of)
    assert (found.low, found.high) == (pytest.approx(low, abs=0.001), pytest.approx(high, abs=0.001))


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans())))
def test_every_review_is_in_one_range_and_its_truth_within_bounds(given_reviews: list[tuple[float, bool]]) -> None:
    reviews = [Review(*one) for one in given_reviews]
    found = calibration(reviews)
    assert sum(one.count for _, _, one in found) == len(reviews)
    for low, high, one in found:
        assert one.predicted is not None
        assert low - 1e-9 <= one.predicted <= high + 1e-9
        assert one.low is not None
        assert one.known is not None
        assert one.high is not None
        assert -1e-9 <= one.low <= one.known + 1e-9
        assert one.known <= one.high + 1e-9


def test_more_days_mean_less_and_more_stability_means_more() -> None:
    assert recall(10, 30, PARAMS) < recall(10, 20, PARAMS) < recall(20, 20, PARAMS)
