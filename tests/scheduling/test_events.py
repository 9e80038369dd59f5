"""What an event does to a card: set aside and taken back, and missed so often that it is a leech."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from quizapp.scheduling.card import AGAIN, EASY, GOOD, NEW, CardState, Moment
from quizapp.scheduling.events import ACTIONS, act, answer, is_leech
from quizapp.scheduling.memory import DEFAULT_PROFILE
from quizapp.scheduling.studyday import Place

BERLIN = Place("Europe/Berlin")
AT = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)  # three in the morning in Berlin: still the 24th
MOMENT = Moment(AT, BERLIN)
KEPT = CardState(suspended_at=AT, buried_until_day=date(2026, 11, 26), leech_at=AT)


def test_a_buried_card_rests_until_the_next_study_day_where_the_person_is() -> None:
    assert act(NEW, "bury", MOMENT) == replace(NEW, buried_until_day=date(2026, 11, 25))
    assert act(act(NEW, "bury", MOMENT), "unbury", MOMENT) == NEW


def test_a_suspended_card_stays_so_until_it_is_taken_back() -> None:
    suspended = act(NEW, "suspend", MOMENT)
    assert suspended == replace(NEW, suspended_at=AT)
    assert act(suspended, "suspend", Moment(AT + timedelta(days=1), BERLIN)) == suspended
    assert act(suspended, "unsuspend", MOMENT) == NEW


@pytest.mark.parametrize("action", ACTIONS)
def test_an_action_twice_is_the_action_once(action: str) -> None:
    once = act(KEPT, action, MOMENT)
    assert act(once, action, MOMENT) == once


def test_what_was_set_aside_survives_the_way_through_json() -> None:
    assert CardState.from_dict(KEPT.to_dict()) == KEPT


def test_a_state_that_an_older_version_wrote_was_not_set_aside() -> None:
    older = {
        name: value
        for name, value in NEW.to_dict().items()
        if name not in ("suspended_at", "buried_until_day", "leech_at")
    }
    assert CardState.from_dict(older) == NEW


def lapsing(lapses: int, **profile: object) -> list[CardState]:
    """A card after each of its lapses, taken back from suspension every time."""
    wanted = replace(DEFAULT_PROFILE, **profile)
    card, at, found = NEW, AT, []
    for _ in range(lapses):
        for rating in (EASY, AGAIN, GOOD):
            card = answer(card, rating, Moment(at, BERLIN), wanted, key="item/0")
            if rating == AGAIN:
                found.append(card)
                card = replace(card, suspended_at=None)
            at = max(at, card.due_at or at) + timedelta(days=1)
    return found


def test_the_eighth_lapse_makes_a_leech_and_suspends_it_and_then_every_fourth() -> None:
    found = lapsing(14)
    assert [n for n, card in enumerate(found, start=1) if card.suspended_at] == [8, 12]
    assert found[6].leech_at is None
    assert found[7].leech_at == found[7].last_review_at == found[7].suspended_at
    assert found[13].leech_at == found[11].leech_at


def test_a_leech_is_only_marked_when_it_shall_not_be_suspended() -> None:
    found = lapsing(3, leech_lapses=3, leech_suspends=False)
    assert found[-1].leech_at
    assert [card.suspended_at for card in found] == [None] * 3


def test_no_card_is_a_leech_when_nobody_wants_any() -> None:
    assert not any(card.leech_at for card in lapsing(10, leech_lapses=0))


@pytest.mark.parametrize(
    ("threshold", "leeches"),
    [(8, [8, 12, 16, 20]), (3, [3, 5, 7, 9, 11, 13, 15, 17, 19]), (1, list(range(1, 21))), (0, [])],
)
def test_lapses_that_make_a_leech(threshold: int, leeches: list[int]) -> None:
    assert [lapses for lapses in range(21) if is_leech(lapses, threshold)] == leeches
