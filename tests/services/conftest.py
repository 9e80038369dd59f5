"""What tests of services share: answers that are right, and threads that start together."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

from quizapp.services import cohorts
from quizapp.services.context import Context
from quizapp.services.notes import save_note
from quizapp.services.quiz import Answer, QuestionView
from quizapp.services.users import UserView, create_user
from tests.services.probe import NOTES

HERE = "203.0.113.9"
MODULE = "getting-started-with-kubernetes"


def some_answer(view: QuestionView, nth: int = 0) -> Answer:
    """An answer to a question, another one for another `nth`."""
    if view.lefts:
        return dict(zip(view.lefts, view.rights[nth:] + view.rights[:nth], strict=True))
    if view.typed:
        return f"word{nth}"
    option = view.options[nth % len(view.options)].id
    return option if view.kind == "cloze" else [option]


def together(count: int, work: Callable[[int], Any]) -> list[Any]:
    """What `work` returns, called from so many threads at one moment; an error in one is an error of the test."""
    gate, results = threading.Barrier(count), [None] * count
    errors: list[BaseException] = []

    def run(number: int) -> None:
        try:
            gate.wait()
            results[number] = work(number)
        except BaseException as error:  # noqa: BLE001  (told to the test below)
            errors.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    return results


def rows(ctx: Context, table: str) -> int:
    """How many rows a table has."""
    with ctx.database.read() as session:
        return int(session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())  # noqa: S608


def person_of(ctx: Context, name: str, role: str = "learner") -> UserView:
    """A new account of a server."""
    return create_user(ctx, name, "correct horse", role)


@pytest.fixture
def probe(ctx: Context, ada: str) -> str:
    """A module of two facts, by its name."""
    return save_note(ctx, ada, NOTES).slug


@pytest.fixture
def server(open_context: Callable[..., Context]) -> Context:
    """Server mode, still without accounts."""
    return open_context(mode="server", trusted_hosts=("quiz.example.org",))


@pytest.fixture
def grace(server: Context) -> UserView:
    """Who teaches there."""
    return person_of(server, "Grace", "instructor")


@pytest.fixture
def cohort(server: Context, grace: UserView) -> str:
    """A cohort of hers, by its id."""
    return cohorts.create_cohort(server, grace, "Kubernetes in spring", "Europe/Berlin")
