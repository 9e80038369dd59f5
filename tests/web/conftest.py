"""The real app over a real SQLite file: made once, copied for every test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from quizapp.factory import create_context
from quizapp.services import users
from quizapp.services.context import Context
from tests.web.parts import Clock, NoCluster, Visitor, pages_over, settings_for


@pytest.fixture
def folder(sqlite_template: Path, tmp_path: Path) -> Path:
    shutil.copy(sqlite_template, tmp_path / "quizapp.db")
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
    return pages_over(context)


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    return Visitor(app.test_client())


@pytest.fixture
def server_context(folder: Path, clock: Clock) -> Iterator[Context]:
    settings = settings_for(folder, mode="server", trusted_hosts=("quiz.example.org",))
    made = create_context(settings, cluster=NoCluster(), now=clock, seed=lambda: 7)
    yield made
    made.database.close()


@pytest.fixture
def server(server_context: Context) -> Visitor:
    """Server mode with the account ada, over https as a browser would reach it."""
    users.create_user(server_context, "ada", "correct horse", "learner")
    client = pages_over(server_context).test_client()
    return Visitor(client, "https://quiz.example.org")
