"""Somebody's cards as a file for Anki or a spreadsheet. Knows no page and no command."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from quizapp.exchange.apkg_write import write_apkg
from quizapp.exchange.bundle import Bundle, BundleCard, BundleNote, NoteType, Review
from quizapp.exchange.html import to_html, to_text
from quizapp.exchange.look import ABOVE, FIELDS, NOTE_TYPE, PLACE, guid, our_note_type
from quizapp.exchange.table import DELIMITERS, Row, write_table
from quizapp.questions.item import Item
from quizapp.services.context import Context
from quizapp.services.desk import sit_down
from quizapp.services.errors import BadInput, NotFound
from quizapp.services.own_cards import IN_DECK
from quizapp.services.review_log import Place, as_lines, standing
from quizapp.storage import decks, items
from quizapp.storage.decks import Answer, DeckRow, OwnRows

APKG = ".apkg"
FORMS = (APKG, *DELIMITERS)


def take_along(
    ctx: Context,
    user_id: str,
    form: str,
    *,
    module_slug: str | None = None,
    bom: bool = False,
    history: bool = True,
) -> tuple[bytes, int]:
    """The cards that somebody may see as a file of the `form` .apkg, .csv or .tsv, and how many they are.

    A package has their answers and schedule in it, unless `history` is false.

    Raises NotFound for a module that is not theirs to see, BadInput when there is no card or no such form.
    """
    if form not in FORMS:
        raise BadInput("file", f"ends in {form or 'nothing'!r}; it ends in one of {', '.join(FORMS)}")
    with ctx.database.read() as session:
        if module_slug is not None and items.visible_module(session, user_id, module_slug) is None:
            raise NotFound(module_slug)
        desk = sit_down(session, user_id, ctx.now)
        rows = decks.cards_to_take(session, user_id, module_slug)
        own = decks.own_rows_of(session, [row.item.id for row in rows if row.module.origin == "deck"])
        types = {deck.slug: deck.note_types for deck in decks.own_decks(session, user_id)}
        lines = _lines_by_card(decks.answers(session, user_id, with_states=True)) if history and form == APKG else {}
    if not rows:
        raise BadInput("cards", "there are none to take along")
    shelf = _Shelf(deck_names(rows), own, types, lines, history, desk.deck.today)
    if form == APKG:
        begin = desk.moment.place.day_start(desk.deck.today)
        return write_apkg(shelf.bundle(rows), desk.moment.at, begin), len(rows)
    table = write_table((shelf.row(row) for row in rows), DELIMITERS[form], bom=bom)
    return table.encode(), len(rows)


def deck_names(rows: Sequence[DeckRow]) -> dict[str, str]:
    """What the deck of each module is called: its title, with its slug where two have the same."""
    titles = {row.module.slug: row.module.title.replace("::", ":").strip() or row.module.slug for row in rows}
    many = Counter(titles.values())
    return {
        slug: f"{ABOVE}::{title}" if many[title] == 1 else f"{ABOVE}::{title} ({slug})"
        for slug, title in titles.items()
    }


def tag(*path: str) -> str:
    """A tag as Anki wants one: no spaces, `::` between levels."""
    return "::".join(re.sub(r"[\s:]+", "_", part.strip()) or "_" for part in path)


def _lines_by_card(answers: Iterable[Answer]) -> dict[Place, tuple[Review, ...]]:
    found: dict[Place, list[Review]] = {}
    for card, line in as_lines(answers):
        found.setdefault(card, []).append(line)
    return {card: tuple(lines) for card, lines in found.items()}


@dataclass(frozen=True, slots=True)
class _Shelf:
    """What is known about the cards that go along."""

    names: dict[str, str]
    own: dict[str, OwnRows]
    types: dict[str, dict[str, Any]]
    lines: dict[Place, tuple[Review, ...]]
    history: bool
    today: date

    def bundle(self, rows: Sequence[DeckRow]) -> Bundle:
        """Everything for a package; notes of own decks are as they came."""
        ours = our_note_type()
        types, notes = {ours.id: ours}, {}
        taken: dict[str, str] = {}
        for row in rows:
            own = self.own.get(row.item.id)
            if own is None:
                notes[row.item.id] = self._note(row, ours.id)
                continue
            key = int(own.note.note_type)
            types.setdefault(key, NoteType.from_dict(self.types[own.note.deck_slug][own.note.note_type]))
            there = notes.get(own.note.id)
            cards = (*(there.cards if there else ()), self._card(row, own.own.ord, own.own.deck, own.own.aside))
            fields, tags = tuple(own.note.fields), tuple(own.note.tags)
            # Two own decks may hold the same note, and neither shall be lost.
            here = taken.setdefault(own.note.guid, own.note.deck_slug) == own.note.deck_slug
            name = own.note.guid if here else f"{own.note.guid}{IN_DECK}{own.note.deck_slug}"
            notes[own.note.id] = BundleNote(name, key, fields, tags, cards)
        return Bundle(types, tuple(notes.values()))

    def _note(self, row: DeckRow, type_id: int) -> BundleNote:
        item = Item.from_dict(row.version.payload)
        fields = (str(item.payload["front"]), item.back, _place(row), _lines(row), item.source, item.id)
        card = self._card(row, 0, self.names[row.module.slug])
        return BundleNote(guid(item.id, 0), type_id, tuple(map(to_html, fields)), _tags(row), (card,))

    def _card(self, row: DeckRow, ord: int, deck: str, aside: Sequence[list[int]] = ()) -> BundleCard:  # noqa: A002
        suspended = row.card is not None and row.card.suspended_at is not None
        if not self.history:
            return BundleCard(ord, deck, suspended)
        lines = (*self.lines.get((row.item.id, 0), ()), *(Review(*line) for line in aside))
        return BundleCard(
            ord, deck, suspended, tuple(sorted(lines, key=lambda line: line.id)), standing(row.card, self.today)
        )

    def row(self, row: DeckRow) -> Row:
        """One card for a table."""
        item, own = Item.from_dict(row.version.payload), self.own.get(row.item.id)
        ours = own is not None and own.note.note_type == str(NOTE_TYPE)
        return Row(
            id=item.id,
            front=str(item.payload["front"]),
            back=item.back,
            deck=own.own.deck if own else self.names[row.module.slug],
            section=_section(row),
            tags=tuple(own.note.tags) if own else _tags(row),
            lines=to_text(own.note.fields[FIELDS.index("Lines")]) if own and ours else "" if own else _lines(row),
            source=item.source,
        )


def _section(row: DeckRow) -> tuple[str, ...]:
    """The headings above the card, without that of the whole module, which its deck has for a name."""
    path = tuple(row.item.section)
    return path[1:] if path[:1] == (row.module.title,) else path


def _place(row: DeckRow) -> str:
    return PLACE.join((row.module.title, *_section(row)))


def _lines(row: DeckRow) -> str:
    first, last = row.item.line_from, row.item.line_to
    lines = f"{first}" if first == last else f"{first}-{last}"
    return f"{row.version.source_path}:{lines}"


def _tags(row: DeckRow) -> tuple[str, ...]:
    module = tag("module", row.module.slug)
    return (module, tag("section", row.module.slug, *_section(row))) if _section(row) else (module,)
