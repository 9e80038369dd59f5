"""Opens the database and hands out sessions that read, or write all or nothing. Knows no table.

SQLite: WAL with FULL sync, so that what was acknowledged survives a kill; BEGIN IMMEDIATE for writes, so that two
writers wait for each other instead of losing an update.
"""

import os
import sqlite3
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoneFree
from sqlalchemy.orm import Session

from quizapp.storage.columns import UtcDateTime, new_id

__all__ = ["Database", "DatabaseTrouble", "NoRoom", "Session", "UtcDateTime", "connect_engine", "new_id"]

PRAGMAS = ("busy_timeout=5000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")
SETTINGS = ("jit=off", "random_page_cost=1.1")  # a page asks for few rows, by indexes that are in memory or on an SSD

DatabaseTrouble = (OperationalError, InterfaceError, NoneFree)
"""What is raised when the database does not answer, or has no connection free."""
CONNECTS_WITHIN_S = 5


class NoRoom(Exception):
    """There is no room left on the disk; what was saved before is safe."""


class Database:
    """One database; safe to share between threads, and forked workers get connections of their own."""

    def __init__(self, url: str) -> None:
        self.engine = connect_engine(url)
        self._writing = self.engine.execution_options(write=True)
        self._known: dict[str, Any] = {}  # what queries found out and need not find out again
        engine = weakref.ref(self.engine)
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=lambda: _forget_connections(engine()))

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one moment of the database; nothing done in it is kept."""
        with Session(self.engine, expire_on_commit=False) as session:
            session.info = self._known
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session whose work is kept as a whole when the block ends, and not at all when it raises.

        Raises NoRoom when the disk that holds the database is full.
        """
        try:
            with Session(self._writing, expire_on_commit=False) as session, session.begin():
                yield session
        except OperationalError as error:
            if _is_full(error.orig):
                raise NoRoom("the disk that holds the database is full; nothing of this was saved") from error
            raise

    def on_error(self, told: Callable[[str], None]) -> None:
        """Calls `told` with the class of every error that the database answers with."""

        @event.listens_for(self.engine, "handle_error")
        def tell(found: ExceptionContext) -> None:
            known = found.sqlalchemy_exception or found.original_exception
            told(type(known).__name__)

    def close(self) -> None:
        """Gives back every connection."""
        self.engine.dispose()


def connect_engine(url: str) -> Engine:
    """An engine with transactions that mean what they say on both databases.

    Errors do not repeat what a statement was given: that would be people's answers and hashes in a log.
    """
    said = make_url(url)
    if said.get_backend_name() == "postgresql":
        # A server that was started again has forgotten our connections: each is looked at before it is used.
        waits = {} if "connect_timeout" in said.query else {"connect_timeout": CONNECTS_WITHIN_S}
        return create_engine(url, hide_parameters=True, pool_pre_ping=True, connect_args=waits)
    engine = create_engine(url, hide_parameters=True)
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def prepare(connection: sqlite3.Connection, _record: Any) -> None:
            connection.isolation_level = None
            for pragma in PRAGMAS:
                connection.execute(f"PRAGMA {pragma}")
            connection.create_function("lower_all", 1, _lower, deterministic=True)

        @event.listens_for(engine, "begin")
        def begin(connection: Connection) -> None:
            write = connection.get_execution_options().get("write")
            connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    else:

        @event.listens_for(engine, "connect")
        def settle(connection: Any, _record: Any) -> None:
            with connection.cursor() as cursor:
                for setting in SETTINGS:
                    cursor.execute(f"SET {setting}")
            connection.commit()

    return engine


def _is_full(error: BaseException | None) -> bool:
    """Whether SQLite (SQLITE_FULL) or PostgreSQL (disk_full) says so."""
    return getattr(error, "sqlite_errorname", "") == "SQLITE_FULL" or getattr(error, "sqlstate", "") == "53100"


def _lower(text: str | None) -> str | None:
    return text.lower() if text is not None else None


def _forget_connections(engine: Engine | None) -> None:
    if engine is not None:
        engine.dispose(close=False)
