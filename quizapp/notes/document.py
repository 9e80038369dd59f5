"""What notes are made of: sections under heading paths, blocks with their lines. Knows no Markdown and no question."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NoteWarning:
    """Something an author should look at, by line of the notes."""

    line: int
    says: str


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of prose with its number; emphasis and links are gone, backticks are kept."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines of prose that stand together; a hard or soft break keeps lines apart here, since notes use both."""

    first: int
    last: int
    lines: tuple[TextLine, ...]

    @property
    def text(self) -> str:
        """The paragraph as one line."""
        return " ".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class ListItem:
    """One entry; `parent` is the place of the entry it is nested under, in the same list."""

    first: int
    last: int
    text: str
    depth: int
    parent: int | None


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list with all its nested entries in reading order; `lead` is the line that introduces it, or empty."""

    first: int
    last: int
    items: tuple[ListItem, ...]
    ordered: bool
    lead: str
    lead_line: int


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a header row."""

    first: int
    last: int
    header: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """A fenced block; its lines stand as they were written."""

    first: int
    last: int
    language: str
    lines: tuple[TextLine, ...]


Block = Paragraph | ListBlock | Table | Code


@dataclass(frozen=True, slots=True)
class Section:
    """What stands between two headings; the path of text before the first heading is empty."""

    path: tuple[str, ...]
    line: int
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Notes:
    """One file of notes; `source` are its lines as written."""

    title: str
    sections: tuple[Section, ...]
    source: tuple[str, ...]
    warnings: tuple[NoteWarning, ...]

    def quote(self, first: int, last: int) -> str:
        """The lines from `first` to `last` (from 1, both included) as they were written."""
        return "\n".join(self.source[first - 1 : last]).strip("\n").rstrip()
