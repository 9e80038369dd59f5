"""Whether the app can serve people now, for whoever watches over it. Tells neither addresses nor messages."""

from collections.abc import Callable

from quizapp.services.context import Context
from quizapp.storage import migrate
from quizapp.storage.database import DatabaseTrouble

READY, DOWN, OTHER_REVISION = "ok", "does not answer", "is at another revision than this version"


def database_state(ctx: Context) -> str:
    """READY, or what is wrong with the database."""
    try:
        found = migrate.revision_of(ctx.database)
    except DatabaseTrouble:
        return DOWN
    return READY if found == migrate.newest() else OTHER_REVISION


def watch_database_errors(ctx: Context, told: Callable[[str], None]) -> None:
    """Calls `told` with the class of every error that the database answers with, or that keeps it from answering."""
    ctx.database.on_error(told)
