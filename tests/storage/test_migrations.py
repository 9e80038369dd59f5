"""A database of any earlier version becomes one of this version, and nothing that was in it is lost."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from quizapp.storage import migrate
from quizapp.storage.database import connect_engine
from tests.storage.rows import contents, fill

REVISIONS = [script.revision for script in reversed(list(ScriptDirectory(str(migrate.MIGRATIONS)).walk_revisions()))]


def test_there_is_an_earlier_version_to_come_from() -> None:
    assert len(REVISIONS) > 1
    assert REVISIONS[-1] == migrate.newest()


@pytest.mark.parametrize("older", REVISIONS[:-1])
def test_a_row_of_every_table_outlives_the_way_to_this_version(empty_url: str, tmp_path: Path, older: str) -> None:
    migrate.upgrade(empty_url, backup_dir=tmp_path, to=older)
    engine = connect_engine(empty_url)
    with engine.execution_options(write=True).begin() as connection:
        before = fill(connection)
    assert migrate.upgrade(empty_url, backup_dir=tmp_path) == REVISIONS[-1]
    with engine.connect() as connection:
        after = contents(connection)
    engine.dispose()
    kept = {table: {name: after[table][name] for name in row} for table, row in before.items()}
    assert kept == before
    assert len(before) > 15


def test_the_shape_of_the_database_is_that_of_the_code(empty_url: str, tmp_path: Path) -> None:
    migrate.upgrade(empty_url, backup_dir=tmp_path)
    assert migrate.unmigrated(empty_url) == []


def test_upgrading_twice_changes_nothing(empty_url: str, tmp_path: Path) -> None:
    assert migrate.upgrade(empty_url, backup_dir=tmp_path) == migrate.upgrade(empty_url, backup_dir=tmp_path)
    assert migrate.current(empty_url) == REVISIONS[-1]


def test_a_database_of_a_newer_version_is_left_alone(empty_url: str, tmp_path: Path) -> None:
    migrate.upgrade(empty_url, backup_dir=tmp_path)
    engine = connect_engine(empty_url)
    with engine.execution_options(write=True).begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()
    with pytest.raises(migrate.ForeignDatabase, match="newer version"):
        migrate.upgrade(empty_url, backup_dir=tmp_path)
    assert migrate.current(empty_url) == "9999"


def test_a_database_of_another_program_is_left_alone(empty_url: str, tmp_path: Path) -> None:
    engine = connect_engine(empty_url)
    with engine.execution_options(write=True).begin() as connection:
        connection.exec_driver_sql("CREATE TABLE recipes (name TEXT)")
    engine.dispose()
    with pytest.raises(migrate.ForeignDatabase, match="another program"):
        migrate.upgrade(empty_url, backup_dir=tmp_path)


def test_a_file_is_copied_before_it_is_changed_and_five_copies_stay(tmp_path: Path) -> None:
    file, copies = tmp_path / "quizapp.db", tmp_path / "backups"
    for _ in range(7):
        file.unlink(missing_ok=True)
        migrate.upgrade(f"sqlite:///{file}", backup_dir=copies, to=REVISIONS[0])
        migrate.upgrade(f"sqlite:///{file}", backup_dir=copies)
    kept = sorted(copies.iterdir())
    assert len(kept) == 5
    assert {name(copy) for copy in kept} == {REVISIONS[0]}


def name(copy: Path) -> str:
    """The revision that a copy is at."""
    with closing(sqlite3.connect(copy)) as connection:
        return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def test_an_upgrade_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "quizapp.db"
    url = f"sqlite:///{file}"
    migrate.upgrade(url, backup_dir=tmp_path, to=REVISIONS[0])
    engine = connect_engine(url)
    with engine.execution_options(write=True).begin() as connection:
        fill(connection)
    engine.dispose()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE user_session SET user_id = 'nobody'")
        connection.commit()
        before = list(connection.iterdump())
    with pytest.raises(RuntimeError, match="rows without the row they belong to"):
        migrate.upgrade(url, backup_dir=tmp_path)
    with closing(sqlite3.connect(file)) as connection:
        assert list(connection.iterdump()) == before


def test_answers_and_undos_of_before_cards_could_be_set_aside_are_known_as_such(empty_url: str, tmp_path: Path) -> None:
    migrate.upgrade(empty_url, backup_dir=tmp_path, to="0004")
    engine = connect_engine(empty_url)
    with engine.execution_options(write=True).begin() as connection:
        fill(connection)
        columns = [column["name"] for column in inspect(connection).get_columns("review_event")]
        given = {"number": "8", "client_event_id": "'undo'", "rating": "NULL", "voids": "7"}
        values = ", ".join(given.get(name, name) for name in columns)
        connection.exec_driver_sql(
            f"INSERT INTO review_event ({', '.join(columns)}) SELECT {values} FROM review_event"  # noqa: S608
        )
    migrate.upgrade(empty_url, backup_dir=tmp_path)
    with engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT number, kind, operation FROM review_event ORDER BY number").all()
    engine.dispose()
    assert [tuple(row) for row in found] == [
        (7, "answer", "review_event client_event_id"),
        (8, "undo", "undo"),
    ]
