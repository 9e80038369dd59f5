"""The lines a fact cites, with the line above that says whom they are about. Knows notes, no fact and no item.

A description under its heading, the answer to a question and an entry of a list do not name their subject; who reads
the cited lines alone has to see it.
"""

import re
from collections.abc import Iterator, Sequence

from quizapp.notes.document import Notes, Section
from quizapp.questions.words import line_of, words

HEADING = re.compile(r"^\s*#{1,6}\s+(.*?)[\s#]*$")
TAG = re.compile(
    r"</?(?:details|summary|p|li|ul|ol|dl|dt|dd|b|i|strong|em|h[1-6]|div|span|br|td|th|tr|table|code)\b[^<>]*>",
    re.IGNORECASE,
)


def cited(notes: Notes, first: int, last: int, *, names: Sequence[str] = (), fenced: bool = False) -> str:
    """The lines as they were written; above them the nearest line of their section, or heading, with one of `names`.

    Lines of code are quoted as code, since a comment in them would read as a heading; a heading is quoted in bold.
    """
    quoted = notes.quote(first, last)
    wanted = [_squeezed(name) for name in names if name]
    above = None if not wanted or _has(quoted, wanted) else _above(notes, first, wanted)
    block = f"```\n{quoted}\n```" if fenced else quoted
    if above is None:
        return block
    heading = HEADING.match(notes.source[above - 1])
    lead = f"**{heading[1].strip('* ')}**\n" if heading else TAG.sub("", notes.source[above - 1]).strip()
    gap = any(line.strip() for line in notes.source[above : first - 1])
    return "\n".join([lead, "\u2026\n", block] if gap else [lead, block])


def _above(notes: Notes, first: int, wanted: Sequence[str]) -> int | None:
    return next((number for number in _lines_above(notes, first) if _has(notes.source[number - 1], wanted)), None)


def _lines_above(notes: Notes, first: int) -> Iterator[int]:
    """The lines of the section from the nearest upwards, then the headings around it."""
    before = [section for section in notes.sections if section.line <= first]
    if not before:
        return
    own = before[-1]
    yield from range(first - 1, max(own.line, 1) - 1, -1)
    yield from (section.line for section in reversed(before[:-1]) if section.line and _is_around(section, own))


def _is_around(section: Section, own: Section) -> bool:
    return bool(section.path) and section.path == own.path[: len(section.path)] and section.path != own.path


def _has(text: str, wanted: Sequence[str]) -> bool:
    line = _squeezed(text)
    return any(name in line for name in wanted)


def _squeezed(text: str) -> str:
    """Words without plural s, so that "Pods:" has the name "Pod"."""
    return line_of([word if len(word) < 4 or word.endswith("ss") else word.removesuffix("s") for word in words(text)])
