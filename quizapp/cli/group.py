"""The root of all commands: finds a command's file when it is asked for, and turns every error into one sentence."""

from importlib import import_module
from typing import Any

import click

from quizapp import __version__
from quizapp.cli.parts import BAD_INPUT, FAILED, NOT_OBSERVED, Failure
from quizapp.settings import wants_tracebacks

COMMANDS = {
    "serve": "Start the app for this machine's browser.",
    "serve-cohort": "Serve a cohort: several workers on PostgreSQL (Linux).",
    "generate": "Show the questions and cards that notes give.",
    "curate": "Take decisions about questions and cards out of the database, or in.",
    "sync": "Bring questions and cards in line with the notes, or show what would change.",
    "cards": "Take cards along to Anki or a spreadsheet, or bring a deck.",
    "coverage": "Show what the questions of notes leave out.",
    "lab": "Start a lab, check your cluster against it, or write one.",
    "user": "Accounts, for server mode, and the data of one person.",
    "db": "The database: bring it up to date, make card rows again.",
    "backup": "Copy everything into one file.",
    "restore": "Put a backup in the place of the database.",
    "doctor": "Say in plain words what works here.",
}


class Root(click.Group):
    """`quizapp`; a command's module, named like it, is imported only when that command runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  (click's signature)
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"quizapp.cli.{cmd_name.replace('-', '_')}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command; what it refuses becomes an exit code and a sentence, never a traceback."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise  # click ends quietly when who reads has seen enough (| head)
        except Exception as error:
            if wants_tracebacks():
                raise
            raise _explained(error) from error


def _explained(error: Exception) -> Failure:
    """Known refusals in their own words; anything else is a bug of ours and says how to see more of it."""
    from quizapp.labs.trouble import ClusterTrouble, ContextRefused
    from quizapp.notes.errors import AuthorError
    from quizapp.services.errors import BadInput, NoRoom, NotFound, NothingToAsk
    from quizapp.services.lab_help import TooManyAnswers
    from quizapp.services.maintenance import DatabaseDown, ForeignDatabase
    from quizapp.settings import SettingsError

    if isinstance(error, SettingsError | AuthorError | BadInput):
        return Failure(str(error), BAD_INPUT)
    if isinstance(error, ContextRefused):
        return Failure(str(error), NOT_OBSERVED)
    known = NotFound | NothingToAsk | NoRoom | TooManyAnswers | ClusterTrouble | DatabaseDown | ForeignDatabase
    if isinstance(error, known):
        return Failure(str(error), FAILED)
    name = type(error).__name__
    return Failure(f"{name}: {error} (this is a bug; QUIZAPP_DEBUG=1 shows where it happened)", FAILED)


@click.group(cls=Root, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="quizapp")
def root() -> None:
    """Learn Kubernetes by doing: quizzes and cards from notes, labs checked on your own cluster.

    \b
    Example:
      quizapp serve
      quizapp lab check first-deployment
    """
