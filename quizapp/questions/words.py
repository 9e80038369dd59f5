"""Words of a text as alignment and lints compare them. Knows no lexicon and no item."""

import re
from collections.abc import Sequence
from functools import lru_cache

WORD = re.compile(r"n't|[a-z0-9]+")
NEGATED = re.compile(r"n[\u2019']?t\b")
NEGATIVE_WORDS = "do|does|did|is|are|was|were|ca|can|wo|would|should|could|has|have|must"
GLUED = re.compile(rf"\b({NEGATIVE_WORDS})n[\u2019']?t\b")
SMALL = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "to",
        "in",
        "on",
        "for",
        "and",
        "or",
        "with",
        "that",
        "which",
        "who",
        "this",
        "these",
        "those",
        "it",
        "its",
        "is",
        "are",
        "be",
        "was",
        "by",
        "at",
        "as",
        "from",
        "into",
        "than",
        "so",
        "if",
        "then",
        "them",
        "they",
        "their",
        "there",
        "can",
        "will",
        "may",
        "might",
        "has",
        "have",
        "had",
        "do",
        "does",
        "not",
        "no",
        "one",
        "own",
        "each",
        "all",
        "any",
        "other",
    ]
)


WHOLE = frozenset(["with", "than", "that", "this", "them", "they", "from", "into", "each", "when"])  # with, not without


def words(text: str) -> list[str]:
    """Lower-case words; dashes and slashes part them, "don't" gives "do" and "n't"."""
    return WORD.findall(GLUED.sub(r"\1 n't", text.casefold()))


def content_words(text: str) -> list[str]:
    """The words that carry meaning."""
    return [word for word in words(text) if word not in SMALL]


def line_of(found: Sequence[str]) -> str:
    """Words as one line in which `has_phrase` looks; made once for many phrases."""
    return f" {' '.join(found)} "


def has_phrase(line: str, phrase: tuple[str, ...]) -> bool:
    """Whether the words of a phrase follow each other in a `line_of` words; each may go on ("run" finds "running").

    Short words are compared whole, or with a plural s, so that "ip" does not find "ipsum".
    """
    head, pattern = _pattern(phrase)
    return head in line and pattern.search(line) is not None


def meets(line: str, group: Sequence[tuple[str, ...]]) -> bool:
    """Whether one of the phrases of a group stands in the line."""
    return any(has_phrase(line, choice) for choice in group)


def meets_all(line: str, groups: Sequence[Sequence[tuple[str, ...]]]) -> bool:
    """Whether each group is met, as the words that a claim asks for have to be."""
    return all(meets(line, group) for group in groups)


def places_of(line: str, phrase: tuple[str, ...]) -> list[int]:
    """Where in a `line_of` words the phrase begins."""
    return [found.start() for found in _pattern(phrase)[1].finditer(line)]


@lru_cache(maxsize=8192)
def _pattern(phrase: tuple[str, ...]) -> tuple[str, re.Pattern[str]]:
    """What a line must have for the phrase to be in it at all, which is quick to see, and the phrase itself."""
    parts = [re.escape(part) + ("s?" if _whole(part) else r"\S*") for part in phrase]
    return f" {phrase[0]}", re.compile(f" {' '.join(parts)}(?= )")


def _whole(part: str) -> bool:
    return (len(part) <= 3 and part not in ("run", "pod")) or part in WHOLE
