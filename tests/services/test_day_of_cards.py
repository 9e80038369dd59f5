"""A day at the cards: so many new ones, then none until the next day begins; what is due comes back in its turn."""

from datetime import UTC, datetime

import pytest

from quizapp.services.context import Context
from quizapp.services.home import home
from quizapp.services.review import CardView, answer_card, next_card
from quizapp.services.users import set_time_zone
from quizapp.storage import people

AGAIN, EASY = 1, 4


@pytest.fixture
def two_a_day(ctx: Context, ada: str) -> None:
    with ctx.database.write() as session:
        user = people.lock_user(session, ada)
        assert user
        user.new_per_day = 2


def rate(ctx: Context, ada: str, rating: int) -> CardView:
    card = next_card(ctx, ada)
    assert card
    names = {"item_id": card.item_id, "ord": card.ord, "expected_rev": card.rev}
    answer_card(ctx, ada, **names, rating=rating, client_event_id=f"{card.item_id}.{card.rev}")
    return card


@pytest.mark.usefixtures("two_a_day")
def test_the_days_share_of_new_cards_is_not_exceeded(ctx: Context, ada: str) -> None:
    assert home(ctx, ada).new == 2
    first, second = rate(ctx, ada, EASY), rate(ctx, ada, EASY)
    assert first.item_id != second.item_id
    assert next_card(ctx, ada) is None
    assert (home(ctx, ada).new, home(ctx, ada).done_today) == (0, 2)


@pytest.mark.usefixtures("two_a_day")
def test_new_cards_come_again_at_four_in_the_morning_where_the_person_is(ctx: Context, ada: str) -> None:
    set_time_zone(ctx, ada, "Europe/Berlin")
    rate(ctx, ada, EASY)
    rate(ctx, ada, EASY)
    ctx.now.time = datetime(2026, 11, 26, 2, 59, tzinfo=UTC)
    assert next_card(ctx, ada) is None
    ctx.now.time = datetime(2026, 11, 26, 3, 0, tzinfo=UTC)
    assert home(ctx, ada).new == 2


@pytest.mark.usefixtures("two_a_day")
def test_a_missed_card_comes_back_before_new_ones_once_its_minute_is_over(ctx: Context, ada: str) -> None:
    missed = rate(ctx, ada, AGAIN)
    following = next_card(ctx, ada)
    assert following
    assert following.item_id != missed.item_id
    ctx.now.advance(minutes=1)
    again = next_card(ctx, ada)
    assert again
    assert (again.item_id, again.rev) == (missed.item_id, 1)


@pytest.mark.usefixtures("two_a_day")
def test_a_missed_card_is_shown_early_when_nothing_else_is_left(ctx: Context, ada: str) -> None:
    missed = rate(ctx, ada, AGAIN)
    rate(ctx, ada, EASY)
    early = next_card(ctx, ada)
    assert early
    assert early.item_id == missed.item_id
