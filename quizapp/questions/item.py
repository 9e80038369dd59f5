"""Anything that can be asked: a question or a card, with the lines of the notes that answer it. Knows no kind."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Use = Literal["quiz", "card"]
COMMON = ("id", "use", "kind", "section", "lines", "source", "fact", "score")


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose; `feedback` says what it is."""

    id: str
    text: str
    correct: bool
    feedback: str


@dataclass(frozen=True, slots=True)
class Item:
    """`payload` holds what the kind needs: stem and options, pairs, answers, or front and back; `fact` names
    what it tests."""

    id: str
    use: Use
    kind: str
    section: tuple[str, ...]
    lines: tuple[int, int]
    source: str
    fact: str
    score: float
    payload: Mapping[str, Any] = field(default_factory=dict)

    @property
    def options(self) -> tuple[Option, ...]:
        """What there is to choose from; empty for kinds without options."""
        return tuple(Option(**option) for option in self.payload.get("options", ()))

    @property
    def answers(self) -> tuple[str, ...]:
        """What may be typed, the plainest first."""
        return tuple(self.payload.get("answers", ()))

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Left and right sides that belong together."""
        return tuple((left, right) for left, right in self.payload.get("pairs", ()))

    @property
    def back(self) -> str:
        """The other side of a card."""
        return str(self.payload.get("back", ""))

    @property
    def shown(self) -> str:
        """Lines of code that the question is about, as they stand; mostly empty."""
        return str(self.payload.get("shown", ""))

    @property
    def prompt(self) -> str:
        """What is asked, in one line."""
        return str(self.payload.get("stem") or self.payload.get("front") or "")

    @property
    def in_own_words(self) -> bool:
        """Whether the notes alone vouch for it: no claim of the lexicon stands behind it."""
        return self.fact.startswith("notes/")

    def to_dict(self) -> dict[str, Any]:
        """The shape of `quizapp generate --json`."""
        return {
            "id": self.id,
            "use": self.use,
            "kind": self.kind,
            "section": list(self.section),
            "lines": list(self.lines),
            "source": self.source,
            "fact": self.fact,
            "score": self.score,
            **self.payload,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Item":
        """The item again, as `to_dict` wrote it."""
        return cls(
            id=data["id"],
            use=data["use"],
            kind=data["kind"],
            section=tuple(data["section"]),
            lines=(data["lines"][0], data["lines"][1]),
            source=data["source"],
            fact=data["fact"],
            score=data["score"],
            payload={key: value for key, value in data.items() if key not in COMMON},
        )


def normalised(text: str) -> str:
    """Text without what changes no meaning: case, punctuation and spaces."""
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()


def item_id(slug: str, prompt: str) -> str:
    """Module slug and a hash of the normalised stem or front: spelling, case and spaces of no weight change nothing."""
    return f"{slug}-{_hash(prompt, 10)}"


def option_id(text: str) -> str:
    """An id that stays when options change places, and tells nothing of which is right."""
    return _hash(text, 8)


def _hash(text: str, length: int) -> str:
    return hashlib.sha256(normalised(text).encode("utf-8", "surrogatepass")).hexdigest()[:length]
