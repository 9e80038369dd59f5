"""Statements found in notes: a term, what is said of it, and the lines that say so. Abstains in doubt."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quizapp.lexicon.words import WORD, is_word
from quizapp.notes.blocks import ListBlock, Notes, Section, TableBlock
from quizapp.notes.inline import plain

GLOSSARY = re.compile(r"(?P<term>[\w*`][^:]{0,60}?)(?::\s+| [-–—] )(?P<says>\S.+)")
NOT_A_TERM = re.compile(
    r"^(?:note|tip|exam tip|todo|example|e\.g|warning|important|hint|step \d+|see|links?)\b", re.IGNORECASE
)
UNFIT_SECTION = re.compile(
    r"\b(?:lab|labs|exercise|exercises|demo|todo|links|setup|install|hands-on|intro|overview)\b", re.IGNORECASE
)
UNFIT_TEXT = re.compile(
    r"\b(?:we|you|our|your|us|i|this|these|it|its|they|them|above|below|etc)\b|\.\.|[?]$", re.IGNORECASE
)
LONGEST = 180


@dataclass(frozen=True, slots=True)
class Fact:
    """`group` names the list or table that the term stands in: its members are of one type."""

    term: str
    says: str
    section: tuple[str, ...]
    first: int
    last: int
    group: str


def find_facts(notes: Notes) -> tuple[Fact, ...]:
    """Facts in the order of the notes; a term that is told twice counts once."""
    found: dict[str, Fact] = {}
    for section in notes.sections:
        if UNFIT_SECTION.search(section.title):
            continue
        for fact in _of(section):
            found.setdefault(fact.term.lower(), fact)
    return tuple(found.values())


def _of(section: Section) -> Iterator[Fact]:
    for place, block in enumerate(section.blocks):
        group = f"{section.line}/{place}"
        if isinstance(block, ListBlock):
            for item in block.items:
                found = GLOSSARY.fullmatch(plain(item.text))
                if found and item.depth == 0 and not item.ordered:
                    yield from _fact(found["term"], found["says"], section, item.first, item.last, group)
        elif isinstance(block, TableBlock) and len(block.header) == 2:
            for line, cells in block.rows:
                if len(cells) == 2:
                    yield from _fact(plain(cells[0]), plain(cells[1]), section, line, line, group)


def _fact(term: str, says: str, section: Section, first: int, last: int, group: str) -> Iterator[Fact]:
    """The fact, unless it is no term, leans on its surroundings, or is misspelt."""
    term, says = term.strip(), says.strip().rstrip(".;")
    words = WORD.findall(says)
    fit = (
        not NOT_A_TERM.match(term)
        and len(term.split()) <= 4
        and 4 <= len(words) <= 30
        and len(says) <= LONGEST
        and not UNFIT_TEXT.search(says)
        and says.count("(") == says.count(")")
        and all(is_word(word) for word in [*words, *WORD.findall(term)])
    )
    if fit:
        yield Fact(term, says, section.path, first, last, group)
