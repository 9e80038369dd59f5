"""The first page: what waits for this person today. Knows no page."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from quizapp.services.context import Context
from quizapp.services.desk import Desk, sit_down
from quizapp.services.labs import LabCard, labs_index
from quizapp.services.modules import ModuleCard, module_cards
from quizapp.services.review import Table, lay_out
from quizapp.storage import attempts, cards
from quizapp.storage.database import Session

RECENT = 5


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
    """`due` and `new` are cards that can be reviewed today; `next_review_at` is set when none can be now.

    `held_back` reviews are due beyond what the person wants on one day.
    """

    due: int
    new: int
    held_back: int
    done_today: int
    next_review_at: datetime | None
    resume: AttemptLink | None
    modules: tuple[ModuleCard, ...]
    labs: tuple[LabCard, ...]
    recent: tuple[FinishedQuiz, ...]


def home(ctx: Context, user_id: str) -> HomeView:
    """What is due, what is new, what can be continued."""
    modules = tuple(module_cards(ctx, user_id))
    with ctx.database.read() as session:
        desk = sit_down(session, user_id, ctx.now)
        table = lay_out(ctx, session, desk, whole=True)
        later = _next_review(session, desk, table) if table.next is None else None
        resume = attempts.unfinished(session, user_id)
        recent = attempts.finished(session, user_id, RECENT)
    return HomeView(
        due=table.due,
        new=table.new,
        held_back=table.held_back,
        done_today=table.done,
        next_review_at=later,
        resume=AttemptLink(**asdict(resume)) if resume else None,
        modules=modules,
        labs=tuple(labs_index(ctx, user_id)),
        recent=tuple(FinishedQuiz(**asdict(quiz)) for quiz in recent),
    )


def _next_review(session: Session, desk: Desk, table: Table) -> datetime | None:
    """When the next card comes, if none can be shown now: what is due and waits comes tomorrow."""
    later = cards.next_due_at(session, desk.deck)
    if not table.later:
        return later
    tomorrow = desk.moment.place.day_start(desk.deck.today + timedelta(days=1))
    return min(later, tomorrow) if later else tomorrow
