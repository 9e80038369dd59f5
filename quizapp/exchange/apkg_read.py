"""An Anki package (.apkg with any of its three collections) as a bundle. Knows no database of ours."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, Any

from quizapp.exchange.archive import collection_of
from quizapp.exchange.bundle import Bundle, BundleCard, BundleNote, Review, short_guid
from quizapp.exchange.collection import NoteTypes, decks_of, note_types_of
from quizapp.exchange.errors import BadFile

MOST = {"notes": 50_000, "cards": 100_000, "revlog": 500_000}
MOST_CARDS_OF_A_NOTE = 10_000
LONGEST_TEXT = 4 * 1024 * 1024  # the fields of one note
STEPS, MOST_STEPS = 100_000, 20_000  # SQLite's steps between two looks, and how many looks: about a minute
NEEDED = ("col", "notes", "cards", "revlog")
DECOY = "Please update to the latest Anki version"
SUSPENDED = -1


def read_apkg(package: IO[bytes]) -> Bundle:
    """Everything in a package; raises BadFile for what cannot be taken in. Media stay behind."""
    with collection_of(package) as path, _opened(path) as connection:
        _check(connection)
        types = note_types_of(connection)
        notes = _notes(connection, types, _cards(connection, decks_of(connection)))
    if len(notes) == 1 and any(DECOY in field for field in notes[0].fields):
        raise BadFile("holds only the note that tells to update Anki, and no cards; export it from Anki again")
    if not notes:
        raise BadFile("holds no cards")
    used = {note.type_id for note in notes}
    return Bundle({key: one for key, one in types.items() if key in used}, notes)


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The collection, to read alone; whatever SQLite finds wrong with it is a BadFile."""
    looks = iter(range(MOST_STEPS))
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 4 * LONGEST_TEXT)
            connection.execute("PRAGMA trusted_schema=OFF")
            connection.execute("PRAGMA cell_size_check=ON")
            connection.set_progress_handler(lambda: next(looks, None) is None, STEPS)
            connection.create_collation("unicase", _compare_folded)
            connection.text_factory = _text
            yield connection
    except sqlite3.Error as error:
        raise BadFile(f"holds a collection that cannot be read ({error}); it is damaged") from error


def _compare_folded(one: str, other: str) -> int:
    first, second = one.casefold(), other.casefold()
    return (first > second) - (first < second)


def _text(raw: bytes) -> str:
    """Text without what no database of ours can keep."""
    return raw.decode(errors="replace").replace("\0", "")


def _check(connection: sqlite3.Connection) -> None:
    """Refuses what is no collection, or more than can be taken in."""
    tables = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'"))
    for name in NEEDED:
        if not str(tables.get(name, "")).upper().startswith("CREATE TABLE"):
            raise BadFile(f"holds a database without Anki's table {name!r}")
    for name, most in MOST.items():
        count = connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]  # noqa: S608  (names of ours)
        if count > most:
            raise BadFile(f"holds {count} rows of {name}; the limit is {most}. Export a part of it from Anki")


def _reviews(connection: sqlite3.Connection) -> dict[int, list[Review]]:
    """Every review by card, oldest first."""
    found: dict[int, list[Review]] = {}
    query = "SELECT cid, id, ease, ivl, lastIvl, factor, time, type FROM revlog ORDER BY id"
    for card, *numbers in connection.execute(query):
        found.setdefault(_whole(card), []).append(Review(*map(_whole, numbers)))
    return found


def _cards(connection: sqlite3.Connection, decks: dict[int, str]) -> dict[int, list[BundleCard]]:
    """Every card by note."""
    reviews = _reviews(connection)
    found: dict[int, list[BundleCard]] = {}
    for row in connection.execute("SELECT id, nid, ord, did, odid, queue FROM cards ORDER BY nid, ord, id"):
        card, note, place, deck, home, queue = map(_whole, row)
        if not 0 <= place < MOST_CARDS_OF_A_NOTE:
            raise BadFile(f"holds a card with the number {place}; it is damaged")
        cards = found.setdefault(note, [])
        if place not in {one.ord for one in cards[-1:]}:  # a note has each of its cards once
            name = decks.get(home or deck) or "Default"
            cards.append(BundleCard(place, name, queue == SUSPENDED, tuple(reviews.get(card, ()))))
    return found


def _notes(
    connection: sqlite3.Connection, types: NoteTypes, cards: dict[int, list[BundleCard]]
) -> tuple[BundleNote, ...]:
    """Every note that has cards, in Anki's order; no two have the same guid."""
    found: dict[str, BundleNote] = {}
    for row in connection.execute("SELECT id, guid, mid, tags, flds FROM notes ORDER BY id"):
        number, guid, type_id, tags, text = (
            _whole(row[0]),
            short_guid(str(row[1])),
            _whole(row[2]),
            str(row[3]),
            str(row[4]),
        )
        if number not in cards:
            continue
        if guid in found:
            guid = f"{guid}~{number}"  # Anki allows it, and no card shall be lost
        if type_id not in types or not types[type_id].fields or not types[type_id].templates:
            raise BadFile(f"holds a note of a type that is missing or empty ({type_id}); it is damaged")
        if len(text) > LONGEST_TEXT:
            raise BadFile(f"holds a note of {len(text)} characters; the limit is {LONGEST_TEXT}")
        fields = tuple(text.split("\x1f"))
        wanted = len(types[type_id].fields)
        fields = (*fields, *("",) * (wanted - len(fields)))[:wanted]
        found[guid] = BundleNote(guid, type_id, fields, tuple(tags.split()), tuple(cards[number]))
    return tuple(found.values())


def _whole(value: Any) -> int:
    """A column that has to be a whole number."""
    if not isinstance(value, int):
        raise BadFile("holds text where a number has to be; it is damaged")
    return value
