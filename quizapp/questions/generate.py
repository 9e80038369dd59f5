"""Notes to items: statements, facts, every kind, lints, order. Deterministic: same notes, same bytes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from quizapp.lexicon.load import lexicon
from quizapp.lexicon.term import Lexicon
from quizapp.notes.document import Notes, NoteWarning
from quizapp.questions.align import align, find_term
from quizapp.questions.bench import Bench
from quizapp.questions.facts import facts_of
from quizapp.questions.item import Item
from quizapp.questions.lint import Rejected, sift
from quizapp.questions.registry import KINDS, LINTS
from quizapp.questions.statement import statements


GENERATOR = "2"


@dataclass(frozen=True, slots=True)
class Generated:
    """What one file gave; `rejected` are items that a lint stopped, for those who improve the generator."""

    items: tuple[Item, ...]
    warnings: tuple[NoteWarning, ...]
    rejected: tuple[Rejected, ...]


def generate(notes: Notes, *, slug: str) -> Generated:
    """The questions and cards of the notes, in the order of the notes."""
    known = lexicon()
    found = statements(notes)
    facts, warnings = facts_of(notes, found, align(found, known), known)
    bench = Bench(slug, known, _mentioned(found, known))
    sections: dict[tuple[str, ...], list[Any]] = {}
    for fact in facts:
        sections.setdefault(fact.section, []).append(fact)
    drafts = [item for group in sections.values() for kind in KINDS.values() for item in kind.make(group, bench)]
    items, rejected = sift(drafts, LINTS)
    return Generated(tuple(_ordered(items)), (*notes.warnings, *warnings), tuple(rejected))


def _mentioned(found: list[Any], known: Lexicon) -> frozenset[str]:
    terms = (find_term(statement.subject, known, code=statement.code) for statement in found if statement.subject)
    return frozenset(term.id for term in terms if term)


def _ordered(items: list[Item]) -> Iterator[Item]:
    kinds = list(KINDS)
    yield from sorted(items, key=lambda item: (item.lines, kinds.index((item.use, item.kind)), item.id))


def as_document(notes: Notes, generated: Generated, *, slug: str, path: str) -> dict[str, Any]:
    """What `quizapp generate --json` prints."""
    return {
        "module": {"title": notes.title or slug, "path": path},
        "sections": [{"path": list(section.path), "line": section.line} for section in notes.sections],
        "items": [item.to_dict() for item in generated.items],
        "warnings": [{"line": warning.line, "says": warning.says} for warning in generated.warnings],
    }
