"""Questions that the notes ask and answer themselves. Knows the forms they are written in, no kind of item.

A heading that asks with the answer below it, "Q:" and "A:" lines, and a table with questions in its first column.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quizapp.notes.document import Notes, Paragraph, Section, Table
from quizapp.notes.inline import without_code_marks
from quizapp.notes.styles import ANSWER, ASKED, NEAR, SUMMARY
from quizapp.questions.repair import Repair
from quizapp.questions.statement import ASKS, SENTENCE_END, is_closed

NUMBER = re.compile(r"^\s*(?:\d{1,3}[.)]\s+)?")
TELLS = re.compile(
    r"\b(?:i|we|you|your|our|us|my|this|these|above|below|following|etc)\b|https?:|\.\.\.|\u2026", re.IGNORECASE
)
ASKING = re.compile(
    r"^(?:why|how|when|where|who|which|what|can|could|do|does|did|is|are|has|have|should|must|may|will)\b.*\?$",
    re.IGNORECASE,
)
WRONG_FORM = re.compile(
    r"\b(?:does|do|did)\s+(?:\w+\s+){1,3}?(?:uses|has|runs|makes|gets|works|needs|means|does|is|are)\b", re.IGNORECASE
)
LEAST_ASKED, MOST_ASKED, MOST_ANSWER = 5, 18, 36


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, its answer, and the lines from the one to the other."""

    question: str
    answer: str
    section: tuple[str, ...]
    first: int
    last: int


def asked(notes: Notes, repair: Repair) -> Iterator[Asked]:
    """Every one that stands alone; "What is X?" is left to definitions."""
    for section in notes.sections:
        if is_closed(section):
            continue
        for question, answer, first, last in _pairs(notes, section):
            plain = NUMBER.sub("", without_code_marks(question)).strip(" *")
            told = _short(without_code_marks(answer).strip())
            if plain and told and _stands_alone(plain, told) and not repair.doubtful(f"{plain} {told}"):
                yield Asked(repair.text(plain), repair.text(told), section.path, first, last)


def _pairs(notes: Notes, section: Section) -> Iterator[tuple[str, str, int, int]]:
    first = section.blocks[0] if section.blocks else None
    if section.path and section.path[-1].rstrip().endswith("?") and isinstance(first, Paragraph):
        yield section.path[-1], " ".join(line.text for line in first.lines), section.line, first.last
    for block in section.blocks:
        if isinstance(block, Table):
            yield from ((row.cells[0], row.cells[1], row.number, row.number) for row in block.rows if _asks(row.cells))
        elif isinstance(block, Paragraph):
            for line in block.lines:
                question = _line_above(notes, line.number)
                if question:
                    yield question[0], line.text, question[1], line.number


def _asks(cells: tuple[str, ...]) -> bool:
    return len(cells) == 2 and cells[0].rstrip().endswith("?")


def _line_above(notes: Notes, number: int) -> tuple[str, int] | None:
    """The "Q:" line, or the summary that is folded out, of an answer at that line."""
    for above in range(number - 1, max(number - 1 - NEAR, 0), -1):
        line = notes.source[above - 1]
        found = ASKED.match(line) or SUMMARY.match(line)
        if found:
            answers = bool(SUMMARY.match(line)) or bool(ANSWER.match(notes.source[number - 1]))
            return (found[1], above) if answers else None
        if line.strip():
            return None
    return None


def _short(answer: str) -> str:
    """Whole sentences from the beginning, as many as can be read at a glance."""
    told = ""
    for part in SENTENCE_END.split(answer):
        if len(f"{told} {part}".split()) > MOST_ANSWER:
            break
        told = f"{told} {part}".strip()
    return told


def _stands_alone(question: str, answer: str) -> bool:
    if (
        WRONG_FORM.search(question)
        or not ASKING.match(question)
        or ASKS.match(question)
        or TELLS.search(question)
        or TELLS.search(answer)
        or answer.endswith((":", ","))
    ):
        return False
    return LEAST_ASKED <= len(question.split()) <= MOST_ASKED
