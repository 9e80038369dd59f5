"""Note types and decks of a collection: JSON in one cell until schema 11, tables with protobuf since schema 15."""

import json
import sqlite3
from typing import Any

from quizapp.exchange.bundle import NoteType, Template, clean
from quizapp.exchange.errors import BadFile
from quizapp.exchange.protobuf import fields_of, text_of

NoteTypes = dict[int, NoteType]
KIND, CSS = 1, 3  # of a note type's config
QUESTION, ANSWER = 1, 2  # of a template's config
CLOZE = 1
LEVEL = "\x1f"


def note_types_of(connection: sqlite3.Connection) -> NoteTypes:
    """The note types by their number; raises BadFile for what cannot be read."""
    if _has(connection, "notetypes"):
        return _types_from_tables(connection)
    types = {}
    for key, one in _json(connection, "models").items():
        templates = [
            Template(clean(each["name"]), clean(each["qfmt"]), clean(each["afmt"])) for each in _by_ord(one["tmpls"])
        ]
        fields = tuple(clean(each["name"]) for each in _by_ord(one["flds"]))
        number = _number(key)
        css, cloze = clean(one.get("css", "")), one.get("type") == CLOZE
        types[number] = NoteType(number, clean(one.get("name", "")), fields, tuple(templates), css, cloze)
    return types


def decks_of(connection: sqlite3.Connection) -> dict[int, str]:
    """The names of decks by their number, with `::` between levels."""
    if _has(connection, "decks"):
        rows = connection.execute("SELECT id, name FROM decks")
        return {int(number): clean(name).replace(LEVEL, "::") for number, name in rows}
    return {_number(key): clean(one.get("name", "")) for key, one in _json(connection, "decks").items()}


def _types_from_tables(connection: sqlite3.Connection) -> NoteTypes:
    fields: dict[int, list[str]] = {}
    for type_id, name in connection.execute("SELECT ntid, name FROM fields ORDER BY ntid, ord"):
        fields.setdefault(type_id, []).append(clean(name))
    templates: dict[int, list[Template]] = {}
    for type_id, name, config in connection.execute("SELECT ntid, name, config FROM templates ORDER BY ntid, ord"):
        found = fields_of(_bytes(config))
        one = Template(clean(name), text_of(found, QUESTION), text_of(found, ANSWER))
        templates.setdefault(type_id, []).append(one)
    types = {}
    for number, name, config in connection.execute("SELECT id, name, config FROM notetypes"):
        found = fields_of(_bytes(config))
        own, cards = tuple(fields.get(number, ())), tuple(templates.get(number, ()))
        types[number] = NoteType(number, clean(name), own, cards, text_of(found, CSS), found.get(KIND) == CLOZE)
    return types


def _has(connection: sqlite3.Connection, table: str) -> bool:
    query = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
    return connection.execute(query, (table,)).fetchone() is not None


def _json(connection: sqlite3.Connection, column: str) -> dict[str, dict[str, Any]]:
    row = connection.execute(f"SELECT {column} FROM col LIMIT 1").fetchone()  # noqa: S608  (a column of ours)
    try:
        found = json.loads(row[0])
        if isinstance(found, dict) and all(isinstance(one, dict) for one in found.values()):
            _check_parts(found, column)
            return found
    except (TypeError, ValueError, KeyError, RecursionError) as error:
        raise _damaged(column) from error
    raise _damaged(column)


def _check_parts(found: dict[str, dict[str, Any]], column: str) -> None:
    """The parts that are read later; raises KeyError or TypeError when one is missing."""
    for one in found.values() if column == "models" else ():
        for part, keys in (("flds", ("name",)), ("tmpls", ("name", "qfmt", "afmt"))):
            for each in one[part]:
                [each[key] for key in keys]


def _damaged(column: str) -> BadFile:
    return BadFile(f"holds a collection whose {column} cannot be read; it is damaged")


def _by_ord(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(parts, key=lambda part: part["ord"] if isinstance(part.get("ord"), int) else 0)


def _bytes(value: object) -> bytes:
    if not isinstance(value, bytes):
        raise BadFile("holds a note type that cannot be read; it is damaged")
    return value


def _number(text: str) -> int:
    if not text.isascii() or not text.lstrip("-").isdecimal() or len(text) > 18:
        raise BadFile("holds a note type or deck without a number; it is damaged")
    return int(text)
