"""Text to sections and blocks. Reads notes as people write them: CommonMark where they keep to it, the obvious
where not.

Line by line and linear in the length of the text; what it does not understand stays a paragraph, never
silently dropped.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from quizapp.notes.blocks import Block, Fence, Line, ListBlock, ListItem, Notes, Paragraph, Section, TableBlock, Warning
from quizapp.notes.inline import plain

HEADING = re.compile(r" {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
FENCE = re.compile(r"\s*(`{3,}|~{3,})\s*([\w+-]*)\s*$")
ITEM = re.compile(r"(\s*)(?:([-*+•–]|--|->|=>|✅|👉)|(\d{1,4})[.)])[\s\u00a0]+(.*)$")
SETEXT = re.compile(r" {0,3}(=+|-+)\s*$")
RULE = re.compile(r" {0,3}([-*_])(?:\s*\1){2,}\s*$")
DIVIDER = re.compile(r"\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$")
FRONT_MATTER_LIMIT = 60
MOST_SECTIONS = 2000


def parse_notes(text: str) -> Notes:
    """Notes with their title (the first heading), sections and what their author should look at."""
    lines = text.split("\n")
    reader = _Reader()
    start = _front_matter(lines)
    for number, line in enumerate(lines[start:], start + 1):
        reader.feed(number, line.replace("\u00a0", " ").expandtabs(4))
    reader.close(len(lines))
    title = next((section.path[0] for section in reader.sections if section.path), "")
    return Notes(title, tuple(reader.sections), tuple(lines), tuple(reader.warnings))


def _front_matter(lines: Sequence[str]) -> int:
    """How many lines at the top are settings between two lines of dashes."""
    if lines[0].strip() != "---":
        return 0
    for number, line in enumerate(lines[1:FRONT_MATTER_LIMIT], 1):
        if line.strip() == "---":
            return number + 1
    return 0


@dataclass(slots=True)
class _Reader:
    """Takes line after line and keeps what is still open: a paragraph, a list, a table, a fence."""

    sections: list[Section] = field(default_factory=list)
    warnings: list[Warning] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)
    heading_line: int = 1
    blocks: list[Block] = field(default_factory=list)
    paragraph: list[Line] = field(default_factory=list)
    items: list[ListItem] = field(default_factory=list)
    lead: Line | None = None
    blank: bool = True
    fence: str = ""
    fence_line: int = 0
    language: str = ""
    code: list[Line] = field(default_factory=list)
    in_comment: bool = False

    def feed(self, number: int, line: str) -> None:
        if self.fence:
            self._code(number, line)
        elif not self._skipped(line) and not self._opened(number, line):
            self._text(number, line)

    def _skipped(self, line: str) -> bool:
        """HTML comments say nothing to a learner."""
        starts = line.lstrip().startswith("<!--")
        if starts or self.in_comment:
            self.in_comment = "-->" not in line
            return True
        return False

    def _opened(self, number: int, line: str) -> bool:
        """Whether the line is structure: blank, fence, heading, rule."""
        if not line.strip():
            self._end_paragraph()
            self.blank = True
            return True
        found = FENCE.match(line)
        if found:
            self._end_all()
            self.fence, self.language, self.fence_line = found[1], found[2].lower(), number
            return True
        found = HEADING.match(line)
        if found and found[2]:
            self._heading(number, len(found[1]), found[2])
            return True
        if SETEXT.match(line) and len(self.paragraph) == 1 and not self.blank:
            title = self.paragraph.pop()
            self._heading(title.number, 1 if "=" in line else 2, title.text)
            return True
        if RULE.match(line):
            self._end_all()
            return True
        return False

    def _text(self, number: int, line: str) -> None:
        text = re.sub(r"^(\s*)>\s?", r"\1", line)
        found = ITEM.match(text)
        if found:
            self._item(number, found)
        elif self.items and not self.blank and text.startswith("  "):
            self._continue(number, text.strip())
        else:
            self._end_list()
            self.paragraph.append(Line(number, text.strip()))
        self.blank = False

    def _item(self, number: int, found: re.Match[str]) -> None:
        if not self.items:
            last = self.paragraph[-1] if self.paragraph else None
            self._end_paragraph()
            self.lead = last or self._last_line()
        indent = len(found[1])
        depths = [item.depth for item in self.items]
        depth = 0 if indent < 2 else min(indent // 2, (depths[-1] + 1) if depths else 0)
        self.items.append(ListItem(found[4].strip(), number, number, depth, found[3] is not None))

    def _continue(self, number: int, text: str) -> None:
        item = self.items.pop()
        self.items.append(ListItem(f"{item.text} {text}", item.first, number, item.depth, item.ordered))

    def _last_line(self) -> Line | None:
        """The paragraph before the list, when it leads in."""
        if self.blocks and isinstance(self.blocks[-1], Paragraph):
            line = self.blocks[-1].lines[-1]
            return line if line.text.rstrip().endswith(":") else None
        return None

    def _code(self, number: int, line: str) -> None:
        if line.strip().startswith(self.fence[:3]) and line.strip().strip(self.fence[0]) == "":
            self._end_fence()
        else:
            self.code.append(Line(number, line.rstrip()))

    def _end_fence(self) -> None:
        self.blocks.append(Fence(self.language, tuple(self.code)))
        self.fence, self.code = "", []

    def _end_paragraph(self) -> None:
        if not self.paragraph:
            return
        table = _table(self.paragraph)
        self.blocks.append(table or Paragraph(tuple(self.paragraph)))
        self.paragraph = []

    def _end_list(self) -> None:
        if self.items:
            self.blocks.append(ListBlock(tuple(self.items), self.lead))
            self.items, self.lead = [], None

    def _end_all(self) -> None:
        self._end_paragraph()
        self._end_list()

    def _heading(self, number: int, level: int, text: str) -> None:
        self._end_section()
        self.headings = [entry for entry in self.headings if entry[0] < level]
        self.headings.append((level, plain(text)))
        self.heading_line = number

    def _end_section(self) -> None:
        self._end_all()
        path = tuple(text for _, text in self.headings)
        if (self.blocks or path) and len(self.sections) < MOST_SECTIONS:
            level = self.headings[-1][0] if self.headings else 0
            self.sections.append(Section(path, level, self.heading_line, tuple(self.blocks)))
        self.blocks = []

    def close(self, last: int) -> None:
        if self.fence:
            self.warnings.append(Warning(self.fence_line, "this code block is never closed; the rest counts as code"))
            self._end_fence()
        self._end_section()
        if len(self.sections) >= MOST_SECTIONS:
            self.warnings.append(Warning(last, f"more than {MOST_SECTIONS} headings; what follows them was not read"))


def _table(lines: Sequence[Line]) -> TableBlock | None:
    """The paragraph as a table, when its second line divides."""
    if len(lines) < 3 or "|" not in lines[0].text or not DIVIDER.match(lines[1].text):
        return None
    header = _cells(lines[0].text)
    rows = tuple((line.number, _cells(line.text)) for line in lines[2:] if "|" in line.text)
    return TableBlock(header, rows)


def _cells(text: str) -> tuple[str, ...]:
    inner = text.strip().strip("|")
    return tuple(cell.strip() for cell in re.split(r"(?<!\\)\|", inner))
