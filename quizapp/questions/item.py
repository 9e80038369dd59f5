"""Anything that can be asked: a question or a card, with the lines of the notes that answer it. Knows no kind."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Use = Literal["quiz", "card"]
COMMON = ("id", "use", "kind", "section", "lines", "source", "fact", "score")


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
    def prompt(self) -> str:
        """What is asked, in one line."""
        return str(self.payload.get("stem") or self.payload.get("front") or "")

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


def item_id(slug: str, prompt: str) -> str:
    """Module slug and a hash of the normalised stem or front: spelling, case and spaces of no weight change nothing."""
    normal = re.sub(r"[\W_]+", " ", prompt.casefold()).strip()
    return f"{slug}-{hashlib.sha256(normal.encode()).hexdigest()[:10]}"
