"""What moves between programs: notes of a note type, the cards they give, and the reviews of each. Plain data."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

LONGEST_GUID = 200


@dataclass(frozen=True, slots=True)
class Template:
    """How a note type makes one card: two texts with fields in double braces."""

    name: str
    front: str
    back: str


@dataclass(frozen=True, slots=True)
class NoteType:
    """A form of notes; `id` is Anki's number for it, `cloze` says that gaps make the cards, not templates."""

    id: int
    name: str
    fields: tuple[str, ...]
    templates: tuple[Template, ...]
    css: str = ""
    cloze: bool = False

    def to_dict(self) -> dict[str, Any]:
        """As JSON can hold it."""
        templates = [[one.name, one.front, one.back] for one in self.templates]
        return {
            "id": self.id,
            "name": self.name,
            "fields": list(self.fields),
            "templates": templates,
            "css": self.css,
            "cloze": self.cloze,
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> "NoteType":
        """What `to_dict` wrote, exactly."""
        templates = tuple(Template(*one) for one in data["templates"])
        return cls(data["id"], data["name"], tuple(data["fields"]), templates, data["css"], data["cloze"])


@dataclass(frozen=True, slots=True)
class Review:
    """One line of a review log, in Anki's words.

    `id` is the instant in milliseconds since 1970, `ease` the button from 1 to 4 (0: no answer, the card was moved by
    hand), `interval` days when positive and seconds when negative, `took_ms` the time it took, `kind` 0 learning,
    1 review, 2 relearning, 3 out of turn, 4 and 5 moved by hand.
    """

    id: int
    ease: int
    interval: int
    last_interval: int
    factor: int
    took_ms: int
    kind: int

    @property
    def is_answer(self) -> bool:
        """Whether it tells the schedule something; a look out of turn that moved nothing does not."""
        return 1 <= self.ease <= 4 and not (self.kind == 3 and self.factor == 0)

    def row(self) -> list[int]:
        """As JSON can hold it; `Review(*row)` is the review again."""
        return [self.id, self.ease, self.interval, self.last_interval, self.factor, self.took_ms, self.kind]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a card stands with its learner; `state` is learning, review or relearning, `interval` days.

    A review is due `due_in` days from the day of the file (negative: it is late), a learning step at `due_at`.
    """

    state: str
    last_at: datetime
    due_at: datetime
    due_in: int
    interval: int
    reps: int
    lapses: int
    stability: float
    difficulty: float


@dataclass(frozen=True, slots=True)
class BundleCard:
    """One card of a note: its template or gap (from 0), and its deck, of which `::` parts the levels."""

    ord: int
    deck: str
    suspended: bool = False
    reviews: tuple[Review, ...] = ()
    standing: Standing | None = None


@dataclass(frozen=True, slots=True)
class BundleNote:
    """A note; `guid` is the name by which an import finds it again, `type_id` the id of its note type."""

    guid: str
    type_id: int
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    cards: tuple[BundleCard, ...]


@dataclass(frozen=True, slots=True)
class Bundle:
    """Everything that one file holds."""

    note_types: dict[int, NoteType] = field(default_factory=dict)
    notes: tuple[BundleNote, ...] = ()

    @property
    def cards(self) -> int:
        """How many cards there are."""
        return sum(len(note.cards) for note in self.notes)


def clean(value: object) -> str:
    """Text without what no database of ours can keep: zero bytes, and halves of characters."""
    return str(value).encode(errors="replace").decode().replace("\0", "")


def short_guid(guid: str) -> str:
    """The name of a note, where it is too long for an index a name for that."""
    return guid if len(guid) <= LONGEST_GUID else f"sha256:{hashlib.sha256(guid.encode()).hexdigest()}"
