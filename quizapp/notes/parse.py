"""Markdown to sections and blocks with their lines. Knows the forms notes are written in, no Kubernetes.

Reads lines instead of a CommonMark tree on purpose: what a renderer folds into one paragraph (glossary lines with soft
breaks), or takes for code (indented prose), is just what holds the facts in notes as people write them. Every line is
looked at a bounded number of times, so no input is slow.
"""

import re
from dataclasses import dataclass, field

from quizapp.notes.document import (
    Block,
    Code,
    ListBlock,
    ListItem,
    Notes,
    NoteWarning,
    Paragraph,
    Row,
    Section,
    Table,
    TextLine,
)
from quizapp.notes.inline import plain, without_code_marks
from quizapp.notes.styles import QUOTE, readable

MAX_DEPTH = 8
MAX_LINE = 50_000
MOST_WARNINGS = 100
ATX = re.compile(r"^ {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$|^ {0,3}(#{1,6})[ \t]*$")
SETEXT = re.compile(r"^ {0,3}(=+|-{2,})[ \t]*$")
RULE = re.compile(r"^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
FENCE = re.compile(r"^[ \t]*(`{3,}|~{3,})[ \t]*([\w+#.-]*)")
BULLET = re.compile(r"^([ \t]*)(?:([-*+\u2022]|--|\u2013|->)|(\d{1,4})[.)])[ \t]+(\S.*)$")
DIVIDER = re.compile(r"^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
PSEUDO = re.compile(r"^[ \t]*(\*\*|__)([^*_:.]{2,60})\1:?[ \t]*$")
TASK = re.compile(r"^\[[ xX]\][ \t]+")


def parse_notes(text: str) -> Notes:
    """The notes with every block's lines; reads any text and never raises."""
    source = tuple(text.split("\n"))
    lines = readable(source)
    reader = _Reader(lines.texts, lines.numbers)
    reader.read()
    sections = tuple(section for section in reader.sections if section.blocks or section.path)
    return Notes(reader.title or _first_words(sections), sections, source, tuple(reader.warnings))


def _first_words(sections: tuple[Section, ...]) -> str:
    for section in sections:
        for block in section.blocks:
            if isinstance(block, Paragraph):
                return " ".join(without_code_marks(block.text).split()[:8]).rstrip(".:,;")
    return "Notes"


@dataclass(slots=True)
class _Reader:
    """Where the reading stands; blocks go to the section that is open."""

    source: tuple[str, ...]
    numbers: tuple[int, ...]
    title: str = ""
    sections: list[Section] = field(default_factory=list)
    warnings: list[NoteWarning] = field(default_factory=list)
    levels: list[tuple[int, str]] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    start: int = 1
    at: int = 0
    seen_paths: set[tuple[str, ...]] = field(default_factory=set)

    def read(self) -> None:
        for number, line in zip(self.numbers, self.source, strict=True):
            if len(line) > MAX_LINE:
                says = f"this line is very long; what stands behind its first {MAX_LINE:,} characters is not read"
                self.warnings.append(NoteWarning(number, says))
        self._front_matter()
        while self.at < len(self.source):
            if not self._step():
                self.at += 1
        self._close()

    def number(self, offset: int = 0) -> int:
        """The number of the line here in the notes as written."""
        return self.numbers[min(self.at + offset, len(self.numbers) - 1)]

    def line(self, offset: int = 0) -> str:
        place = self.at + offset
        return self.source[place][:MAX_LINE] if place < len(self.source) else ""

    def _front_matter(self) -> None:
        if self.source[0].strip() != "---":
            return
        for place, line in enumerate(self.source[1:60], start=1):
            if line.strip() in ("---", "..."):
                self.at = place + 1
                return

    def _step(self) -> bool:
        """Reads one block and moves behind it; False when the line here holds nothing."""
        line = self.line()
        if not line.strip():
            return False
        for read in (self._heading, self._fence, self._comment, self._table, self._pseudo_heading, self._list):
            if read():
                return True
        if RULE.match(line):
            return False
        return self._paragraph()

    def _heading(self) -> bool:
        found = ATX.match(self.line())
        if found:
            self._open(len(found[1] or found[3]), found[2] or "", self.number())
            self.at += 1
            return True
        under = SETEXT.match(self.line(1)) if self.line(1) else None
        text = self.line()
        if not under or len(text) > 120 or BULLET.match(text) or "|" in text or SETEXT.match(text) or RULE.match(text):
            return False
        self._open(1 if under[1][0] == "=" else 2, text, self.number())
        self.at += 2
        return True

    def _pseudo_heading(self) -> bool:
        """`**Term**` alone between empty lines; notes use it for a heading below the others."""
        found = PSEUDO.match(self.line())
        before = self.source[self.at - 1].strip() if self.at else ""
        if not found or (before and not before.startswith("#")):
            return False
        self._open(7, found[2], self.number())
        self.at += 1
        return True

    def _open(self, level: int, text: str, number: int) -> None:
        name = without_code_marks(plain(text)).strip(" :")
        if not name:
            if level < 7:
                self.warnings.append(NoteWarning(number, "this heading has no text"))
            return
        self._close()
        while self.levels and self.levels[-1][0] >= level:
            self.levels.pop()
        self.levels.append((level, name[:200]))
        self.start = number
        if not self.title:
            self.title = name[:200]
        path = tuple(name for _, name in self.levels)
        if path in self.seen_paths and len(self.warnings) < MOST_WARNINGS:
            self.warnings.append(NoteWarning(number, f"the heading {name[:80]!r} stands here a second time"))
        self.seen_paths.add(path)

    def _close(self) -> None:
        self.sections.append(Section(tuple(name for _, name in self.levels), self.start, tuple(self.blocks)))
        self.blocks = []

    def _fence(self) -> bool:
        opened = FENCE.match(self.line())
        if not opened:
            return False
        first, close = self.number(), re.compile(rf"^[ \t]*{re.escape(opened[1][0])}{{{len(opened[1])},}}[ \t]*$")
        self.at += 1
        lines: list[TextLine] = []
        while self.at < len(self.source) and not close.match(self.source[self.at][:MAX_LINE]):
            lines.append(TextLine(self.number(), self.source[self.at][:MAX_LINE]))
            self.at += 1
        if self.at >= len(self.source):
            self.warnings.append(NoteWarning(first, "this code block is never closed"))
        self.blocks.append(Code(first, self.number(), opened[2].lower(), tuple(lines)))
        self.at += 1
        return True

    def _comment(self) -> bool:
        if not self.line().lstrip().startswith("<!--"):
            return False
        while self.at < len(self.source) and "-->" not in self.source[self.at]:
            self.at += 1
        self.at += 1
        return True

    def _table(self) -> bool:
        if "|" not in self.line() or "|" not in self.line(1) or not DIVIDER.match(self.line(1)):
            return False
        first, header = self.number(), _cells(self.line())
        self.at += 2
        rows: list[Row] = []
        while self.at < len(self.source) and "|" in self.line() and self.line().strip():
            rows.append(Row(self.number(), _cells(self.line())))
            self.at += 1
        self.blocks.append(Table(first, self.number(-1), header, tuple(rows)))
        return True

    def _list(self) -> bool:
        found = BULLET.match(self.line())
        if not found or RULE.match(self.line()):
            return False
        first, ordered = self.number(), bool(found[3])
        rows: list[tuple[int, int, int, str]] = []
        while self.at < len(self.source):
            found = BULLET.match(self.line())
            if found and not RULE.match(self.line()):
                rows.append((len(found[1].expandtabs(4)), self.number(), self.number(), TASK.sub("", found[4])))
            elif self._continues_item(rows[-1][0]):
                indent, start, _, text = rows[-1]
                rows[-1] = (indent, start, self.number(), f"{text} {self.line().strip()}")
            elif self.line().strip() or not self._list_goes_on():
                break
            self.at += 1
        lead, lead_line = self._lead()
        last = rows[-1][2]
        self.blocks.append(ListBlock(first, last, _nested(rows), ordered, lead, lead_line))
        return True

    def _continues_item(self, indent: int) -> bool:
        """A soft-wrapped line of an entry: indented deeper, right below it and no block of its own."""
        line = self.line()
        if not line.strip() or not self.source[self.at - 1].strip() or FENCE.match(line) or ATX.match(line):
            return False
        return len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip()) > indent

    def _list_goes_on(self) -> bool:
        """Whether an empty line stands between two entries."""
        return bool(BULLET.match(self.line(1))) and not RULE.match(self.line(1))

    def _lead(self) -> tuple[str, int]:
        before = self.blocks[-1] if self.blocks else None
        if not isinstance(before, Paragraph):
            return "", 0
        return before.lines[-1].text, before.lines[-1].number

    def _paragraph(self) -> bool:
        first = self.number()
        lines: list[TextLine] = []
        while self.at < len(self.source) and self.line().strip() and (not lines or not self._begins_block()):
            text = plain(QUOTE.sub("", self.line()).strip())
            if text:
                lines.append(TextLine(self.number(), text))
            self.at += 1
        if lines:
            self.blocks.append(Paragraph(first, self.number(-1), tuple(lines)))
        return True

    def _begins_block(self) -> bool:
        line = self.line()
        table = "|" in line and "|" in self.line(1) and DIVIDER.match(self.line(1))
        forms = (ATX, FENCE, BULLET, RULE)
        return bool(table) or line.lstrip().startswith("<!--") or any(form.match(line) for form in forms)


def _cells(line: str) -> tuple[str, ...]:
    text = line.strip().replace("\\|", "\x1f")
    text = text.removeprefix("|").removesuffix("|")
    return tuple(plain(cell).replace("\x1f", "|") for cell in text.split("|")[:30])


def _nested(rows: list[tuple[int, int, int, str]]) -> tuple[ListItem, ...]:
    """Entries with depth and parent from their indents, whatever width each author uses."""
    items: list[ListItem] = []
    open_items: list[tuple[int, int]] = []
    for indent, first, last, text in rows:
        while open_items and open_items[-1][0] >= indent:
            open_items.pop()
        parent = open_items[-1][1] if open_items else None
        depth = min(len(open_items), MAX_DEPTH)
        items.append(ListItem(first, last, plain(text), depth, parent))
        open_items.append((indent, len(items) - 1))
    return tuple(items)
