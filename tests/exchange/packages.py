"""What tests read an Anki package with: the tables inside, by zip and sqlite alone."""

import io
import json
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Inside:
    """The tables of a package: rows as dicts."""

    notes: list[dict[str, Any]]
    cards: list[dict[str, Any]]
    revlog: list[dict[str, Any]]
    decks: dict[str, dict[str, Any]]
    models: dict[str, dict[str, Any]]
    files: tuple[str, ...]

    def deck_of(self, card: dict[str, Any]) -> str:
        return str(self.decks[str(card["did"])]["name"])


def look_inside(package: bytes | Path) -> Inside:
    raw = package if isinstance(package, bytes) else package.read_bytes()
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        files = tuple(archive.namelist())
        collection = archive.read("collection.anki2")
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(collection)
        connection.row_factory = sqlite3.Row
        rows = {
            name: [dict(row) for row in connection.execute(f"SELECT * FROM {name} ORDER BY id")]  # noqa: S608
            for name in ("notes", "cards", "revlog", "col")
        }
    col = rows.pop("col")[0]
    return Inside(**rows, decks=json.loads(col["decks"]), models=json.loads(col["models"]), files=files)


SAMPLES = Path(__file__).resolve().parents[1] / "fixtures" / "anki"
NEW, LEGACY = SAMPLES / "new.apkg", SAMPLES / "legacy.apkg"


def zipped(files: dict[str, bytes]) -> bytes:
    """A zip archive of these files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def unzipped(package: Path) -> dict[str, bytes]:
    """The files of a zip archive."""
    with zipfile.ZipFile(package) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def database(*statements: str) -> bytes:
    """A SQLite file that the statements make."""
    with closing(sqlite3.connect(":memory:")) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
        return connection.serialize()
