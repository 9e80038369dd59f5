"""Two clicks, two tabs, two workers: what is sent many times is stored once, and everybody is told the same."""

import os
from collections.abc import Callable
from functools import partial

from quizapp.services.context import Context
from quizapp.services.quiz import Answer, AnswerView, question, start_quiz, submit_answer, summary
from quizapp.services.review import Outcome, answer_card, next_card, undo
from quizapp.services.users import local_user
from tests.services.conftest import MODULE, rows, some_answer, together

MANY = 20
ROUNDS = int(os.environ.get("QUIZAPP_ROUNDS", "1"))


def test_one_answer_sent_twenty_times_is_one_event(ctx: Context, ada: str) -> None:
    for number in range(1, ROUNDS + 1):
        attempt = start_quiz(ctx, ada, MODULE, size=1)
        given = some_answer(question(ctx, ada, attempt, 1))
        views = together(MANY, partial(submit_answer_named, ctx, ada, attempt, given, f"the-very-same-event-{number}"))
        assert (rows(ctx, "answer_event"), rows(ctx, "grade_event")) == (number, number)
        assert set(map(repr, views)) == {repr(views[0])}


def submit_answer_named(ctx: Context, ada: str, attempt: str, given: Answer, name: str, _thread: int) -> AnswerView:
    return submit_answer(ctx, ada, attempt, 1, given, name)


def test_of_twenty_different_answers_the_first_one_stands(ctx: Context, ada: str) -> None:
    attempt = start_quiz(ctx, ada, MODULE, size=1)
    view = question(ctx, ada, attempt, 1)
    views = together(MANY, lambda n: submit_answer(ctx, ada, attempt, 1, some_answer(view, n), f"event-number-{n}"))
    assert (rows(ctx, "answer_event"), rows(ctx, "grade_event")) == (1, 1)
    assert {one.given for one in views} == {views[0].given}
    assert summary(ctx, ada, attempt).next_pos is None


def test_one_review_sent_twenty_times_is_one_event(ctx: Context, ada: str) -> None:
    card = next_card(ctx, ada)
    assert card
    names = {"item_id": card.item_id, "ord": card.ord, "rating": 3, "expected_rev": card.rev}
    outcomes = together(MANY, lambda _: answer_card(ctx, ada, **names, client_event_id="the-very-same-event"))
    assert outcomes.count(Outcome.ACCEPTED) == 1
    assert outcomes.count(Outcome.DUPLICATE) == MANY - 1
    assert (rows(ctx, "review_event"), rows(ctx, "card"), rows(ctx, "scheduler_profile")) == (1, 1, 1)


def test_of_twenty_tabs_with_the_same_card_one_is_heard(ctx: Context, ada: str) -> None:
    card = next_card(ctx, ada)
    assert card
    names = {"item_id": card.item_id, "ord": card.ord, "expected_rev": card.rev}
    outcomes = together(MANY, lambda n: answer_card(ctx, ada, **names, rating=3, client_event_id=f"event-number-{n}"))
    assert outcomes.count(Outcome.ACCEPTED) == 1
    assert outcomes.count(Outcome.STALE) == MANY - 1
    assert rows(ctx, "review_event") == 1


def test_undo_pressed_twenty_times_at_once_takes_back_one_answer_each_time_it_is_named(ctx: Context, ada: str) -> None:
    card = next_card(ctx, ada)
    assert card
    names = {"item_id": card.item_id, "ord": card.ord, "rating": 3, "expected_rev": card.rev}
    answer_card(ctx, ada, **names, client_event_id="the-only-answer")
    together(MANY, lambda _: undo(ctx, ada, client_event_id="the-very-same-undo"))
    assert rows(ctx, "review_event") == 2


def test_workers_with_connections_of_their_own_see_each_other(open_context: Callable[..., Context]) -> None:
    workers = [open_context() for _ in range(4)]
    people = together(4, lambda n: local_user(workers[n]).id)
    assert len(set(people)) == 1
    attempt = start_quiz(workers[0], people[0], MODULE, size=1)
    given = some_answer(question(workers[1], people[0], attempt, 1))
    together(4, lambda n: submit_answer(workers[n], people[0], attempt, 1, given, f"event-of-worker-{n}"))
    assert rows(workers[3], "answer_event") == 1
