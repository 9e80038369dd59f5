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

from quizapp.exchange.bundle import Bundle, BundleCard, BundleNote, NoteType

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


def write_apkg(bundle: Bundle, now: datetime) -> bytes:
    """The package as bytes; `now` is when its notes count as changed, so that a later export wins."""
    with closing(sqlite3.connect(":memory:")) as connection:
        cursor = connection.cursor()
        with warnings.catch_warnings():
            # A field may hold any text; genanki warns of what looks like a tag and is none.
            warnings.simplefilter("ignore", UserWarning)
            stamp = now.timestamp()
            genanki.Package(_decks(bundle)).write_to_db(cursor, stamp, itertools.count(int(stamp * 1000)))
        connection.commit()
        collection = connection.serialize()
    return _packed({"collection.anki2": collection, "media": json.dumps({}).encode()}, now)


def deck_id(name: str) -> int:
    """Anki's number for a deck: always the same for the same name."""
    return FIRST_DECK_ID + int.from_bytes(hashlib.sha256(name.encode()).digest()[:4])


def _decks(bundle: Bundle) -> list[genanki.Deck]:
    """The decks with their notes; a note stands in the deck of its first card."""
    models = {key: _model(one) for key, one in bundle.note_types.items()}
    decks: dict[str, genanki.Deck] = {}
    for note in bundle.notes:
        name = note.cards[0].deck
        deck = decks.setdefault(name, genanki.Deck(deck_id(name), name))
        deck.add_note(_Note(note, note.cards, models[note.type_id]))
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
