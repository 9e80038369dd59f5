"""Typing mistakes in the notes' words: repaired where one word only can be meant, doubted otherwise.

The notes themselves are never changed; repaired words go into questions, and the author gets the list.
"""

import gzip
import re
from collections import Counter
from functools import cache
from importlib import resources

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from quizapp.notes.document import Code, ListBlock, Notes, Paragraph, Table

WORD = re.compile(r"(?<![\w./@:$-])[A-Za-z]{4,24}(?![\w/@:']|\.\w|-\w)")
SHORT = re.compile(r"(?<![\w./@:$`-])[a-z]{3}(?![\w/@:'(]|\.\w|-\w)")
SHOUTED = re.compile(r"^[A-Z]{2}[a-z]{3,}$")
LONG = 8
NAME = 6
BEGINNING = 3
PART = 3
OFTEN = 3
TRIES = 3_000
MOST_TIES = 3
CANDIDATES = 12
MOST_WARNINGS = 100
ENDINGS = (
    "s",
    "es",
    "ed",
    "d",
    "ing",
    "ly",
    "er",
    "ers",
    "able",
    "ation",
    "ations",
    "ness",
    "ment",
    "ments",
    "ized",
    "ised",
)
BEGINNINGS = (
    "re",
    "un",
    "non",
    "pre",
    "auto",
    "multi",
    "micro",
    "sub",
    "over",
    "under",
    "inter",
    "self",
    "load",
    "name",
    "work",
)


def _data(name: str) -> bytes:
    return (resources.files("quizapp.lexicon") / "data" / name).read_bytes()


@cache
def dictionary() -> frozenset[str]:
    """Every word that is known to be spelt right, whatever the notes."""
    return frozenset(gzip.decompress(_data("words.txt.gz")).decode().split()) | technical()


@cache
def technical() -> frozenset[str]:
    """Words of the field that no dictionary has, or that mean something of their own in it."""
    return frozenset(_data("technical.txt").decode().split())


Buckets = dict[tuple[str, int], list[str]]


@cache
def _buckets(vocabulary: frozenset[str]) -> Buckets:
    """Words by first letter and length, since a slip hardly ever changes the first letter."""
    found: Buckets = {}
    for word in sorted(dictionary() | vocabulary):
        found.setdefault((word[0], len(word)), []).append(word)
    return found


class Repair:
    """Repairs texts of one file; a word that the author wrote three times is the author's word."""

    def __init__(self, notes: Notes, vocabulary: frozenset[str]) -> None:
        self.known = dictionary() | vocabulary
        self.field = vocabulary | technical()
        self.buckets = _buckets(vocabulary)
        self.counts = Counter(word.casefold() for line in notes.source for word in re.findall(r"[A-Za-z]{3,24}", line))
        self.notes = notes
        self.cache: dict[str, str] = {}
        self.nearest: dict[str, list[tuple[float, str]]] = {}

    def text(self, text: str) -> str:
        """The text with the words repaired that are sure."""
        return WORD.sub(lambda found: self._word(found.group()), text)

    def doubtful(self, text: str) -> list[str]:
        """Words that are neither known nor the author's own."""
        found = (found.group() for pattern in (WORD, SHORT) for found in pattern.finditer(text))
        return [word for word in found if not self.is_known(word)]

    def doubtful_name(self, name: str) -> bool:
        """Whether a word of a name is nearly a known one; a word like no other is a name of its own."""
        return any(self._near(word.casefold()) for word in self.doubtful(name))

    def found(self) -> list[tuple[int, str, tuple[str, ...]]]:
        """Line, word as written and what it may mean, once for each word, for prose only.

        Several meanings are as near as each other: then the word stays as it is, and the author is told all of them.
        """
        seen: dict[str, tuple[int, str, tuple[str, ...]]] = {}
        for number, text in _prose(self.notes):
            for found in WORD.finditer(re.sub(r"`[^`]*`", " ", text)):
                written = found.group()
                if written.casefold() not in seen:
                    meant = self._word(written)
                    meanings = (meant,) if meant != written else self._ties(written)
                    if meanings:
                        seen[written.casefold()] = (number, written, meanings)
        return sorted(seen.values())[:MOST_WARNINGS]

    def _ties(self, word: str) -> tuple[str, ...]:
        """The words at one slip from a word that is not known, when there are several; the likely ones first.

        Likely is a word of the field, then one in which two letters only changed places.
        """
        low = word.casefold()
        if self.is_known(word) or len(self.cache) > TRIES:
            return ()
        one_slip = {meant for distance, meant in self._near(low) if distance <= 1}
        likely = sorted(one_slip, key=lambda meant: (meant not in self.field, sorted(meant) != sorted(low), meant))
        return tuple(likely[:MOST_TIES]) if len(likely) > 1 else ()

    def is_known(self, word: str) -> bool:
        """Known as it is, by its stem, as a name, or by being used again and again."""
        low = word.casefold()
        if SHOUTED.match(word) and low in dictionary() and low not in technical():
            return False  # CLient
        if low in self.known or self.counts[low] >= OFTEN or not word[1:].islower():
            return True
        if word[0].isupper() and len(word) < NAME:
            return True  # Argo, Mira: a short word with a capital is a name
        return _by_stem(low, self.known) or _of_two(low, self.known)

    def _word(self, word: str) -> str:
        low = word.casefold()
        if low not in self.cache:
            self.cache[low] = low if self.is_known(word) else self._meant(low)
        meant = self.cache[low]
        if meant == low:
            return word
        return meant.capitalize() if word[0].isupper() else meant

    def _meant(self, low: str) -> str:
        """The one nearest word; the same word when there is none, or more than one, or too many were tried."""
        if len(self.cache) > TRIES:
            return low
        near = self._near(low)
        if not near or (len(near) > 1 and near[0][0] == near[1][0]):
            return low
        return near[0][1]

    def _near(self, low: str) -> list[tuple[float, str]]:
        """Known words within a slip or two, nearest first; each is searched for once, since the search is dear."""
        if low not in self.nearest:
            self.nearest[low] = self._search(low)
        return self.nearest[low]

    def _search(self, low: str) -> list[tuple[float, str]]:
        reach = 2 if len(low) >= LONG else 1
        near: list[tuple[float, str]] = []
        for size in range(len(low) - reach, len(low) + reach + 1):
            choices = self.buckets.get((low[0], size), [])
            found = extract(low, choices, scorer=OSA.distance, score_cutoff=reach, limit=CANDIDATES)
            near += [(distance, word) for word, distance, _ in found if distance <= 1 or self._may_be(low, word)]
        return sorted(near)

    def _may_be(self, low: str, word: str) -> bool:
        """Two slips at once are likely only in a word of the field, or behind a beginning that was written right."""
        return word in self.field or low[:BEGINNING] == word[:BEGINNING]


def _by_stem(low: str, known: frozenset[str]) -> bool:
    for ending in ENDINGS:
        stem = low.removesuffix(ending)
        if (
            stem != low
            and len(stem) >= 3
            and (stem in known or f"{stem}e" in known or (stem[:-1] in known and stem[-1] == stem[-2]))
        ):
            return True
    return any(low.startswith(start) and low[len(start) :] in known for start in BEGINNINGS)


def _of_two(low: str, known: frozenset[str]) -> bool:
    """Whether a word is two known ones in one (war and ships), which dictionaries often lack."""
    return any(
        low[:place] in known and (low[place:] in known or _by_stem(low[place:], known))
        for place in range(PART, len(low) - PART + 1)
    )


def _prose(notes: Notes) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    for section in notes.sections:
        for block in section.blocks:
            if isinstance(block, Paragraph):
                found += [(line.number, line.text) for line in block.lines]
            elif isinstance(block, ListBlock):
                found += [(item.first, item.text) for item in block.items]
            elif isinstance(block, Table):
                found += [(row.number, " ".join(row.cells)) for row in block.rows]
            else:
                assert isinstance(block, Code)
    return found
