"""How many SQL statements a page costs: few, and no more of them when there are more rows."""

import pytest

from quizapp.services.aside import set_aside
from quizapp.services.context import Context
from quizapp.services.home import home
from quizapp.services.labs import labs_index
from quizapp.services.modules import library, module
from quizapp.services.notes import notes, save_note
from quizapp.services.quiz import question, start_quiz, submit_answer, summary
from quizapp.services.review import answer_card, next_card, undo
from tests.databases import statements
from tests.services.conftest import MODULE, some_answer


def study(ctx: Context, ada: str, count: int, prefix: str) -> None:
    """Answers cards and a quiz of as many questions."""
    for n in range(count):
        card = next_card(ctx, ada)
        if card:
            names = {"item_id": card.item_id, "ord": card.ord, "rating": 1 + n % 4, "expected_rev": card.rev}
            answer_card(ctx, ada, **names, client_event_id=f"card-{prefix}-{n}-event")
    attempt = start_quiz(ctx, ada, MODULE, size=count)
    for pos in range(1, count + 1):
        given = some_answer(question(ctx, ada, attempt, pos))
        submit_answer(ctx, ada, attempt, pos, given, f"quiz-{prefix}-{pos}-event")
    save_note(ctx, ada, f"# Notes {prefix}\n\nA Pod is the smallest unit that Kubernetes deploys.\n")


def costs(ctx: Context, ada: str, prefix: str) -> dict[str, int]:
    """Statements by what is done."""
    attempt = start_quiz(ctx, ada, MODULE, size=2)
    given = some_answer(question(ctx, ada, attempt, 1))
    card = next_card(ctx, ada)
    assert card
    names = {"item_id": card.item_id, "ord": card.ord, "rating": 3, "expected_rev": card.rev}
    aside = {"item_id": card.item_id, "expected_rev": card.rev + 2, "action": "suspend", "whole_fact": True}
    doing = {
        "home": lambda: home(ctx, ada),
        "library": lambda: library(ctx, ada),
        "module": lambda: module(ctx, ada, MODULE),
        "notes": lambda: notes(ctx, ada),
        "labs": lambda: labs_index(ctx, ada),
        "start a quiz": lambda: start_quiz(ctx, ada, MODULE, size=10),
        "question": lambda: question(ctx, ada, attempt, 1),
        "answer": lambda: submit_answer(ctx, ada, attempt, 1, given, f"counted-{prefix}-event"),
        "summary": lambda: summary(ctx, ada, attempt),
        "card": lambda: next_card(ctx, ada),
        "review": lambda: answer_card(ctx, ada, **names, client_event_id=f"counted-{prefix}-card-event"),
        "undo": lambda: undo(ctx, ada),
        "set aside": lambda: set_aside(ctx, ada, **aside, client_event_id=f"counted-{prefix}-aside"),
    }
    found = {}
    for name, work in doing.items():
        with statements(ctx) as sent:
            work()
        found[name] = len(sent)
    return found


def test_pages_cost_no_more_statements_with_many_rows_than_with_few(ctx: Context, ada: str) -> None:
    study(ctx, ada, 3, "few")
    few = costs(ctx, ada, "few")
    for round_number in range(3):
        study(ctx, ada, 15, f"many{round_number}")
    many = costs(ctx, ada, "many")
    assert {name: (few[name], many[name]) for name in few if many[name] > few[name]} == {}


@pytest.mark.parametrize("kind", ["sqlite"])
def test_no_page_costs_more_statements_than_it_may(ctx: Context, ada: str) -> None:
    study(ctx, ada, 3, "few")
    most = {
        "card": 7,
        "review": 8,
        "set aside": 6,
        "answer": 8,
        "question": 3,
        "home": 14,
        "library": 6,
        "module": 6,
        "summary": 3,
    }
    found = costs(ctx, ada, "few")
    assert {name: found[name] for name in most if found[name] > most[name]} == {}
