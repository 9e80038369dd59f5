"""Somebody's cards as a file for Anki or a spreadsheet. Knows no page and no command."""

import re
from collections import Counter
from collections.abc import Sequence

from quizapp.exchange.apkg_write import write_apkg
from quizapp.exchange.bundle import Bundle, BundleCard, BundleNote
from quizapp.exchange.html import to_html
from quizapp.exchange.look import our_note_type
from quizapp.exchange.table import DELIMITERS, Row, write_table
from quizapp.questions.item import Item
from quizapp.services.context import Context
from quizapp.services.errors import BadInput, NotFound
from quizapp.storage import decks, items
from quizapp.storage.decks import DeckRow

APKG = ".apkg"
FORMS = (APKG, *DELIMITERS)
ABOVE = "quizapp"


def take_along(
    ctx: Context, user_id: str, form: str, *, module_slug: str | None = None, bom: bool = False
) -> tuple[bytes, int]:
    """The cards that somebody may see as a file of the `form` .apkg, .csv or .tsv, and how many they are.

    Raises NotFound for a module that is not theirs to see, BadInput when there is no card or no such form.
    """
    if form not in FORMS:
        raise BadInput("file", f"ends in {form or 'nothing'!r}; it ends in one of {', '.join(FORMS)}")
    with ctx.database.read() as session:
        if module_slug is not None and items.visible_module(session, user_id, module_slug) is None:
            raise NotFound(module_slug)
        rows = decks.cards_to_take(session, user_id, module_slug)
    if not rows:
        raise BadInput("cards", "there are none to take along")
    names = deck_names(rows)
    if form == APKG:
        return write_apkg(_bundle(rows, names), ctx.now()), len(rows)
    table = write_table((_row(row, names) for row in rows), DELIMITERS[form], bom=bom)
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


def guid(item_id: str, ord: int) -> str:  # noqa: A002  (the word of the card table)
    """The name by which Anki finds the note of a card again, whatever becomes of its text."""
    return f"quizapp:{item_id}/{ord}"


def _bundle(rows: Sequence[DeckRow], names: dict[str, str]) -> Bundle:
    ours = our_note_type()
    return Bundle({ours.id: ours}, tuple(_note(row, names[row.module.slug], ours.id) for row in rows))


def _note(row: DeckRow, deck: str, type_id: int) -> BundleNote:
    item = Item.from_dict(row.version.payload)
    fields = (str(item.payload["front"]), item.back, _place(row), _lines(row), item.source, item.id)
    suspended = row.card is not None and row.card.suspended_at is not None
    return BundleNote(
        guid=guid(item.id, 0),
        type_id=type_id,
        fields=tuple(to_html(field) for field in fields),
        tags=_tags(row),
        cards=(BundleCard(0, deck, suspended),),
    )


def _row(row: DeckRow, names: dict[str, str]) -> Row:
    item = Item.from_dict(row.version.payload)
    return Row(
        id=item.id,
        front=str(item.payload["front"]),
        back=item.back,
        deck=names[row.module.slug],
        section=_section(row),
        tags=_tags(row),
        lines=_lines(row),
        source=item.source,
    )


def _section(row: DeckRow) -> tuple[str, ...]:
    """The headings above the card, without that of the whole module, which its deck has for a name."""
    path = tuple(row.item.section)
    return path[1:] if path[:1] == (row.module.title,) else path


def _place(row: DeckRow) -> str:
    return " › ".join((row.module.title, *_section(row)))


def _lines(row: DeckRow) -> str:
    first, last = row.item.line_from, row.item.line_to
    lines = f"{first}" if first == last else f"{first}-{last}"
    return f"{row.version.source_path}:{lines}"


def _tags(row: DeckRow) -> tuple[str, ...]:
    module = tag("module", row.module.slug)
    return (module, tag("section", row.module.slug, *_section(row))) if _section(row) else (module,)
