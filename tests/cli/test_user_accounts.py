"""`quizapp user`: an account is made, its password chosen anew by a link, shut and opened again."""

import json

import pytest

from quizapp.factory import create_context
from quizapp.services import logins, users
from quizapp.services.context import Context
from quizapp.settings import read_settings
from tests.cli.conftest import Quizapp
from tests.test_settings import SERVER


@pytest.fixture(autouse=True)
def _accounts(quizapp: Quizapp, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SERVER.items():
        monkeypatch.setenv(name, value)
    for name, role in (("root", "admin"), ("Ada", "learner")):
        assert (
            quizapp("user", "create", name, "--role", role, "--password-stdin", input="correct horse\n").exit_code == 0
        )


@pytest.fixture
def context() -> Context:
    return create_context(read_settings())


def test_a_link_is_printed_that_chooses_the_password(quizapp: Quizapp, context: Context) -> None:
    done = quizapp("user", "reset", "ada", "--hours", "2")
    says, link = done.output.splitlines()
    assert "password of ada, once, until 20" in says
    address, _, token = link.rpartition("/")
    assert address == "https://quiz.example.org/password"
    logins.use_link(context, token, "another horse")
    assert users.authenticate(context, "ada", "another horse")
    context.database.close()


def test_the_link_comes_as_json_too(quizapp: Quizapp) -> None:
    data = json.loads(quizapp("user", "reset", "ada", "--json").output)
    assert list(data) == ["link", "until"]


@pytest.mark.parametrize("hours", ["0", "337", "-1"])
def test_a_link_holds_for_a_while_only(quizapp: Quizapp, hours: str) -> None:
    done = quizapp("user", "reset", "ada", "--hours", hours)
    assert (done.exit_code, done.output) == (2, "quizapp: hours: a link holds from 1 to 336 hours\n")


def test_an_account_is_shut_and_opened_again(quizapp: Quizapp, context: Context) -> None:
    assert "logged out everywhere" in quizapp("user", "disable", "ada").output
    assert users.authenticate(context, "ada", "correct horse") is None
    assert json.loads(quizapp("user", "disable", "ada", "--json").output) == {"name": "Ada", "disabled": True}
    assert json.loads(quizapp("user", "enable", "ada", "--json").output) == {"name": "Ada", "disabled": False}
    assert "can log in again" in quizapp("user", "enable", "ada").output
    assert users.authenticate(context, "ada", "correct horse")
    context.database.close()


@pytest.mark.parametrize("verb", ["reset", "disable", "enable"])
def test_nobody_and_self_study_are_refused(quizapp: Quizapp, monkeypatch: pytest.MonkeyPatch, verb: str) -> None:
    assert quizapp("user", verb, "nobody").output == "quizapp: name: there is no account 'nobody'\n"
    monkeypatch.setenv("QUIZAPP_MODE", "self-study")
    done = quizapp("user", verb, "ada")
    assert (done.exit_code, done.output[:24]) == (2, "quizapp: QUIZAPP_MODE: i")


def test_the_only_admin_stays(quizapp: Quizapp) -> None:
    assert "only admin" in quizapp("user", "disable", "root").output
