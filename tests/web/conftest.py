"""The real app over a real SQLite file: made once, copied for every test."""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from quizapp.factory import create_context
from quizapp.labs.trouble import ClusterTrouble
from quizapp.services.context import Context
from quizapp.services.maintenance import upgrade_database
from quizapp.services.sync import sync_modules
from quizapp.settings import Settings, read_settings
from quizapp.web.setup import build_app

MODULE = "getting-started-with-kubernetes"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class NoCluster:
    """A machine without a kubeconfig, as the adapter reports it."""

    def __getattr__(self, name: str) -> Callable[..., object]:
        def fails(*_args: object, **_kwargs: object) -> object:
            raise ClusterTrouble("There is no kubeconfig on this machine.", "minikube start")

        return fails


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def advance(self, **much: float) -> None:
        self.time += timedelta(**much)


@dataclass(frozen=True)
class Browser:
    """A test client that fills in the token like a page does."""

    client: FlaskClient

    def get(self, path: str, **kwargs: object) -> TestResponse:
        return self.client.get(path, **kwargs)

    def token(self, path: str = "/notes/new") -> str:
        found = TOKEN.search(self.client.get(path).text)
        assert found, f"no form on {path}"
        return found[1]

    def post(
        self, path: str, form: dict[str, object] | None = None, *, at: str = "/notes/new", **kwargs: object
    ) -> TestResponse:
        return self.client.post(path, data={"csrf_token": self.token(at), **(form or {})}, **kwargs)


def settings_for(folder: Path, **changes: object) -> Settings:
    settings = read_settings({"QUIZAPP_DATA": str(folder)})
    return replace(settings, secret_key="for tests only, 32 characters long", **changes)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("filled")
    settings = settings_for(folder)
    upgrade_database(settings)
    context = create_context(settings, cluster=NoCluster(), now=Clock(), seed=lambda: 7)
    sync_modules(context)
    context.database.close()
    return folder / "quizapp.db"


@pytest.fixture
def folder(filled: Path, tmp_path: Path) -> Path:
    shutil.copy(filled, tmp_path / "quizapp.db")
    return tmp_path


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def context(folder: Path, clock: Clock) -> Iterator[Context]:
    made = create_context(settings_for(folder), cluster=NoCluster(), now=clock, seed=lambda: 7)
    yield made
    made.database.close()


@pytest.fixture
def app(context: Context) -> Flask:
    return build_app(context)


@pytest.fixture
def browser(app: Flask) -> Browser:
    return Browser(app.test_client())


@pytest.fixture
def server_context(folder: Path, clock: Clock) -> Iterator[Context]:
    settings = settings_for(folder, mode="server", trusted_hosts=("quiz.example.org",))
    made = create_context(settings, cluster=NoCluster(), now=clock, seed=lambda: 7)
    yield made
    made.database.close()
