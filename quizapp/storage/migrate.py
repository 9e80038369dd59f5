"""Brings a database to this version's shape, after copying a SQLite file. Knows where migrations are."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from quizapp.settings import ROOT
from quizapp.storage.backup import keep_copy
from quizapp.storage.database import Database, connect_engine

MIGRATIONS = ROOT / "migrations"


class ForeignDatabase(Exception):
    """The database is not one that this version can use; the message says why and what to do."""


class DatabaseDown(Exception):
    """The database does not answer; the message says how it was asked and what came back."""


def newest() -> str:
    """The revision that this version's code needs."""
    revision = _scripts().get_current_head()
    assert revision, "migrations/ has no revision"
    return revision


def current(database_url: str) -> str | None:
    """The revision a database is at; None when it is empty or there is none. Creates nothing.

    Raises ForeignDatabase for one with tables of another program.
    """
    if not _exists(database_url):
        return None
    with _connection(database_url) as connection:
        found = _revision(connection)
        _refuse_others(connection, found)
        return found


def revision_of(database: Database) -> str | None:
    """The revision of a database that is in use; raises DatabaseTrouble when it does not answer."""
    with database.read() as session:
        return _revision(session.connection())


def upgrade(database_url: str, *, backup_dir: Path, to: str = "head") -> str:
    """Brings a database to revision `to` as a whole or not at all, and returns the revision.

    A SQLite file that has to change is copied into `backup_dir` first; the five newest copies are kept.
    """
    exists = _exists(database_url)
    with _connection(database_url) as connection:
        found = _revision(connection)
        wanted = newest() if to == "head" else to
        if found == wanted:
            return wanted
        _refuse_others(connection, found)
        if found is not None:
            refuse_newer(found)
        connection.rollback()
        if exists and found and connection.dialect.name == "sqlite":
            keep_copy(_sqlite_file(database_url), backup_dir, label=found)
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, to)
        return _revision(connection) or wanted


def refuse_newer(revision: str) -> None:
    """Raises ForeignDatabase for a revision that this version has never heard of."""
    if revision not in {script.revision for script in _scripts().walk_revisions()}:
        raise ForeignDatabase(
            f"this database is at revision {revision}, which a newer version of quizapp made; run that version"
        )


def unmigrated(database_url: str) -> list[object]:
    """What the tables in code have and the database has not; empty when they agree."""
    from alembic.autogenerate import compare_metadata

    from quizapp.storage.tables import Base

    with _connection(database_url) as connection:
        options = {"compare_type": True, "target_metadata": Base.metadata}
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata))


@contextmanager
def _connection(database_url: str) -> Iterator[Connection]:
    engine = connect_engine(database_url).execution_options(write=True)
    try:
        try:
            connection = engine.connect()
        except OperationalError as error:
            reason = str(error.orig).strip().splitlines()[0]
            raise DatabaseDown(f"the database {make_url(database_url)} does not answer: {reason}") from error
        with connection:
            yield connection
    finally:
        engine.dispose()


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _refuse_others(connection: Connection, found: str | None) -> None:
    if found is None and inspect(connection).get_table_names():
        raise ForeignDatabase("this database holds tables of another program; choose another one")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    return config


@cache
def _scripts() -> ScriptDirectory:
    """The migrations of this version; they do not change while the program runs."""
    return ScriptDirectory.from_config(_config())


def _sqlite_file(database_url: str) -> Path:
    return Path(make_url(database_url).database or "")


def _exists(database_url: str) -> bool:
    url = make_url(database_url)
    return url.get_backend_name() != "sqlite" or Path(url.database or "").is_file()
