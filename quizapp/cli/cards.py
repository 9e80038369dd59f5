"""`quizapp cards`: cards as files, for Anki and for spreadsheets."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizapp.cli.parts import BAD_INPUT, Failure, Parts, print_json, up_to_date

if TYPE_CHECKING:
    pass


@click.group()
def command() -> None:
    """Take cards along to Anki or a spreadsheet, or bring a deck."""


@command.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--module", metavar="SLUG", help="Only the cards of this module.")
@click.option("--user", metavar="NAME", help="Whose cards; in self-study there is one person only.")
@click.option("--bom", is_flag=True, help="Begin a CSV or TSV with a byte order mark, which Excel needs for UTF-8.")
@click.option("--no-history", is_flag=True, help="Leave answers and schedule out of a package, to give it away.")
@click.option("--json", "as_json", is_flag=True, help="Print what was written as JSON.")
@click.pass_obj
def export(
    parts: Parts, file: Path, module: str | None, user: str | None, bom: bool, no_history: bool, as_json: bool
) -> None:
    """Write cards to FILE, whose name ends in .apkg (Anki), .csv or .tsv; a file that is there is replaced.

    \b
    Example:
      quizapp cards export cards.apkg
      quizapp cards export cards.csv --module getting-started-with-kubernetes --bom
    """
    from quizapp.services.take_along import take_along
    from quizapp.services.users import person_named

    context = up_to_date(parts)
    owner = person_named(context, user)
    form = file.suffix.lower()
    content, count = take_along(context, owner.id, form, module_slug=module, bom=bom, history=not no_history)
    try:
        file.write_bytes(content)
    except OSError as error:
        raise Failure(f"{file}: cannot be written: {error.strerror}", BAD_INPUT) from error
    if as_json:
        print_json({"file": str(file), "cards": count, "bytes": len(content)})
    else:
        click.echo(f"{file} holds {count} cards")


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--deck", metavar="NAME", help="The deck for new cards; without it the one that the file names.")
@click.option("--user", metavar="NAME", help="Whose deck; in self-study there is one person only.")
@click.option("--json", "as_json", is_flag=True, help="Print the numbers as JSON.")
@click.pass_obj
def bring(parts: Parts, file: Path, deck: str | None, user: str | None, as_json: bool) -> None:
    """Make FILE (.apkg, .colpkg, .csv, .tsv) a deck of your own, with its history; the same file again updates it.

    \b
    Example:
      quizapp cards import networking.apkg
      quizapp cards import words.csv --deck Words
    """
    from dataclasses import asdict

    from quizapp.services.bring_deck import bring_deck
    from quizapp.services.users import person_named

    context = up_to_date(parts)
    owner = person_named(context, user)
    try:
        with file.open("rb") as source:
            done = bring_deck(context, owner.id, source, str(file), name=deck)
    except OSError as error:
        raise Failure(f"{file}: cannot be read: {error.strerror}", BAD_INPUT) from error
    if as_json:
        print_json(asdict(done))
        return
    click.echo(f"cards: {done.new} new, {done.changed} changed, {done.kept} as they were, {done.ours} from your notes")
    click.echo(f"reviews: {done.reviews} new, {done.known} known, {done.aside} that are no answers")
    if done.name:
        click.echo(f"deck: {done.name}")
