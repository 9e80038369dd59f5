"""Columns of a table that can be asked: which rows have a value, or which value each row has. Knows tables, no kind.

A list of pairs ("443: HTTPS") is a table of two columns.

A column is asked by its head and its cells as the notes write them; the first column names the rows.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from quizapp.notes.document import ListBlock, Notes, Section, Table
from quizapp.notes.inline import without_code_marks
from quizapp.questions.repair import Repair
from quizapp.questions.statement import entry_of, is_closed

LEAST, MOST = 3, 12
LONGEST_CELL, LONGEST_HEAD, LONGEST_NAME = 4, 6, 5
MOST_KEYS = 4
SHORT = 3
NOTHING = re.compile(
    r"^(?:|-+|\u2013|\u2014|n/?a|\?+|same|same as .*|see .*|ditto|tbd|todo|.*\betc\b.*|.*\.\.\.|.*\u2026)$",
    re.IGNORECASE,
)
NUMBERED = re.compile(
    r"^(?:#|no\.?|nr\.?|number|id|notes?|remarks?|comments?|examples?|links?|source|done|status)$", re.IGNORECASE
)
SHAPES = (
    r"[\d.,]+(?: ?\w{1,5})?",
    r"[A-Z][A-Z\d]+",
    r"[a-z]+[A-Z]\w*",
    r"[A-Z]\w*",
    r"[\w-]+[./][\w./-]+",
    r"[a-z][\w -]*",
)


@dataclass(frozen=True, slots=True)
class Column:
    """Names of rows with their cells under one head, with the lines of the table."""

    head: str
    names: str
    cells: tuple[tuple[str, str], ...]
    section: tuple[str, ...]
    first: int
    last: int
    place: Literal["table", "list"] = "table"

    @property
    def alike(self) -> bool:
        """Whether all cells have one shape (numbers, abbreviations, words ...), so that none stands out by it."""
        return any(all(re.fullmatch(shape, cell) for _, cell in self.cells) for shape in SHAPES)


def columns(notes: Notes, repair: Repair) -> Iterator[Column]:
    """Every column, but the first and the last long one, whose cells are short and all there."""
    for section in notes.sections:
        if is_closed(section):
            continue
        for block in section.blocks:
            if isinstance(block, ListBlock) and LEAST <= len(block.items) <= MOST:
                yield from _of_list(block, section, repair)
            if isinstance(block, Table) and len(block.header) > 1 and LEAST <= len(block.rows) <= MOST:
                yield from _of_table(block, section, repair)


def _of_table(table: Table, section: Section, repair: Repair) -> Iterator[Column]:
    names = [without_code_marks(row.cells[0]).strip() if row.cells else "" for row in table.rows]
    if len({name.casefold() for name in names}) < len(names) or not all(map(_is_name, names)):
        return
    for place, head in enumerate(table.header[1:], start=1):
        title = without_code_marks(head).strip(" :?")
        cells = [without_code_marks(row.cells[place]).strip() if len(row.cells) > place else "" for row in table.rows]
        if not title or NUMBERED.match(title) or len(title.split()) > LONGEST_HEAD:
            continue
        if any(NOTHING.match(cell) or len(cell.split()) > LONGEST_CELL or repair.doubtful(cell) for cell in cells):
            continue
        pairs = tuple(zip(names, cells, strict=True))
        yield Column(title, without_code_marks(table.header[0]).strip(), pairs, section.path, table.first, table.last)


def _of_list(block: ListBlock, section: Section, repair: Repair) -> Iterator[Column]:
    entries = [entry_of(item.text) if item.parent is None else None for item in block.items]
    pairs = tuple((without_code_marks(one[0]), without_code_marks(one[1]).strip(" .")) for one in entries if one)
    names, cells = [name for name, _ in pairs], [cell for _, cell in pairs]
    if len(pairs) < len(entries) or len(set(names)) < len(names) or len(set(cells)) < len(cells):
        return
    short = all(0 < len(cell.split()) <= SHORT and not NOTHING.match(cell) and "(" not in cell for cell in cells)
    if short and all(0 < len(name.split()) <= SHORT for name in names) and not any(map(repair.doubtful, cells)):
        yield Column("", "", pairs, section.path, block.first, block.last, "list")


def _is_name(name: str) -> bool:
    return bool(name) and len(name.split()) <= LONGEST_NAME and not NOTHING.match(name) and not name.isdigit()
