"""Cards as CSV or TSV: one header, one row a card. Pure text; the contract is in docs/anki.md."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

COLUMNS = ("id", "front", "back", "deck", "section", "tags", "lines", "source")
NEEDED = ("front", "back")
DELIMITERS = {".csv": ",", ".tsv": "\t"}
BOM = "\ufeff"

# What a spreadsheet would take for a formula. A text that begins like a guarded one is guarded too, so that taking the
# apostrophe away gives back every text exactly.
FORMULA = re.compile(r"'*[=+\-@\t\r]")
GUARDED = re.compile(r"'+[=+\-@\t\r]")
LEVEL = " > "


@dataclass(frozen=True, slots=True)
class Row:
    """One card; `id` is empty for a card that was never here."""

    front: str
    back: str
    id: str = ""
    deck: str = ""
    section: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    lines: str = ""
    source: str = ""


def write_table(rows: Iterable[Row], delimiter: str, *, bom: bool = False) -> str:
    """The table; `bom` puts a byte order mark in front, without which Excel takes UTF-8 for something else."""
    made = io.StringIO()
    writer = csv.writer(made, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([guarded(cell) for cell in _cells(row)])
    return (BOM if bom else "") + made.getvalue()


def _cells(row: Row) -> Sequence[str]:
    section, tags = LEVEL.join(row.section), " ".join(row.tags)
    return (row.id, row.front, row.back, row.deck, section, tags, row.lines, row.source)


def guarded(cell: str) -> str:
    """A cell that no spreadsheet runs."""
    return f"'{cell}" if FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """What `guarded` was given."""
    return cell[1:] if GUARDED.match(cell) else cell
