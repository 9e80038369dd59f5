"""Facts to items, in the order of the notes; the same notes give the same bytes. Never pads."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rapidfuzz.fuzz import token_sort_ratio

from quizapp.lexicon.terms import related
from quizapp.lexicon.words import WORD
from quizapp.notes.blocks import Notes, Warning
from quizapp.notes.facts import Fact, find_facts
from quizapp.questions.item import Item, Use, item_id

GENERATOR = "1"
ALSO_TRUE = 60
OPTIONS = 4


@dataclass(frozen=True, slots=True)
class Generated:
    """What came out, and what the author should look at."""

    items: tuple[Item, ...]
    warnings: tuple[Warning, ...]


def generate(notes: Notes, *, slug: str) -> Generated:
    """Cards for every fact; a question where two wrong options of the same list or table are safe."""
    facts = find_facts(notes)
    items: dict[str, Item] = {}
    for fact in facts:
        for item in _items(notes, fact, facts, slug):
            items.setdefault(item.id, item)
    return Generated(tuple(items.values()), notes.warnings)


def as_document(notes: Notes, generated: Generated, *, slug: str, path: str) -> dict[str, Any]:
    """The JSON of `quizapp generate`."""
    return {
        "module": {"title": notes.title or slug, "path": path},
        "sections": [{"path": list(section.path), "line": section.line} for section in notes.sections],
        "items": [item.to_dict() for item in generated.items],
        "warnings": [{"line": warning.line, "says": warning.says} for warning in generated.warnings],
    }


def _items(notes: Notes, fact: Fact, facts: tuple[Fact, ...], slug: str) -> Iterator[Item]:
    if _leaks(fact.term, fact.says):
        return
    says = fact.says[0].upper() + fact.says[1:]
    back = {"front": f"What do the notes say about {fact.term}?", "back": says}
    yield _item(notes, fact, slug, "card", "meaning", back)
    yield _item(
        notes, fact, slug, "card", "term", {"front": f"Which term is described so: “{says}”?", "back": fact.term}
    )
    wrong = _distractors(fact, facts)
    if len(wrong) >= 2:
        stem = f"Which of these do the notes describe as “{fact.says}”?"
        yield _item(notes, fact, slug, "quiz", "choice", {"stem": stem, "options": _options(fact, wrong)})


def _distractors(fact: Fact, facts: tuple[Fact, ...]) -> list[Fact]:
    """Members of the same list or table whose own description differs plainly from the key's."""
    return [
        other
        for other in facts
        if other.group == fact.group
        and other is not fact
        and not related(fact.term, other.term)
        and token_sort_ratio(fact.says, other.says) < ALSO_TRUE
        and not _leaks(other.term, fact.says)
    ][: OPTIONS - 1]


def _options(fact: Fact, wrong: list[Fact]) -> list[Mapping[str, Any]]:
    rows = [(fact.term, True, f"Right: {fact.term}: {fact.says}.")]
    rows += [(other.term, False, f"The notes say of {other.term}: {other.says}.") for other in wrong]
    made = [{"id": _short(text), "text": text, "correct": correct, "feedback": says} for text, correct, says in rows]
    return sorted(made, key=lambda option: str(option["id"]))


def _leaks(term: str, text: str) -> bool:
    """Whether the text gives the term away: a long word of it, or its first five letters, stands there."""
    stems = {word.lower()[:5] for word in WORD.findall(text) if len(word) > 3}
    return any(word.lower()[:5] in stems for word in WORD.findall(term) if len(word) > 3)


def _short(text: str) -> str:
    return hashlib.sha256(text.casefold().encode()).hexdigest()[:8]


def _item(notes: Notes, fact: Fact, slug: str, use: Use, kind: str, payload: Mapping[str, Any]) -> Item:
    prompt = str(payload.get("stem") or payload.get("front"))
    name = f"{slug}/{_short(fact.term)}"
    source = notes.quote(fact.first, fact.last)
    return Item(item_id(slug, prompt), use, kind, fact.section, (fact.first, fact.last), source, name, 1.0, payload)
