"""The command as a person types it, in this process: its exit code, what it prints and what it complains of."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quizapp.factory import create_cli

Quizapp = Callable[..., Result]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An account of its own without a kubeconfig, and nothing set in the environment."""
    for name in ("DATABASE_URL", "HOST", "PORT", "KUBECONFIG", "QUIZAPP_MODE", "QUIZAPP_SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("QUIZAPP_DATA", str(tmp_path / "data"))
    return tmp_path


@pytest.fixture
def quizapp(home: Path, sqlite_template: Path) -> Quizapp:
    """Runs a command over a database that has been served before."""
    (home / "data").mkdir()
    shutil.copy(sqlite_template, home / "data" / "quizapp.db")

    def run(*arguments: str | Path, **rest: object) -> Result:
        return CliRunner().invoke(create_cli(), [str(one) for one in arguments], prog_name="quizapp", **rest)

    return run
