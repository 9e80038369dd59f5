"""A table of cards as a bundle of our own note type, so that tables and packages are taken in the same way."""

import hashlib
from collections import Counter
from collections.abc import Iterable

from quizapp.exchange.bundle import Bundle, BundleCard, BundleNote, short_guid
from quizapp.exchange.html import to_html
from quizapp.exchange.look import PLACE, our_note_type
from quizapp.exchange.look import guid as guid_of
from quizapp.exchange.table import Row


def table_bundle(rows: Iterable[Row], name: str) -> Bundle:
    """The cards of a table; `name` is that of the deck where a row names none.

    A card without an id is found again by its front, so that its back may change.
    """
    ours = our_note_type()
    seen: Counter[str] = Counter()
    notes = []
    for row in rows:
        guid = (
            short_guid(guid_of(row.id, 0)) if row.id else f"front:{hashlib.sha256(row.front.encode()).hexdigest()[:20]}"
        )
        seen[guid] += 1
        guid = guid if seen[guid] == 1 else f"{guid}~{seen[guid]}"
        deck = row.deck or name
        texts = (row.front, row.back, PLACE.join((deck.split("::")[-1], *row.section)), row.lines, row.source, row.id)
        fields = tuple(to_html(text) for text in texts)
        notes.append(BundleNote(guid, ours.id, fields, row.tags, (BundleCard(0, deck),)))
    return Bundle({ours.id: ours}, tuple(notes))
