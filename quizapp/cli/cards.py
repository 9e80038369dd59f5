"""`quizapp cards`: cards as files, for Anki and for spreadsheets."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizapp.cli.parts import BAD_INPUT, Failure, Parts, print_json

if TYPE_CHECKING:
    from quizapp.services.context import Context


@click.group()
def command() -> None:
    """Take cards along to Anki or a spreadsheet."""


@command.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--module", metavar="SLUG", help="Only the cards of this module.")
@click.option("--user", metavar="NAME", help="Whose cards; in self-study there is one person only.")
@click.option("--bom", is_flag=True, help="Begin a CSV or TSV with a byte order mark, which Excel needs for UTF-8.")
@click.option("--json", "as_json", is_flag=True, help="Print what was written as JSON.")
@click.pass_obj
def export(parts: Parts, file: Path, module: str | None, user: str | None, bom: bool, as_json: bool) -> None:
    """Write cards to FILE, whose name ends in .apkg (Anki), .csv or .tsv; a file that is there is replaced.

    \b
    Example:
      quizapp cards export cards.apkg
      quizapp cards export cards.csv --module getting-started-with-kubernetes --bom
    """
    from quizapp.services.take_along import take_along
    from quizapp.services.users import person_named

    context = _up_to_date(parts)
    owner = person_named(context, user)
    content, count = take_along(context, owner.id, file.suffix.lower(), module_slug=module, bom=bom)
    try:
        file.write_bytes(content)
    except OSError as error:
        raise Failure(f"{file}: cannot be written: {error.strerror}", BAD_INPUT) from error
    if as_json:
        print_json({"file": str(file), "cards": count, "bytes": len(content)})
    else:
        click.echo(f"{file} holds {count} cards")


def _up_to_date(parts: Parts) -> "Context":
    """The context over a database that knows today's notes."""
    from quizapp.services.maintenance import upgrade_database
    from quizapp.services.sync import sync_modules

    settings = parts.settings()
    upgrade_database(settings)
    context = parts.context(settings)
    sync_modules(context)
    return context
