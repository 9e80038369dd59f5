"""Card rows are a cache of the answers: they agree after anything a person does, and come back when they are lost."""

from collections.abc import Callable

import pytest
from sqlalchemy import text

from quizapp.services.doctor import examine
from quizapp.services.rebuild import compare_cards, rebuild_cards
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


def test_a_row_that_says_something_else_is_put_right_and_keeps_what_is_not_of_answers(begin: Begin) -> None:
    learner = begin()
    learner.study(20)
    sql(learner, "UPDATE card SET suspended_at = '2026-11-25 09:00:00.000000'")
    before = rows(learner)
    sql(learner, "UPDATE card SET stability = 1000, rev = rev + 1")
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
