"""The first page: what waits for this person today. Knows no page."""

from dataclasses import asdict, dataclass
from datetime import datetime

from quizapp.services.context import Context
from quizapp.services.desk import sit_down
from quizapp.services.labs import LabCard, labs_index
from quizapp.services.modules import ModuleCard, module_cards
from quizapp.services.review import lay_out
from quizapp.storage import attempts, cards

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
    modules = tuple(module_cards(ctx, user_id))
    with ctx.database.read() as session:
        desk = sit_down(session, user_id, ctx.now)
        table = lay_out(session, desk)
        later = cards.next_due_at(session, desk.deck) if table.next is None else None
        resume = attempts.unfinished(session, user_id)
        recent = attempts.finished(session, user_id, RECENT)
    return HomeView(
        due=table.due,
        new=table.new,
        done_today=table.done,
        next_review_at=later,
        resume=AttemptLink(**asdict(resume)) if resume else None,
        modules=modules,
        labs=tuple(labs_index(ctx, user_id)),
        recent=tuple(FinishedQuiz(**asdict(quiz)) for quiz in recent),
    )
