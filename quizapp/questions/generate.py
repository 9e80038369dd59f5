"""Notes to items: statements, facts, every kind, lints, order. Deterministic: same notes, same bytes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from quizapp.lexicon.load import lexicon
from quizapp.lexicon.term import Lexicon, spelling
from quizapp.notes.document import Notes, NoteWarning
from quizapp.questions.align import align
from quizapp.questions.bench import Bench
from quizapp.questions.fact import Fact
from quizapp.questions.facts import facts_of
from quizapp.questions.item import Item
from quizapp.questions.lint import Rejected, sift
from quizapp.questions.own import own_items
from quizapp.questions.registry import KINDS, LINTS
from quizapp.questions.repair import Repair
from quizapp.questions.statement import statements

GENERATOR = "22"
FORMS = 2
ONE_FACT = ("command", "choice", "cloze", "truefalse", "short")
TURNS = (
    ("command", "choice", "short"),
    ("command", "choice", "truefalse"),
    ("command", "cloze", "choice"),
    ("choice", "truefalse", "cloze"),
    ("command", "short", "truefalse"),
)
LINE = 2_000
PUNCTUATION = re.compile(r"[^\w\s/-]")


@dataclass(frozen=True, slots=True)
class Generated:
    """What one file gave; `rejected` are items that a lint stopped, `facts` all that was found, asked or not."""

    items: tuple[Item, ...]
    warnings: tuple[NoteWarning, ...]
    rejected: tuple[Rejected, ...]
    facts: tuple[Fact, ...]


def generate(notes: Notes, *, slug: str) -> Generated:
    """The questions and cards of the notes, in the order of the notes."""
    known = lexicon()
    repair = Repair(notes, known.words)
    found = statements(notes)
    facts, warnings = facts_of(notes, found, align(found, known, repair), known, repair)
    bench = Bench(slug, known, _mentioned(notes, known))
    sections: dict[tuple[str, ...], list[Fact]] = {}
    for fact in facts:
        sections.setdefault(fact.section, []).append(fact)
    drafts = [
        item
        for group in sections.values()
        for kind in KINDS.values()
        for item in kind.make([fact for fact in group if fact.form in kind.forms], bench)
    ]
    items, rejected = sift(drafts, LINTS)
    items = _few_forms(items, {fact.id: fact.number for fact in facts})
    own = own_items(notes, slug)
    items = [*own.items, *(item for item in items if item.id not in {one.id for one in own.items})]
    said = (*notes.warnings, *own.warnings, *warnings)
    return Generated(tuple(_ordered(items)), said, tuple(rejected), tuple(facts))


def _mentioned(notes: Notes, known: Lexicon) -> frozenset[str]:
    """The terms whose names stand anywhere in the notes."""
    found: set[str] = set()
    for line in notes.source:
        parts = spelling(PUNCTUATION.sub(" ", line[:LINE])).split()
        for size in (1, 2, 3):
            spelt = (" ".join(parts[at : at + size]) for at in range(len(parts) - size + 1))
            found.update(known.names[name] for name in spelt if name in known.names)
    return frozenset(found)


def _few_forms(items: list[Item], numbers: dict[str, int]) -> list[Item]:
    """At most two quiz forms of a fact; which ones changes from fact to fact, so that a quiz has variety."""
    kept: dict[str, list[Item]] = {}
    for item in items:
        if item.use == "quiz" and item.kind in ONE_FACT:
            kept.setdefault(item.fact, []).append(item)
    dropped: set[str] = set()
    for fact, forms in kept.items():
        ranked = sorted(forms, key=partial(_rank, turn=TURNS[numbers[fact] % len(TURNS)]))
        dropped.update(item.id for item in ranked[FORMS:])
    return [item for item in items if item.id not in dropped]


def _rank(item: Item, *, turn: tuple[str, ...]) -> int:
    """The kinds of this fact's turn first, then the others; a gap with choices last, since it is a choice again."""
    if item.kind == "cloze" and item.options and "cloze" not in turn:
        return len(ONE_FACT) + 1
    return turn.index(item.kind) if item.kind in turn else len(turn) + ONE_FACT.index(item.kind)


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
