"""Backup and restore: a copy is whole, overwrites nothing, and going back never loses newer work unasked."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from quizapp.services.curate import decide, module_to_curate
from quizapp.services.errors import BadInput
from quizapp.services.maintenance import back_up, restore
from quizapp.services.users import local_user
from quizapp.storage import migrate
from tests.safekeeping.conftest import Learner

Begin = Callable[..., Learner]


def answers(path: str | Path | None) -> int:
    assert path
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT count(*) FROM review_event").fetchone()[0])


def test_a_backup_taken_while_the_app_runs_is_whole(begin: Begin, tmp_path: Path) -> None:
    learner = begin()
    learner.study(12)
    back_up(learner.settings, tmp_path / "copy.db")
    assert answers(tmp_path / "copy.db") == answers(learner.settings.sqlite_path) > 5


def test_a_backup_overwrites_nothing(begin: Begin, tmp_path: Path) -> None:
    learner = begin()
    target = tmp_path / "precious.txt"
    target.write_text("do not lose me")
    with pytest.raises(BadInput, match="overwrites nothing"):
        back_up(learner.settings, target)
    assert target.read_text() == "do not lose me"


def test_a_backup_goes_into_an_empty_place(begin: Begin, tmp_path: Path) -> None:
    learner, other = begin("one"), begin("two")
    learner.study(12)
    back_up(learner.settings, tmp_path / "copy.db")
    other.ctx.database.close()
    Path(str(other.settings.sqlite_path)).unlink()
    done = restore(other.settings, tmp_path / "copy.db")
    assert done.kept is None
    assert done.newest
    assert answers(other.settings.sqlite_path) == answers(tmp_path / "copy.db")


def test_newer_work_is_not_lost_unless_asked_and_is_kept_even_then(begin: Begin, tmp_path: Path) -> None:
    learner = begin()
    learner.study(5)
    back_up(learner.settings, tmp_path / "copy.db")
    learner.study(5, seed=2)
    learner.ctx.database.close()
    now = answers(learner.settings.sqlite_path)
    with pytest.raises(BadInput, match="--older"):
        restore(learner.settings, tmp_path / "copy.db")
    assert answers(learner.settings.sqlite_path) == now
    done = restore(learner.settings, tmp_path / "copy.db", older=True)
    assert answers(done.kept) == now
    assert answers(learner.settings.sqlite_path) == answers(tmp_path / "copy.db") < now


def test_nothing_is_restored_under_a_running_app(begin: Begin, tmp_path: Path) -> None:
    learner = begin()
    learner.study(5)
    back_up(learner.settings, tmp_path / "copy.db")
    with learner.ctx.database.read(), pytest.raises(BadInput, match="stop quizapp"):
        restore(learner.settings, tmp_path / "copy.db")


def other_program(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
        connection.commit()


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda path: None, "no such file"),
        (lambda path: path.write_text("not a database at all, " * 100), "not a backup"),
        (other_program, "another program"),
    ],
)
def test_what_is_no_backup_is_named_and_changes_nothing(
    begin: Begin, tmp_path: Path, make: Callable[[Path], None], says: str
) -> None:
    learner = begin()
    learner.study(5)
    learner.ctx.database.close()
    before = answers(learner.settings.sqlite_path)
    make(tmp_path / "thing.db")
    with pytest.raises(BadInput, match=says):
        restore(learner.settings, tmp_path / "thing.db")
    assert answers(learner.settings.sqlite_path) == before


def test_a_damaged_backup_is_refused(begin: Begin, tmp_path: Path) -> None:
    learner = begin()
    learner.study(5)
    learner.ctx.database.close()
    copy = tmp_path / "copy.db"
    back_up(learner.settings, copy)
    broken = bytearray(copy.read_bytes())
    broken[4096 * 3 : 4096 * 20] = b"\xff" * (4096 * 17)
    copy.write_bytes(broken)
    with pytest.raises(BadInput, match="damaged"):
        restore(learner.settings, copy)


def test_a_decision_about_an_item_is_work_that_is_not_lost_unasked(begin: Begin, tmp_path: Path) -> None:
    learner = begin()
    learner.study(5)
    back_up(learner.settings, tmp_path / "copy.db")
    learner.clock.advance(days=1)
    person = local_user(learner.ctx)
    one = module_to_curate(learner.ctx, person, "probe").sections[0].items[0]
    decide(learner.ctx, person, "probe", one.item.id, "hide", one.version)
    learner.ctx.database.close()
    with pytest.raises(BadInput, match="--older"):
        restore(learner.settings, tmp_path / "copy.db")


@pytest.mark.parametrize("revision", ["0001", "0002"])
def test_a_backup_takes_the_place_of_a_database_of_an_earlier_version(
    begin: Begin, tmp_path: Path, revision: str
) -> None:
    learner = begin()
    learner.study(5)
    back_up(learner.settings, tmp_path / "copy.db")
    learner.ctx.database.close()
    file = Path(str(learner.settings.sqlite_path))
    file.unlink()
    migrate.upgrade(learner.settings.database_url, backup_dir=tmp_path, to=revision)
    assert restore(learner.settings, tmp_path / "copy.db").newest
    assert answers(file) == answers(tmp_path / "copy.db")
