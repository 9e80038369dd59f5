"""Copies of a SQLite file, taken while it is in use. Knows no table."""

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
    unfinished = target.with_suffix(".part")
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(unfinished)) as copy:
        source.backup(copy)
    _flush(unfinished)
    unfinished.replace(target)
    for old in [*copies, target][:-KEPT]:
        old.unlink()
    return target


def _copies(folder: Path, stem: str) -> list[Path]:
    return sorted(folder.glob(f"{stem}-[0-9][0-9][0-9][0-9][0-9]-*.db"), key=_number)


def _number(copy: Path) -> int:
    return int(copy.stem.rsplit("-", 3)[1])


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
