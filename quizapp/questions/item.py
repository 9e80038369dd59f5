"""One question or card as plain data, with the ids that let it survive a new generation. Knows no way to make one."""

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose; `feedback` says what it is."""

    id: str
    text: str
    correct: bool
    feedback: str


@dataclass(frozen=True, slots=True)
class Item:
    """A quiz item (`stem` and options, answers or pairs) or a card (`front`, `back`); unused parts stay empty."""

    id: str
    use: str
    kind: str
    section: tuple[str, ...]
    lines: tuple[int, int]
    source: str
    fact: str
    score: float
    stem: str = ""
    options: tuple[Option, ...] = ()
    answers: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    front: str = ""
    back: str = ""

    @property
    def prompt(self) -> str:
        """What is asked, whatever the use."""
        return self.stem or self.front

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `quizapp generate`; only the parts that this kind has."""
        data: dict[str, Any] = {
            "id": self.id,
            "use": self.use,
            "kind": self.kind,
            "section": list(self.section),
            "lines": list(self.lines),
            "source": self.source,
            "fact": self.fact,
            "score": self.score,
        }
        if self.use == "card":
            return data | {"front": self.front, "back": self.back}
        data["stem"] = self.stem
        if self.options:
            data["options"] = [
                {"id": option.id, "text": option.text, "correct": option.correct, "feedback": option.feedback}
                for option in self.options
            ]
        if self.answers:
            data["answers"] = list(self.answers)
        if self.pairs:
            data["pairs"] = [list(pair) for pair in self.pairs]
        return data

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Item":
        """The item that `to_dict` wrote."""
        first, last = data["lines"]
        return cls(
            id=data["id"],
            use=data["use"],
            kind=data["kind"],
            section=tuple(data["section"]),
            lines=(first, last),
            source=data["source"],
            fact=data["fact"],
            score=data["score"],
            stem=data.get("stem", ""),
            options=tuple(Option(**option) for option in data.get("options", ())),
            answers=tuple(data.get("answers", ())),
            pairs=tuple((left, right) for left, right in data.get("pairs", ())),
            front=data.get("front", ""),
            back=data.get("back", ""),
        )


def normalised(text: str) -> str:
    """Text without what an edit of form changes: case, accents, punctuation at the edges of words, spaces."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.findall(r"[\w+#]+(?:[-./:=][\w+#]+)*|_{3,}", plain)) or plain.strip()


def item_id(slug: str, use: str, kind: str, prompt: str) -> str:
    """Module slug and a hash: the same question keeps its id wherever it moves in the notes."""
    return f"{slug}-{_hash(f'{use} {kind} {normalised(prompt)}', 10)}"


def option_id(text: str) -> str:
    """An id that stays when options are reordered, and tells nothing of which is right."""
    return _hash(normalised(text), 8)


def _hash(text: str, length: int) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]
