"""Card rows are a cache of the answers: they agree after anything a person does, and come back when they are lost."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import text

from quizapp.services.doctor import examine
from quizapp.services.preferences import keep_preferences, preferences
from quizapp.services.rebuild import compare_cards, rebuild_cards
from quizapp.services.review import answer_card, next_card
from tests.safekeeping.conftest import Learner

Begin = Callable[..., Learner]


def rows(learner: Learner) -> list[tuple[object, ...]]:
    with learner.ctx.database.read() as session:
        return [tuple(row) for row in session.execute(text("SELECT * FROM card ORDER BY item_id, ord"))]


def sql(learner: Learner, statement: str) -> None:
    with learner.ctx.database.write() as session:
        session.execute(text(statement))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_cards_agree_with_their_answers_after_weeks_of_study_and_undo(begin: Begin, seed: int) -> None:
    learner = begin()
    learner.study(40, seed)
    found = compare_cards(learner.ctx)
    assert found.wrong == ()
    assert found.cards == len(rows(learner)) > 3


def test_rows_that_were_lost_come_back_as_they_were(begin: Begin) -> None:
    learner = begin()
    learner.study(20)
    before = rows(learner)
    sql(learner, "DELETE FROM card")
    assert len(compare_cards(learner.ctx).wrong) == len(before)
    assert len(rebuild_cards(learner.ctx).wrong) == len(before)
    assert rows(learner) == before
    assert rebuild_cards(learner.ctx).wrong == ()


def test_a_row_that_says_something_else_is_put_right(begin: Begin) -> None:
    learner = begin()
    learner.study(20)
    before = rows(learner)
    sql(learner, "UPDATE card SET stability = 1000, rev = rev + 1, suspended_at = '2026-11-25 09:00:00.000000'")
    rebuild_cards(learner.ctx)
    assert rows(learner) == before


def test_the_doctor_sees_a_wrong_row_and_names_the_command(begin: Begin) -> None:
    learner = begin()
    learner.study(10)
    sql(learner, "UPDATE card SET reps = reps + 1")
    found = {finding.name: finding for finding in examine(learner.settings, lambda _: learner.ctx)}["cards"]
    assert (found.works, found.fix) == (False, "quizapp db rebuild")
    rebuild_cards(learner.ctx)
    found = {finding.name: finding for finding in examine(learner.settings, lambda _: learner.ctx)}["cards"]
    assert found.works


def test_lapses_of_before_leeches_were_known_make_none(begin: Begin) -> None:
    learner = begin()
    prefer(learner, leech_lapses=1, relearning_steps=())
    lapse(learner)
    assert count(learner, "card WHERE leech_at IS NOT NULL") == 1
    sql(learner, "UPDATE scheduler_profile SET leech_lapses = NULL, leech_suspends = NULL")
    rebuild_cards(learner.ctx)
    assert count(learner, "card WHERE leech_at IS NOT NULL OR suspended_at IS NOT NULL") == 0
    profiles = count(learner, "scheduler_profile")
    learner.study(3)
    assert count(learner, "scheduler_profile") == profiles + 1
    assert count(learner, "scheduler_profile WHERE leech_lapses = 8 AND leech_suspends") == 1
    assert compare_cards(learner.ctx).wrong == ()


def prefer(learner: Learner, **changes: object) -> None:
    keep_preferences(learner.ctx, learner.id, replace(preferences(learner.ctx, learner.id), **changes))


def lapse(learner: Learner) -> None:
    """A card is learned, and missed when it comes back."""
    for rating, client_event_id in ((4, "known"), (1, "missed")):
        card = next_card(learner.ctx, learner.id)
        assert card
        names = {"item_id": card.item_id, "ord": card.ord, "expected_rev": card.rev, "rating": rating}
        answer_card(learner.ctx, learner.id, **names, client_event_id=client_event_id)
        learner.clock.advance(days=300)


def count(learner: Learner, what: str) -> int:
    with learner.ctx.database.read() as session:
        return int(session.execute(text(f"SELECT count(*) FROM {what}")).scalar_one())  # noqa: S608
