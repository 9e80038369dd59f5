"""Both databases for the same tests: SQLite in the plain run, PostgreSQL once more with the marker `postgres`.

A pytest plug-in, named in tests/conftest.py. What is slow to make (migrations, the module's items) is made once.
"""

import dataclasses
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event

from quizapp.factory import create_context
from quizapp.services.context import Context
from quizapp.services.maintenance import upgrade_database
from quizapp.services.sync import sync_modules
from quizapp.services.users import local_user
from quizapp.settings import Settings
from tests.web.parts import Clock, NoCluster, settings_for

BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


@pytest.fixture
def empty_url(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of a database with nothing in it."""
    if kind == "sqlite":
        yield f"sqlite:///{tmp_path / 'quizapp.db'}"
        return
    server = request.getfixturevalue("postgres")
    url = server.create()
    yield url
    server.drop(url)


@pytest.fixture(params=BOTH)
def kind(request: pytest.FixtureRequest) -> str:
    """Which database."""
    return str(request.param)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the shipped module's items."""
    folder = tmp_path_factory.mktemp("template")
    _fill(settings_for(folder))
    return folder / "quizapp.db"


@pytest.fixture(scope="session")
def postgres_template(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The same on PostgreSQL."""
    server = request.getfixturevalue("postgres")
    url = server.create()
    _fill(settings_for(tmp_path_factory.mktemp("template"), database_url=url))
    yield url
    server.drop(url)


def _fill(settings: Settings) -> None:
    upgrade_database(settings)
    ctx = create_context(settings, cluster=NoCluster(), now=Clock(), seed=lambda: 7)
    sync_modules(ctx)
    ctx.database.close()


@pytest.fixture
def filled(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Settings]:
    """Settings of a database of this test alone, with the shipped module in it."""
    if kind == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "quizapp.db")
        yield settings_for(tmp_path)
        return
    server, template = request.getfixturevalue("postgres"), request.getfixturevalue("postgres_template")
    url = server.create(template=template)
    yield settings_for(tmp_path, database_url=url)
    server.drop(url)


@pytest.fixture
def open_context(filled: Settings) -> Iterator[Callable[..., Context]]:
    """Opens contexts over that database, each as another worker would, and closes them."""
    made: list[Context] = []

    def one(**changes: object) -> Context:
        settings = dataclasses.replace(filled, **changes)
        made.append(create_context(settings, cluster=NoCluster(), now=Clock(), seed=lambda: 7))
        return made[-1]

    yield one
    for ctx in made:
        ctx.database.close()


@pytest.fixture
def ctx(open_context: Callable[..., Context]) -> Context:
    """A context over that database."""
    return open_context()


@pytest.fixture
def ada(ctx: Context) -> str:
    """The id of the person who studies."""
    return local_user(ctx).id


@contextmanager
def statements(ctx: Context) -> Iterator[list[str]]:
    """The SQL statements that are sent meanwhile, without those that only begin and end transactions."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            sent.append(statement)

    event.listen(ctx.database.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(ctx.database.engine, "before_cursor_execute", note)
