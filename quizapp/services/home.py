"""The first page: what waits for this person today. Knows no page."""

from dataclasses import dataclass
from datetime import datetime

from quizapp.services.context import Context
from quizapp.services.labs import LabCard
from quizapp.services.modules import ModuleCard


@dataclass(frozen=True, slots=True)
class AttemptLink:
    """An unfinished quiz: `pos` is the first question without an answer."""

    attempt_id: str
    module_slug: str
    module_title: str
    pos: int
    total: int


@dataclass(frozen=True, slots=True)
class FinishedQuiz:
    """A quiz that was finished."""

    attempt_id: str
    module_slug: str
    module_title: str
    right: int
    total: int
    at: datetime


@dataclass(frozen=True, slots=True)
class HomeView:
    """`due` and `new` are cards that can be reviewed today; `next_review_at` is set when none can be now."""

    due: int
    new: int
    done_today: int
    next_review_at: datetime | None
    resume: AttemptLink | None
    modules: tuple[ModuleCard, ...]
    labs: tuple[LabCard, ...]
    recent: tuple[FinishedQuiz, ...]


def home(ctx: Context, user_id: str) -> HomeView:
    """What is due, what is new, what can be continued."""
    raise NotImplementedError
