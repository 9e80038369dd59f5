"""The numbers of somebody's study: each is what counting by hand gives, and none of them moves when they travel."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from quizapp.scheduling.memory import DEFAULT_PROFILE
from quizapp.scheduling.recall import recall
from quizapp.services.aside import set_aside
from quizapp.services.context import Context
from quizapp.services.preferences import keep_preferences, preferences
from quizapp.services.review import CardView, answer_card, next_card, undo
from quizapp.services.statistics import AHEAD, WEEKS, StatisticsView, statistics
from quizapp.services.users import create_user, set_time_zone
from quizapp.storage import cards
from tests.databases import statements

AGAIN, GOOD, EASY = 1, 3, 4


def rate(ctx: Context, ada: str, rating: int, ms: int | None = None) -> CardView | None:
    card = next_card(ctx, ada)
    if card:
        names = {"item_id": card.item_id, "ord": card.ord, "expected_rev": card.rev}
        name = f"{card.item_id}.{card.rev}"
        answer_card(ctx, ada, **names, rating=rating, client_event_id=name, duration_ms=ms)
    return card


def prefer(ctx: Context, ada: str, **changes: object) -> None:
    keep_preferences(ctx, ada, replace(preferences(ctx, ada), **changes))


def some_weeks(ctx: Context, ada: str, seed: int = 1) -> None:
    chance = random.Random(seed)
    for _ in range(25):
        for _ in range(chance.randint(0, 4)):
            rate(ctx, ada, chance.choice([AGAIN, GOOD, GOOD, EASY]), chance.randint(1000, 9000))
            if chance.random() < 0.2:
                undo(ctx, ada)
        ctx.now.advance(days=chance.choice([1, 1, 2, 5]))


def on(view: StatisticsView, day: date) -> int:
    return next(one.answers for one in view.calendar if one.day == day)


def test_who_has_done_nothing_has_nothing(ctx: Context, ada: str) -> None:
    view = statistics(ctx, ada)
    assert (view.answers, view.minutes, view.overdue, view.calibration) == (0, 0, 0, ())
    assert view.states["new"] == view.states["all"] > 0
    assert {bar.count for bar in (*view.forecast, *view.waits)} == {0}
    assert [one.known for _, one in view.recall] == [None, None, None]
    assert view.streak
    assert view.streak.length == 0


def test_the_calendar_is_whole_weeks_up_to_today(ctx: Context, ada: str) -> None:
    view = statistics(ctx, ada)
    assert view.calendar[0].day.weekday() == 0
    assert view.calendar[-1].day == view.today == date(2026, 11, 25)
    assert len(view.calendar) == (WEEKS - 1) * 7 + 3


def test_answers_are_counted_on_their_day_without_those_that_were_taken_back(ctx: Context, ada: str) -> None:
    for rating in (GOOD, EASY, EASY):
        rate(ctx, ada, rating, 30_000)
    undo(ctx, ada)
    card = next_card(ctx, ada)
    assert card
    names = {"item_id": card.item_id, "expected_rev": card.rev, "client_event_id": "bury"}
    set_aside(ctx, ada, **names, action="bury", whole_fact=False)
    view = statistics(ctx, ada)
    assert (view.answers, view.done_today.answers, view.minutes) == (2, 2, 1.0)
    ctx.now.advance(days=1)
    rate(ctx, ada, EASY)
    view = statistics(ctx, ada)
    assert (view.answers, view.done_today.answers, on(view, date(2026, 11, 25))) == (3, 1, 2)


@pytest.mark.parametrize("seed", [1, 2])
def test_what_is_due_is_what_the_cards_say(ctx: Context, ada: str, seed: int) -> None:
    some_weeks(ctx, ada, seed)
    with ctx.database.read() as session:
        rows = [row for row in cards.cards_of(session, ada).values() if row.due_day and not row.suspended_at]
    view = statistics(ctx, ada)
    for bar in view.forecast:
        days = {bar.day} if bar.day != view.today else {row.due_day for row in rows if row.due_day <= view.today}
        assert bar.count == sum(row.due_day in days for row in rows)
    assert view.overdue == sum(row.due_day < view.today for row in rows)
    assert view.forecast[0].day == view.today
    assert len(view.forecast) == AHEAD
    known = [row for row in rows if row.state == "review"]
    assert sum(bar.count for bar in view.waits) == len(known) == view.states["review"] > 3


def test_a_suspended_card_is_not_due(ctx: Context, ada: str) -> None:
    rate(ctx, ada, EASY)
    ctx.now.advance(days=20)
    assert statistics(ctx, ada).forecast[0].count == 1
    card = next_card(ctx, ada)
    assert card
    names = {"item_id": card.item_id, "expected_rev": card.rev, "client_event_id": "suspend"}
    set_aside(ctx, ada, **names, action="suspend", whole_fact=False)
    view = statistics(ctx, ada)
    assert (view.forecast[0].count, view.states["suspended"], view.overdue) == (0, 1, 0)


def test_what_was_known_is_set_against_what_was_predicted(ctx: Context, ada: str) -> None:
    prefer(ctx, ada, new_per_day=2)
    rate(ctx, ada, EASY)
    rate(ctx, ada, EASY)
    with ctx.database.read() as session:
        stability = {row.stability for row in cards.cards_of(session, ada).values()}
    assert len(stability) == 1
    prefer(ctx, ada, new_per_day=0)
    assert statistics(ctx, ada).recall[0][1].count == 0  # a new card was not known before
    ctx.now.advance(days=40)
    rate(ctx, ada, GOOD)
    rate(ctx, ada, AGAIN)
    ctx.now.advance(minutes=11)
    rate(ctx, ada, AGAIN)  # a step is no review of a card that was known
    view = statistics(ctx, ada)
    expected = recall(stability.pop(), 40, DEFAULT_PROFILE.params)
    for _, one in view.recall:
        assert (one.count, one.known) == (2, 0.5)
        assert one.predicted == pytest.approx(expected)
    assert [one.count for _, _, one in view.calibration] == [2]
    ctx.now.advance(days=10)
    assert [one.count for _, one in statistics(ctx, ada).recall] == [0, 2, 2]
    ctx.now.advance(days=90)
    assert [one.count for _, one in statistics(ctx, ada).recall] == [0, 0, 0]


def test_a_streak_counts_days_and_can_be_hidden(ctx: Context, ada: str) -> None:
    for _ in range(8):
        rate(ctx, ada, EASY)
        ctx.now.advance(days=1)
    ctx.now.advance(days=1)
    view = statistics(ctx, ada)
    assert view.streak
    assert (view.streak.length, len(view.streak.frozen), view.streak.freezes) == (8, 1, 0)
    assert [one.day for one in view.calendar if one.frozen] == [view.today - timedelta(days=1)]
    prefer(ctx, ada, show_streak=False)
    assert statistics(ctx, ada).streak is None


def test_travelling_and_another_hour_move_no_day_that_is_over(ctx: Context, ada: str) -> None:
    set_time_zone(ctx, ada, "Asia/Tokyo")
    ctx.now.time = datetime(2026, 10, 24, 16, 30, tzinfo=UTC)  # half past one in Tokyo: still the 24th
    rate(ctx, ada, EASY)
    ctx.now.time = datetime(2026, 10, 25, 16, 30, tzinfo=UTC)
    rate(ctx, ada, EASY)
    before = statistics(ctx, ada)
    assert (on(before, date(2026, 10, 24)), on(before, date(2026, 10, 25))) == (1, 1)
    set_time_zone(ctx, ada, "Europe/Berlin")
    prefer(ctx, ada, rollover_h=10)
    after = statistics(ctx, ada)
    assert (on(after, date(2026, 10, 24)), on(after, date(2026, 10, 25))) == (1, 1)
    assert after.streak == before.streak


def test_nobody_counts_what_somebody_else_did(ctx: Context, ada: str) -> None:
    some_weeks(ctx, ada)
    other = create_user(ctx, "grace", "correct horse", "learner").id
    view = statistics(ctx, other)
    assert (view.answers, view.states["review"], sum(bar.count for bar in view.waits)) == (0, 0, 0)


@pytest.mark.parametrize("kind", ["sqlite"])
def test_it_costs_few_statements_however_much_was_done(ctx: Context, ada: str) -> None:
    with statements(ctx) as few:
        statistics(ctx, ada)
    some_weeks(ctx, ada)
    with statements(ctx) as many:
        statistics(ctx, ada)
    assert len(many) == len(few) <= 7
