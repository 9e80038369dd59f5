"""A bundle as an Anki package (.apkg), by genanki. Writes no media and knows no database of ours.

The same bundle and moment give the same bytes.
"""

import hashlib
import io
import itertools
import json
import sqlite3
import warnings
import zipfile
from collections.abc import Iterable
from contextlib import closing
from datetime import datetime
from typing import Any

import genanki

from quizapp.exchange.bundle import Bundle, BundleCard, BundleNote, NoteType, Standing

TODAY = 3650  # which day of its collection the file is of, so that late reviews have a day as well
KINDS = {"learning": 1, "review": 2, "relearning": 3}
QUEUES = {"learning": 1, "review": 2, "relearning": 1}
FACTOR = 2500
ONE_STEP = 1001  # one learning step is left, today as well
FIRST_DECK_ID = 1 << 40  # past the instants that Anki takes for ids of its own


class _Model(genanki.Model):  # type: ignore[misc]
    """genanki works out which fields a card needs; the bundle says which cards there are."""

    @property
    def _req(self) -> list[Any]:
        return [[place, "any", list(range(len(self.fields)))] for place in range(len(self.templates))]


class _Note(genanki.Note):  # type: ignore[misc]
    """A note whose cards are given."""

    cards: list[genanki.Card]

    def __init__(self, note: BundleNote, cards: Iterable[BundleCard], model: _Model) -> None:
        super().__init__(model=model, fields=list(note.fields), tags=list(note.tags), guid=note.guid)
        self.__dict__["cards"] = [genanki.Card(one.ord, suspend=one.suspended) for one in cards]


def write_apkg(bundle: Bundle, now: datetime, begin: datetime) -> bytes:
    """The package as bytes; `now` is when its notes count as changed, so that a later export wins.

    `begin` is the instant at which the learner's day began, from which the days of reviews are counted.
    """
    with closing(sqlite3.connect(":memory:")) as connection:
        cursor = connection.cursor()
        with warnings.catch_warnings():
            # A field may hold any text; genanki warns of what looks like a tag and is none.
            warnings.simplefilter("ignore", UserWarning)
            stamp = now.timestamp()
            genanki.Package(_decks(bundle)).write_to_db(cursor, stamp, itertools.count(int(stamp * 1000)))
        _add_history(cursor, bundle, begin)
        connection.commit()
        collection = connection.serialize()
    return _packed({"collection.anki2": collection, "media": json.dumps({}).encode()}, now)


def _add_history(cursor: sqlite3.Cursor, bundle: Bundle, begin: datetime) -> None:
    """What genanki does not write: the deck of each card, where it stands, and its review log."""
    conf = json.loads(cursor.execute("SELECT conf FROM col").fetchone()[0]) | {"schedVer": 2}  # four buttons, always
    crt = int(begin.timestamp()) - TODAY * 86400
    cursor.execute("UPDATE col SET crt = ?, conf = ?", (crt, json.dumps(conf)))
    query = "SELECT notes.guid, cards.ord, cards.id FROM cards JOIN notes ON notes.id = cards.nid"
    numbers = {(guid, place): number for guid, place, number in cursor.execute(query)}
    lines = []
    for note in bundle.notes:
        for card in note.cards:
            number = numbers[note.guid, card.ord]
            cursor.execute("UPDATE cards SET did = ? WHERE id = ?", (deck_id(card.deck), number))
            if card.standing:
                _stand(cursor, number, card, card.standing)
            lines += [(line, number) for line in card.reviews]
    taken: set[int] = set()
    # Answers have names of their own; another line that shares one of those moves to the next free millisecond.
    for line, number in sorted(lines, key=lambda entry: (not entry[0].is_answer, entry[0].id, entry[1])):
        name, *rest = line.row()
        while name in taken:
            name += 1
        taken.add(name)
        cursor.execute("INSERT INTO revlog VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (name, number, -1, *rest))


def _stand(cursor: sqlite3.Cursor, number: int, card: BundleCard, now: Standing) -> None:
    """Anki counts the days of reviews from the first day of a collection, and learning steps in seconds."""
    known = now.state != "learning"
    memory = {"s": round(now.stability, 4), "d": round(now.difficulty, 3), "lrt": int(now.last_at.timestamp())}
    values = {
        "type": KINDS[now.state],
        "queue": -1 if card.suspended else QUEUES[now.state],
        "due": TODAY + now.due_in if now.state == "review" else int(now.due_at.timestamp()),
        "ivl": max(1, now.interval) if known else 0,
        "factor": FACTOR if known else 0,
        "reps": now.reps,
        "lapses": now.lapses,
        "left": 0 if now.state == "review" else ONE_STEP,
        "data": json.dumps(memory),
    }
    names = ", ".join(f"{name} = ?" for name in values)
    cursor.execute(f"UPDATE cards SET {names} WHERE id = ?", (*values.values(), number))  # noqa: S608


def deck_id(name: str) -> int:
    """Anki's number for a deck: always the same for the same name."""
    return FIRST_DECK_ID + int.from_bytes(hashlib.sha256(name.encode()).digest()[:4])


def _decks(bundle: Bundle) -> list[genanki.Deck]:
    """The decks with their notes; a note stands in the deck of its first card, and cards find their own later."""
    models = {key: _model(one) for key, one in bundle.note_types.items()}
    names = {card.deck: None for note in bundle.notes for card in note.cards}
    decks = {name: genanki.Deck(deck_id(name), name) for name in names}
    for note in bundle.notes:
        decks[note.cards[0].deck].add_note(_Note(note, note.cards, models[note.type_id]))
    return list(decks.values())


def _model(one: NoteType) -> _Model:
    templates = [{"name": each.name, "qfmt": each.front, "afmt": each.back} for each in one.templates]
    fields = [{"name": name} for name in one.fields]
    return _Model(one.id, one.name, fields, templates, one.css, model_type=int(one.cloze))


def _packed(files: dict[str, bytes], now: datetime) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, now.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()
