"""What a person wants of their cards holds from the next answer on, and the past stays as it was."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from quizapp.services.context import Context
from quizapp.services.home import home
from quizapp.services.modules import module_cards
from quizapp.services.preferences import DEFAULTS, BadPreferences, Preferences, keep_preferences, parse, preferences
from quizapp.services.rebuild import compare_cards
from quizapp.services.review import CardView, Outcome, answer_card, next_card, say_interval, undo
from quizapp.services.users import local_user, set_time_zone
from quizapp.storage import cards
from tests.databases import statements
from tests.services.conftest import MODULE, rows

AGAIN, GOOD, EASY = 1, 3, 4


def prefer(ctx: Context, ada: str, **changes: object) -> Preferences:
    wanted = replace(preferences(ctx, ada), **changes)
    keep_preferences(ctx, ada, wanted)
    return wanted


def rate(ctx: Context, ada: str, rating: int) -> CardView:
    card = next_card(ctx, ada)
    assert card
    names = {"item_id": card.item_id, "ord": card.ord, "expected_rev": card.rev}
    done = answer_card(ctx, ada, **names, rating=rating, client_event_id=f"{card.item_id}.{card.rev}.{rating}")
    assert done is Outcome.ACCEPTED
    return card


def stored_interval(ctx: Context, ada: str, card: CardView) -> str:
    with ctx.database.read() as session:
        return say_interval(cards.state_of(cards.card_row(session, ada, card.item_id, card.ord)))


def test_who_said_nothing_has_what_is_usual(ctx: Context, ada: str) -> None:
    assert preferences(ctx, ada) == DEFAULTS
    assert (DEFAULTS.retention, DEFAULTS.new_per_day, DEFAULTS.reviews_per_day, DEFAULTS.rollover_h) == (90, 20, 200, 4)
    assert rows(ctx, "scheduler_profile") == 0


def test_what_is_kept_is_what_is_shown(ctx: Context, ada: str) -> None:
    cards = {"retention": 85, "new_per_day": 3, "reviews_per_day": 40, "learning_steps": (300, 3600)}
    cards |= {
        "relearning_steps": (),
        "bury_siblings": False,
        "leech_lapses": 0,
        "leech_suspends": False,
        "show_streak": False,
    }
    wanted = Preferences(**cards, rollover_h=6, tz_name="Asia/Kolkata", tz_fixed=True)
    keep_preferences(ctx, ada, wanted)
    assert preferences(ctx, ada) == wanted
    assert parse(wanted.texts()) == wanted


def test_keeping_the_same_again_adds_no_profile(ctx: Context, ada: str) -> None:
    prefer(ctx, ada, new_per_day=5)
    assert rows(ctx, "scheduler_profile") == 0
    for _ in range(2):
        prefer(ctx, ada, retention=80)
    assert rows(ctx, "scheduler_profile") == 1


@pytest.mark.parametrize("kind", ["sqlite"])
@pytest.mark.parametrize("seed", range(6))
def test_the_interval_on_a_button_is_the_one_that_is_stored(ctx: Context, ada: str, seed: int) -> None:
    chance = random.Random(seed)
    steps = [(), (60,), (60, 600), (300, 3600, 86400)]
    for _ in range(40):
        if chance.random() < 0.3:
            learning, relearning = chance.choice(steps), chance.choice(steps)
            prefer(ctx, ada, retention=chance.randint(70, 97), learning_steps=learning, relearning_steps=relearning)
        card = next_card(ctx, ada)
        if card is None:
            ctx.now.advance(days=1)
            continue
        button = chance.choice(card.buttons)
        rate(ctx, ada, button.rating)
        assert stored_interval(ctx, ada, card) == button.interval
        ctx.now.advance(minutes=chance.choice([1, 10, 3000]))
    assert compare_cards(ctx).wrong == ()


def test_more_recall_means_a_shorter_interval_from_the_next_answer_on(ctx: Context, ada: str) -> None:
    prefer(ctx, ada, learning_steps=(), retention=70)
    relaxed = rate(ctx, ada, EASY)
    waits = days_until_due(ctx, ada, relaxed)
    prefer(ctx, ada, retention=97)
    assert days_until_due(ctx, ada, relaxed) == waits
    strict = rate(ctx, ada, EASY)
    assert 1 <= days_until_due(ctx, ada, strict) < waits
    assert compare_cards(ctx).wrong == ()


def days_until_due(ctx: Context, ada: str, card: CardView) -> int:
    with ctx.database.read() as session:
        row = cards.card_row(session, ada, card.item_id, card.ord)
        assert row
        assert row.due_day
        assert row.last_study_day
        return int((row.due_day - row.last_study_day).days)


def some_due_reviews(ctx: Context, ada: str, count: int) -> datetime:
    """Learns some cards today; returns an instant by which all of them are due."""
    prefer(ctx, ada, new_per_day=count)
    for _ in range(count):
        rate(ctx, ada, EASY)
    prefer(ctx, ada, new_per_day=0)
    return datetime(2027, 6, 1, 9, 0, tzinfo=UTC)


def test_no_more_reviews_come_than_the_day_has_room_for(ctx: Context, ada: str) -> None:
    ctx.now.time = some_due_reviews(ctx, ada, 5)
    prefer(ctx, ada, reviews_per_day=2)
    assert (home(ctx, ada).due, home(ctx, ada).held_back) == (2, 3)
    first, second = rate(ctx, ada, EASY), rate(ctx, ada, EASY)
    assert first.item_id != second.item_id
    assert next_card(ctx, ada) is None
    view = home(ctx, ada)
    assert (view.due, view.held_back, view.done_today) == (0, 3, 2)
    assert view.next_review_at == datetime(2027, 6, 2, 4, 0, tzinfo=UTC)
    ctx.now.advance(days=1)
    assert home(ctx, ada).due == 2


def test_a_module_shows_no_more_due_cards_than_the_day_has_room_for(ctx: Context, ada: str) -> None:
    ctx.now.time = some_due_reviews(ctx, ada, 5)
    prefer(ctx, ada, reviews_per_day=2)
    due = {found.slug: found.due for found in module_cards(ctx, ada)}
    assert due[MODULE] == 2
    rate(ctx, ada, EASY)
    rate(ctx, ada, EASY)
    assert {found.slug: found.due for found in module_cards(ctx, ada)}[MODULE] == 0


def test_a_card_of_today_that_is_answered_again_takes_no_room(ctx: Context, ada: str) -> None:
    ctx.now.time = some_due_reviews(ctx, ada, 3)
    prefer(ctx, ada, reviews_per_day=2)
    missed = rate(ctx, ada, AGAIN)
    ctx.now.advance(minutes=11)
    assert rate(ctx, ada, GOOD).item_id == missed.item_id
    assert home(ctx, ada).due == 1


def test_a_missed_card_comes_back_although_the_day_is_full(ctx: Context, ada: str) -> None:
    ctx.now.time = some_due_reviews(ctx, ada, 60)
    prefer(ctx, ada, reviews_per_day=1)
    missed = rate(ctx, ada, AGAIN)
    early = next_card(ctx, ada)
    assert early
    assert early.item_id == missed.item_id


def test_an_answer_that_is_taken_back_gives_its_room_back(ctx: Context, ada: str) -> None:
    ctx.now.time = some_due_reviews(ctx, ada, 2)
    prefer(ctx, ada, reviews_per_day=1)
    card = rate(ctx, ada, EASY)
    assert next_card(ctx, ada) is None
    undo(ctx, ada)
    again = next_card(ctx, ada)
    assert again
    assert again.item_id == card.item_id


def test_a_day_begins_at_the_hour_that_was_chosen(ctx: Context, ada: str) -> None:
    prefer(ctx, ada, new_per_day=1, rollover_h=9, tz_name="Europe/Berlin", tz_fixed=True)
    rate(ctx, ada, EASY)
    ctx.now.time = datetime(2026, 11, 26, 7, 59, tzinfo=UTC)
    assert home(ctx, ada).new == 0
    ctx.now.time += timedelta(minutes=1)
    assert home(ctx, ada).new == 1


def test_a_zone_that_was_chosen_stays_wherever_the_browser_is(ctx: Context, ada: str) -> None:
    set_time_zone(ctx, ada, "Europe/Berlin")
    prefer(ctx, ada, tz_fixed=True)
    set_time_zone(ctx, ada, "Asia/Tokyo")
    assert local_user(ctx).tz_name == "Europe/Berlin"
    prefer(ctx, ada, tz_fixed=False, tz_name="")
    assert local_user(ctx).tz_name == "Europe/Berlin"
    set_time_zone(ctx, ada, "Asia/Tokyo")
    assert local_user(ctx).tz_name == "Asia/Tokyo"


@pytest.mark.parametrize("kind", ["sqlite"])
def test_all_that_cannot_be_used_is_named_at_once(ctx: Context, ada: str) -> None:
    bad = {"retention": "98", "new_per_day": "-1", "reviews_per_day": "many", "learning_steps": "soon"}
    bad |= {
        "relearning_steps": "2d",
        "leech_lapses": "100",
        "rollover_h": "24",
        "tz_name": "Nowhere/Land",
        "tz_fixed": "yes",
    }
    with pytest.raises(BadPreferences) as told:
        parse(bad)
    assert set(told.value.troubles) == set(bad) - {"tz_fixed"}
    assert told.value.troubles["retention"] == "is '98'; a whole number from 70 to 97 is possible"


@pytest.mark.parametrize(("text", "kept"), [("70", 70), ("97", 97), (" 85 % ", 85)])
def test_the_bounds_themselves_are_possible(text: str, kept: int) -> None:
    assert parse(DEFAULTS.texts() | {"retention": text}).retention == kept


@pytest.mark.parametrize("text", ["69", "98", "0.9", "", "９０", "1e2", "9" * 5000])
def test_what_is_no_number_within_bounds_is_refused(text: str) -> None:
    with pytest.raises(BadPreferences, match="from 70 to 97"):
        parse(DEFAULTS.texts() | {"retention": text})


@pytest.mark.parametrize("kind", ["sqlite"])
def test_preferences_cost_few_statements(ctx: Context, ada: str) -> None:
    with statements(ctx) as sent:
        wanted = preferences(ctx, ada)
    assert len(sent) == 1
    with statements(ctx) as sent:
        keep_preferences(ctx, ada, replace(wanted, retention=80, new_per_day=7))
    assert len(sent) <= 3
