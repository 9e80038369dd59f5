"""Words of a text as alignment and lints compare them. Knows no lexicon and no item."""

import re

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


def words(text: str) -> list[str]:
    """Lower-case words; dashes and slashes part them, "don't" gives "do" and "n't"."""
    return WORD.findall(GLUED.sub(r"\1 n't", text.casefold()))


def content_words(text: str) -> list[str]:
    """The words that carry meaning."""
    return [word for word in words(text) if word not in SMALL]


def has_phrase(found: list[str], phrase: tuple[str, ...]) -> bool:
    """Whether the words of a phrase follow each other; each may go on ("run" finds "running").

    Short words are compared whole, or with a plural s, so that "ip" does not find "ipsum".
    """
    size = len(phrase)
    return any(
        all(_begins(word, part) for word, part in zip(found[at : at + size], phrase, strict=True))
        for at in range(len(found) - size + 1)
    )


def _begins(word: str, part: str) -> bool:
    if len(part) <= 3 and part not in ("run", "pod"):
        return word in (part, f"{part}s")
    return word.startswith(part)
