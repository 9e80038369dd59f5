"""What the items of one file leave out: facts that nothing tests, sections without a question, and why."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from quizapp.notes.document import Code, ListBlock, Notes, Paragraph, Section, Table
from quizapp.questions.fact import Fact
from quizapp.questions.generate import Generated
from quizapp.questions.item import Item
from quizapp.questions.statement import is_closed, statements

FEW_WORDS = 25


@dataclass(frozen=True, slots=True)
class SectionCoverage:
    """One section: its statements, the facts among them, how many are tested, and why it has no question."""

    path: tuple[str, ...]
    line: int
    words: int
    statements: int
    facts: int
    tested: int
    items: int
    why: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """A whole file; `untested` are the facts that no question and no card asks for."""

    sections: tuple[SectionCoverage, ...]
    untested: tuple[Fact, ...]

    @property
    def statements(self) -> int:
        """How many statements were read."""
        return sum(section.statements for section in self.sections)

    @property
    def facts(self) -> int:
        """How many facts were found."""
        return sum(section.facts for section in self.sections)

    @property
    def tested(self) -> int:
        """How many of them are tested."""
        return sum(section.tested for section in self.sections)

    def to_dict(self) -> dict[str, Any]:
        """For --json."""
        return {
            "statements": self.statements,
            "facts": self.facts,
            "tested": self.tested,
            "sections": [
                {
                    "path": list(section.path),
                    "line": section.line,
                    "words": section.words,
                    "statements": section.statements,
                    "facts": section.facts,
                    "tested": section.tested,
                    "items": section.items,
                    "why": section.why,
                }
                for section in self.sections
            ],
            "untested": [
                {"name": fact.name, "says": fact.says, "lines": [fact.first, fact.last]} for fact in self.untested
            ],
        }


def coverage(notes: Notes, generated: Generated) -> Coverage:
    """How much of the notes is asked."""
    tested = {id(fact) for fact in generated.facts if any(_tests(item, fact) for item in generated.items)}
    said = Counter(section for section, _ in {(one.section, one.first) for one in statements(notes)})
    rejected = Counter((one.item.section, one.lint) for one in generated.rejected)
    found: list[SectionCoverage] = []
    for section in notes.sections:
        own = [fact for fact in generated.facts if fact.section == section.path]
        items = sum(item.section == section.path for item in generated.items)
        lints = {lint: count for (path, lint), count in rejected.items() if path == section.path}
        found.append(
            SectionCoverage(
                path=section.path,
                line=section.line,
                words=_words(section),
                statements=said[section.path],
                facts=len(own),
                tested=sum(id(fact) in tested for fact in own),
                items=items,
                why="" if items else _why(section, own, lints),
            )
        )
    return Coverage(tuple(found), tuple(fact for fact in generated.facts if id(fact) not in tested))


def _tests(item: Item, fact: Fact) -> bool:
    """Whether an item asks for a fact: its own, or one of those that a matching item or a card brings together."""
    if item.fact == fact.id:
        return True
    first, last = item.lines
    if item.section != fact.section or not first <= fact.first <= fact.last <= last:
        return False
    if item.kind == "matching":
        return any(left == fact.name for left, _ in item.pairs)
    return item.kind == "term" and fact.says.rstrip(".")[-20:] in item.back


def _words(section: Section) -> int:
    return sum(len(text.split()) for block in section.blocks for text in _texts(block))


def _texts(block: Paragraph | ListBlock | Table | Code) -> list[str]:
    if isinstance(block, ListBlock):
        return [item.text for item in block.items]
    if isinstance(block, Table):
        return [cell for row in block.rows for cell in row.cells]
    return [line.text for line in block.lines]


def _why(section: Section, facts: list[Fact], lints: dict[str, int]) -> str:
    """Why a section has no question, in words for its author."""
    if not section.blocks:
        return "it has a heading and nothing below it"
    if is_closed(section):
        return "its heading says that it holds tasks, links or open ends"
    if lints:
        return "what it gave was dropped: " + ", ".join(f"{lint} ({count})" for lint, count in sorted(lints.items()))
    if facts:
        return "its facts are asked in another section"
    if _words(section) < FEW_WORDS:
        return "it is too short"
    return "nothing in it reads as a definition, and it says nothing that the lexicon can vouch for"
