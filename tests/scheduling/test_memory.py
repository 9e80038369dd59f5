"""What an answer does to a card: days count, not hours; nothing is due in the past; one card, one interval."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from quizapp.scheduling.card import AGAIN, EASY, GOOD, HARD, NEW, CardState, Moment
from quizapp.scheduling.memory import DEFAULT_PROFILE, fuzzed, review
from quizapp.scheduling.studyday import Place

BERLIN = Place("Europe/Berlin")
START = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)


def answer(card: CardState, rating: int, at: datetime, key: str = "item/0") -> CardState:
    return review(card, rating, Moment(at, BERLIN), DEFAULT_PROFILE, key=key)


def learned(at: datetime = START) -> CardState:
    """A card that was answered Good twice on one evening."""
    return answer(answer(NEW, GOOD, at), GOOD, at + timedelta(minutes=10))


def test_a_new_card_comes_back_within_minutes_and_then_within_days() -> None:
    first = answer(NEW, GOOD, START)
    assert (first.state, first.due_at) == ("learning", START + timedelta(minutes=10))
    second = learned()
    assert second.state == "review"
    assert second.due_day
    assert second.last_study_day
    assert (second.due_day - second.last_study_day).days >= 2


def test_the_next_morning_is_another_day_although_few_hours_have_passed() -> None:
    evening = learned()
    morning = answer(evening, GOOD, datetime(2026, 11, 25, 7, 0, tzinfo=UTC))
    late = answer(evening, GOOD, datetime(2026, 11, 25, 21, 0, tzinfo=UTC))
    assert morning.stability == late.stability
    assert morning.stability
    assert evening.stability
    assert morning.stability > evening.stability


def test_a_lapse_is_counted_and_shortens_memory() -> None:
    card = answer(learned(), GOOD, START + timedelta(days=4))
    lapsed = answer(card, AGAIN, START + timedelta(days=20))
    assert (lapsed.state, lapsed.lapses) == ("relearning", 1)
    assert lapsed.stability
    assert card.stability
    assert lapsed.stability < card.stability


@pytest.mark.parametrize("seed", range(8))
def test_whatever_is_answered_whenever_no_card_is_due_before_it_was_seen(seed: int) -> None:
    chance = random.Random(seed)
    card, at = NEW, START
    for _ in range(60):
        at += timedelta(minutes=chance.choice([-7000, -60, 0, 1, 30, 700, 5000, 90000]))
        card = answer(card, chance.choice([AGAIN, HARD, GOOD, EASY]), at)
        assert card.due_at
        assert card.due_day
        assert card.last_review_at
        assert card.last_study_day
        assert card.last_review_at >= at
        assert card.due_at > card.last_review_at or card.due_day > card.last_study_day
        assert card.due_day >= card.last_study_day


def test_the_interval_depends_on_the_card_alone() -> None:
    assert learned() == learned()
    days = {fuzzed(30, f"item{n}/0", 5, 36500) for n in range(200)}
    assert min(days) >= 26
    assert max(days) <= 34
    assert len(days) > 5
    assert fuzzed(2, "item/0", 1, 36500) == 2
    assert fuzzed(30, "item/0", 1, 10) == 10


def test_a_state_survives_the_way_through_json() -> None:
    card = learned()
    assert CardState.from_dict(card.to_dict()) == card
