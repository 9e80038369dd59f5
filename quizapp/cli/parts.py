"""What a command is handed by the factory, and how a command fails. Knows no command."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from flask import Flask

    from quizapp.notes.document import Notes
    from quizapp.services.context import Context
    from quizapp.settings import Settings

BAD_INPUT = 2
FAILED = 1
NOT_OBSERVED = 4


@dataclass(frozen=True, slots=True)
class Parts:
    """Makers of what commands need; each is called only by the commands that need it, so that --help stays fast."""

    settings: Callable[[], "Settings"]
    context: Callable[["Settings"], "Context"]
    app: Callable[["Context"], "Flask"]


def upgraded(parts: Parts, settings: "Settings | None" = None) -> "Context":
    """The context over a database that is brought to this version's shape first."""
    from quizapp.services.maintenance import upgrade_database

    settings = settings or parts.settings()
    upgrade_database(settings)
    return parts.context(settings)


def up_to_date(parts: Parts) -> "Context":
    """That context, with the questions and cards that today's notes give."""
    from quizapp.services.sync import sync_modules

    context = upgraded(parts)
    sync_modules(context)
    return context


class Failure(click.ClickException):
    """One clear sentence on stderr and an exit code: 2 for bad input, 1 for anything else unless a command says so."""

    def __init__(self, says: str, code: int = FAILED) -> None:
        super().__init__(says)
        self.exit_code = code  # type: ignore[misc]

    def show(self, file: IO[Any] | None = None) -> None:
        """The sentence alone; click would put "Error:" in front."""
        click.echo(f"quizapp: {self.message}", file=file, err=file is None)


def print_json(data: object) -> None:
    """The same data, the same bytes."""
    click.echo(json.dumps(data, indent=2, ensure_ascii=False))


def read_notes(path: Path) -> "Notes":
    """The notes in a file; a Failure that names it when it cannot be read."""
    from quizapp.notes.parse import parse_notes
    from quizapp.notes.read import decode_notes

    try:
        return parse_notes(decode_notes(path.read_bytes(), file=str(path)))
    except FileNotFoundError as error:
        raise Failure(f"{path}: there is no such file", BAD_INPUT) from error
    except IsADirectoryError as error:
        raise Failure(f"{path}: is a folder; name one file of notes", BAD_INPUT) from error
    except OSError as error:
        raise Failure(f"{path}: cannot be read: {error.strerror}", BAD_INPUT) from error
