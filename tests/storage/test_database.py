"""Reading and writing: nothing half done, nobody overwrites anybody, and an instant stays the instant it was."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import StatementError

from quizapp.storage import migrate, people
from quizapp.storage.database import Database
from quizapp.storage.tables.people import User

BORN = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.fixture
def database(empty_url: str, tmp_path: Path) -> Iterator[Database]:
    migrate.upgrade(empty_url, backup_dir=tmp_path)
    made = Database(empty_url)
    yield made
    made.close()


def add(database: Database, name: str = "ada", at: datetime = BORN) -> str:
    with database.write() as session:
        user = User(name=name, name_key=name, role="learner", created_at=at)
        session.add(user)
        session.flush()
        return user.id


def test_an_instant_comes_back_as_the_same_instant_in_utc(database: Database) -> None:
    berlin = timezone(timedelta(hours=2))
    user_id = add(database, at=datetime(2026, 10, 25, 2, 30, tzinfo=berlin))
    with database.read() as session:
        found = people.user(session, user_id)
    assert found
    assert found.created_at == BORN
    assert found.created_at.utcoffset() == timedelta(0)


def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="naive"):
        add(database, at=datetime(2026, 10, 25, 2, 30))
    with database.read() as session:
        assert people.everybody(session) == []


def test_what_fails_half_way_leaves_nothing_behind(database: Database) -> None:
    def fails() -> None:
        with database.write() as session:
            session.add(User(name="ada", name_key="ada", role="learner", created_at=BORN))
            session.flush()
            raise RuntimeError("the power fails here")

    with pytest.raises(RuntimeError):
        fails()
    with database.read() as session:
        assert people.everybody(session) == []


def test_writers_at_the_same_time_lose_no_update(database: Database) -> None:
    user_id = add(database)

    def count() -> None:
        for _ in range(20):
            with database.write() as session:
                user = people.lock_user(session, user_id)
                assert user
                user.new_per_day += 1

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as session:
        found = people.user(session, user_id)
    assert found
    assert found.new_per_day == 20 + 4 * 20


@pytest.mark.parametrize("kind", ["sqlite"])
def test_a_sqlite_file_keeps_what_was_acknowledged_and_checks_its_references(database: Database) -> None:
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}
    with database.read() as session:
        found = {name: session.execute(text(f"PRAGMA {name}")).scalar() for name in wanted}
    assert found == wanted


@pytest.mark.parametrize("kind", ["sqlite"])
def test_a_write_takes_its_lock_before_it_reads(database: Database) -> None:
    """A transaction that reads first and writes later would fail, or overwrite what came between."""
    started, order = threading.Event(), []

    def second() -> None:
        started.wait()
        with database.write() as session:
            people.everybody(session)
            order.append("second")

    other = threading.Thread(target=second)
    other.start()
    with database.write() as session:
        people.everybody(session)
        started.set()
        other.join(0.2)
        order.append("first")
    other.join()
    assert order == ["first", "second"]
