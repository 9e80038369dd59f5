"""Cards as CSV or TSV: one header, one row a card. Pure text; the contract is in docs/anki.md."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quizapp.exchange.errors import BadFile

COLUMNS = ("id", "front", "back", "deck", "section", "tags", "lines", "source")
NEEDED = ("front", "back")
DELIMITERS = {".csv": ",", ".tsv": "\t"}
BOM = "\ufeff"

# What a spreadsheet would take for a formula. A text that begins like a guarded one is guarded too, so that taking the
# apostrophe away gives back every text exactly.
FORMULA = re.compile(r"'*[=+\-@\t\r]")
GUARDED = re.compile(r"'+[=+\-@\t\r]")
LEVEL = " > "
LARGEST = 32 * 1024 * 1024
MOST_ROWS = 50_000


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


def read_table(raw: bytes, delimiter: str) -> list[Row]:
    """The cards of a table; raises BadFile, with the line, for what cannot be one.

    The columns may stand in any order, others are left alone, and `front` and `back` have to be there.
    """
    cells = csv.reader(io.StringIO(_decoded(raw), newline=""), delimiter=delimiter, strict=True)
    rows: list[Row] = []
    try:
        names = [name.strip().casefold() for name in next(cells, [])]
        _check_header(names)
        for values in cells:
            if any(values):
                rows.append(_row(dict(zip(names, values, strict=False)), cells.line_num))
            if len(rows) > MOST_ROWS:
                raise BadFile(f"holds more than {MOST_ROWS} cards; split it")
    except csv.Error as error:
        raise BadFile(f"cannot be read at line {cells.line_num}: {error}") from error
    if not rows:
        raise BadFile("holds no cards")
    return rows


def _decoded(raw: bytes) -> str:
    if len(raw) > LARGEST:
        raise BadFile(f"is {len(raw) / 1024 / 1024:.0f} MB; the limit is {LARGEST // 1024 // 1024} MB, so split it")
    try:
        return raw.decode("utf-16" if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig").replace("\0", "")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise BadFile(f"is not UTF-8 (line {line}); save it as UTF-8") from error


def _check_header(names: Sequence[str]) -> None:
    missing = [name for name in NEEDED if name not in names]
    if missing:
        raise BadFile(f"has no column {missing[0]!r} in its first line; it needs {' and '.join(NEEDED)}")
    twice = [name for name in COLUMNS if names.count(name) > 1]
    if twice:
        raise BadFile(f"has the column {twice[0]!r} twice")


def _row(cells: dict[str, str], line: int) -> Row:
    text = {name: unguarded(cells.get(name, "")).replace("\r\n", "\n") for name in COLUMNS}
    for name in NEEDED:
        if not text[name].strip():
            raise BadFile(f"has nothing in the column {name!r} at line {line}")
    return Row(
        front=text["front"],
        back=text["back"],
        id=text["id"].strip(),
        deck=text["deck"].strip(),
        section=tuple(part.strip() for part in text["section"].split(LEVEL) if part.strip()),
        tags=tuple(text["tags"].split()),
        lines=text["lines"],
        source=text["source"],
    )
