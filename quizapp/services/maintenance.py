"""Keeps the database at this version's shape, copies it, and puts a copy back. Knows no table."""

import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from quizapp.services.errors import BadInput
from quizapp.settings import Settings
from quizapp.storage import activity, migrate
from quizapp.storage.backup import InUse, copy_whole, is_sound, keep_copy, put_back
from quizapp.storage.database import Database
from quizapp.storage.migrate import DatabaseDown, ForeignDatabase

__all__ = ["DatabaseDown", "ForeignDatabase"]


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back: the instant of the newest work in it, and where the database before it was kept."""

    newest: datetime | None
    kept: Path | None


def upgrade_database(settings: Settings) -> str:
    """Brings the database to the newest revision and returns it; a SQLite file is copied to data_dir/backups first."""
    if settings.sqlite_path:
        Path(settings.sqlite_path).parent.mkdir(parents=True, exist_ok=True)
    return migrate.upgrade(settings.database_url, backup_dir=Path(settings.data_dir) / "backups")


def is_empty(settings: Settings) -> bool:
    """Whether nothing has been stored yet: no file, or a database without a table of ours."""
    return migrate.current(settings.database_url) is None


def require_current(settings: Settings) -> None:
    """Raises BadInput when the database is missing or older than this code, ForeignDatabase when it is newer."""
    found, wanted = migrate.current(settings.database_url), migrate.newest()
    if found != wanted:
        if found is not None:
            migrate.refuse_newer(found)
        says = "is empty or missing" if found is None else f"is at revision {found}, this version needs {wanted}"
        raise BadInput("DATABASE_URL", f"the database {says}; run: quizapp db upgrade")


def back_up(settings: Settings, target: Path) -> None:
    """A whole copy of the database in a file that must not be there yet; may be done while the app runs."""
    database = _sqlite_file(settings)
    require_current(settings)
    if target.exists():
        raise BadInput(str(target), "is there already; choose another name, a backup overwrites nothing")
    try:
        copy_whole(database, target)
    except OSError as error:
        raise BadInput(str(target), f"cannot be written: {error.strerror or error}") from error


def restore(settings: Settings, source: Path, *, older: bool = False) -> Restored:
    """Puts a backup in the place of the database, which is kept in data_dir/backups first.

    Raises BadInput for a file that is no backup, while the app runs, and, unless `older`, when the database holds
    newer work than the backup.
    """
    database = _sqlite_file(settings)
    backups = Path(settings.data_dir) / "backups"
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "restored.db"
        _read_backup(source, copy)
        restored = _newest_work(copy)
        kept = None
        if database.is_file():
            present = _newest_work(database) if migrate.current(settings.database_url) else None
            if present and not older and (restored is None or present > restored):
                raise BadInput(
                    str(source),
                    f"is older than the database, which has work of {present:%Y-%m-%d %H:%M} UTC; "
                    "to lose that and go back, say --older",
                )
            kept = keep_copy(database, backups, label="replaced")
        database.parent.mkdir(parents=True, exist_ok=True)
        try:
            put_back(copy, database)
        except InUse as error:
            raise BadInput("DATABASE_URL", "the database is in use; stop quizapp, then restore") from error
    return Restored(restored, kept)


def _read_backup(source: Path, copy: Path) -> None:
    """A copy of a backup at this version's shape, or BadInput saying what the file is instead."""
    if not source.is_file():
        raise BadInput(str(source), "there is no such file")
    if not is_sound(source):
        raise BadInput(str(source), "is not a backup of quizapp, or it is damaged")
    copy_whole(source, copy)
    url = f"sqlite:///{copy}"
    try:
        if migrate.current(url) is None:
            raise BadInput(str(source), "is a database, but not one of quizapp")
        migrate.upgrade(url, backup_dir=copy.parent)
    except ForeignDatabase as error:
        raise BadInput(str(source), str(error)) from error


def _newest_work(file: Path) -> datetime | None:
    database = Database(f"sqlite:///{file}")
    try:
        with database.read() as session:
            return activity.newest(session)
    finally:
        database.close()


def _sqlite_file(settings: Settings) -> Path:
    if settings.sqlite_path is None:
        raise BadInput("DATABASE_URL", "is PostgreSQL; copy it with pg_dump and put it back with pg_restore")
    return Path(settings.sqlite_path)
