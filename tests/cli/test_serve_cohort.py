"""`quizapp serve-cohort`: refuses half a configuration, and serves many people with workers of their own."""

import socket
import sys
from pathlib import Path

import pytest

from quizapp.settings import read_settings, read_workers
from tests.cli.conftest import Quizapp
from tests.cohort_server import SECRET

WHOLE = {
    "QUIZAPP_MODE": "server",
    "QUIZAPP_SECRET_KEY": SECRET,
    "QUIZAPP_TRUSTED_HOSTS": "quiz.example.org",
    "QUIZAPP_PROXIES": "1",
    "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
}
HALVES = [
    ({"QUIZAPP_MODE": "", "QUIZAPP_PROXIES": ""}, "QUIZAPP_MODE", "QUIZAPP_MODE=server"),
    ({"QUIZAPP_SECRET_KEY": ""}, "QUIZAPP_SECRET_KEY", "secrets"),
    ({"QUIZAPP_SECRET_KEY": "short"}, "QUIZAPP_SECRET_KEY", "32"),
    ({"QUIZAPP_TRUSTED_HOSTS": ""}, "QUIZAPP_TRUSTED_HOSTS", "host names"),
    ({"DATABASE_URL": ""}, "DATABASE_URL", "is not set"),
    ({"DATABASE_URL": "sqlite:////tmp/quiz.db"}, "DATABASE_URL", "PostgreSQL"),
    ({"QUIZAPP_PROXIES": ""}, "QUIZAPP_PROXIES", "how many proxies"),
    ({"QUIZAPP_PROXIES": "0", "HOST": "0.0.0.0"}, "QUIZAPP_PROXIES", "https"),
    ({"QUIZAPP_WORKERS": "0"}, "QUIZAPP_WORKERS", "from 1 to 64"),
    ({"QUIZAPP_WORKERS": "two"}, "QUIZAPP_WORKERS", "from 1 to 64"),
    ({"QUIZAPP_THREADS": "65"}, "QUIZAPP_THREADS", "from 1 to 64"),
    ({"PORT": "web"}, "PORT", "number"),
]


@pytest.fixture(autouse=True)
def _whole(quizapp: Quizapp, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QUIZAPP_PROXIES", "QUIZAPP_WORKERS", "QUIZAPP_THREADS"):
        monkeypatch.delenv(name, raising=False)
    for name, value in WHOLE.items():
        monkeypatch.setenv(name, value)


@pytest.mark.parametrize(("change", "name", "word"), HALVES)
def test_half_a_configuration_is_refused_and_the_setting_named(
    quizapp: Quizapp, monkeypatch: pytest.MonkeyPatch, change: dict[str, str], name: str, word: str
) -> None:
    for key, value in change.items():
        monkeypatch.setenv(key, value)
    done = quizapp("serve-cohort")
    assert done.exit_code == 2
    assert done.output.startswith(f"quizapp: {name}: ")
    assert word in done.output
    assert SECRET not in done.output


def test_a_database_that_does_not_answer_is_said_without_its_password(
    quizapp: Quizapp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody:canary@127.0.0.1:1/none")
    monkeypatch.setenv("PORT", str(free_port()))
    done = quizapp("serve-cohort")
    assert done.exit_code == 1
    assert "does not answer" in done.output
    assert "canary" not in done.output


def test_a_port_that_is_taken_is_said_before_anything_is_done(
    quizapp: Quizapp, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setenv("PORT", str(taken.getsockname()[1]))
        done = quizapp("serve-cohort")
    assert done.exit_code == 1
    assert "is taken by another program" in done.output


def test_another_system_is_told_what_runs_there(quizapp: Quizapp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    done = quizapp("serve-cohort")
    assert (done.exit_code, done.output) == (
        1,
        "quizapp: serve-cohort runs on Linux only; on this machine use: quizapp serve\n",
    )


def test_what_is_not_said_has_a_usual_value() -> None:
    workers = read_workers(read_settings(WHOLE), WHOLE)
    assert workers.count >= 2
    assert workers.threads == 8
    said = {**WHOLE, "QUIZAPP_WORKERS": "3", "QUIZAPP_THREADS": "4"}
    assert (read_workers(read_settings(said), said).count, read_workers(read_settings(said), said).threads) == (3, 4)


def test_the_make_target_asks_for_the_same_command(home: Path) -> None:
    makefile = (Path(__file__).resolve().parents[2] / "Makefile").read_text()
    assert "QUIZAPP_MODE=server $(PY) -m quizapp serve-cohort" in makefile


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
