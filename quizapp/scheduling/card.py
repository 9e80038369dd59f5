"""What is remembered of one card, and how somebody's cards are scheduled. Plain data; knows no formula."""

import dataclasses
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

from quizapp.scheduling.studyday import Place

State = Literal["new", "learning", "review", "relearning"]

AGAIN, HARD, GOOD, EASY = RATINGS = (1, 2, 3, 4)
INSTANTS = ("due_at", "last_review_at", "suspended_at", "leech_at")
DAYS = ("due_day", "last_study_day", "introduced_day", "buried_until_day")
NAMES = {AGAIN: "Again", HARD: "Hard", GOOD: "Good", EASY: "Easy"}


@dataclass(frozen=True, slots=True)
class CardState:
    """Everything an event can change; the card waits from the instant `due_at` on, in the study day `due_day`.

    It is not shown while it is suspended, nor before the study day until which it is buried.
    """

    state: State = "new"
    step: int | None = None
    stability: float | None = None
    difficulty: float | None = None
    due_at: datetime | None = None
    due_day: date | None = None
    last_review_at: datetime | None = None
    last_study_day: date | None = None
    introduced_day: date | None = None
    reps: int = 0
    lapses: int = 0
    suspended_at: datetime | None = None
    buried_until_day: date | None = None
    leech_at: datetime | None = None

    def to_dict(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return {
            field.name: value.isoformat() if isinstance(value := getattr(self, field.name), date) else value
            for field in dataclasses.fields(self)
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> "CardState":
        """What `to_dict` wrote, exactly; what an older version did not know is empty."""
        instants = {name: _parse(datetime.fromisoformat, data.get(name)) for name in INSTANTS}
        days = {name: _parse(date.fromisoformat, data.get(name)) for name in DAYS}
        return cls(**{**data, **instants, **days})


def _parse(parse: Any, text: str | None) -> Any:
    return None if text is None else parse(text)


NEW = CardState()


@dataclass(frozen=True, slots=True)
class Profile:
    """How cards are scheduled: wanted recall (0 to 1), steps in seconds, longest interval in days, FSRS weights.

    A card that lapsed `leech_lapses` times is a leech (0: none ever is), and suspended if `leech_suspends`.
    """

    algo: str
    retention: float
    learning_steps: tuple[int, ...]
    relearning_steps: tuple[int, ...]
    max_interval: int
    params: tuple[float, ...]
    leech_lapses: int
    leech_suspends: bool


class Moment(NamedTuple):
    """When and where an answer was given."""

    at: datetime
    place: Place
