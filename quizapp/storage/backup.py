"""Copies of a SQLite file: taken while it is in use, and put back in its place. Knows no table."""

import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path

KEPT = 5


def keep_copy(database: Path, folder: Path, *, label: str) -> Path:
    """A whole copy of `database` in `folder`, named by number, label and time; the five newest copies stay."""
    folder.mkdir(parents=True, exist_ok=True)
    copies = _copies(folder, database.stem)
    number = _number(copies[-1]) + 1 if copies else 1
    stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
    target = folder / f"{database.stem}-{number:05d}-{label}-{stamp}.db"
    copy_whole(database, target)
    for old in [*copies, target][:-KEPT]:
        old.unlink()
    return target


def copy_whole(database: Path, target: Path) -> None:
    """A copy at `target`, which is there as a whole or not at all."""
    unfinished = target.with_name(f"{target.name}.part")
    unfinished.unlink(missing_ok=True)
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(unfinished)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
    _flush(unfinished)
    unfinished.replace(target)


def put_back(copy: Path, database: Path) -> None:
    """Makes `database` what `copy` is, in one transaction; raises InUse while another program has it open."""
    with closing(sqlite3.connect(copy)) as source, closing(sqlite3.connect(database, timeout=0)) as target:
        try:
            # Leaving WAL needs the file alone, so this tells whether a server still has it open.
            mode = target.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
            if mode != "delete":
                raise InUse(str(database))
            source.backup(target)
        except sqlite3.OperationalError as error:
            raise InUse(str(database)) from error


def is_sound(path: Path) -> bool:
    """Whether the file is a SQLite database with nothing broken in it."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            return bool(connection.execute("PRAGMA integrity_check").fetchone() == ("ok",))
    except sqlite3.DatabaseError:
        return False


class InUse(Exception):
    """Another program has the database open."""


def _copies(folder: Path, stem: str) -> list[Path]:
    return sorted(folder.glob(f"{stem}-[0-9][0-9][0-9][0-9][0-9]-*.db"), key=_number)


def _number(copy: Path) -> int:
    return int(copy.stem.rsplit("-", 3)[1])


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
