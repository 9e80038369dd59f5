"""What notes consist of, with line numbers from 1. Knows no meaning."""

from dataclasses import dataclass

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text without its list marker or quote sign."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that stand together."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item: `depth` from 0, its own lines joined in `text`."""

    text: str
    first: int
    last: int
    depth: int
    ordered: bool


@dataclass(frozen=True, slots=True)
class ListBlock:
    """Items that stand together; `lead` is the line before them when it leads in."""

    items: tuple[ListItem, ...]
    lead: Line | None


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table; each row has its line."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Fence:
    """Code, as it stands."""

    language: str
    lines: tuple[Line, ...]


Block = Paragraph | ListBlock | TableBlock | Fence


@dataclass(frozen=True, slots=True)
class Section:
    """A heading path and what stands below it, up to the next heading; an empty path stands before the first
    heading."""

    path: Path
    level: int
    line: int
    blocks: tuple[Block, ...]

    @property
    def title(self) -> str:
        """The innermost heading."""
        return self.path[-1] if self.path else ""


@dataclass(frozen=True, slots=True)
class Warning:  # noqa: A001  (the word of the field; nothing here warns in Python's sense)
    """Something the author should look at."""

    line: int
    says: str


@dataclass(frozen=True, slots=True)
class Notes:
    """One module of notes, read."""

    title: str
    sections: tuple[Section, ...]
    lines: tuple[str, ...]
    warnings: tuple[Warning, ...]

    def quote(self, first: int, last: int) -> str:
        """The lines as they stand, whatever is wrong with them."""
        return "\n".join(self.lines[first - 1 : last]).strip("\n")
