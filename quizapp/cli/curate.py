"""`quizapp curate`: decisions about questions and cards as a file, out of the database and in."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizapp.cli.parts import BAD_INPUT, FAILED, Failure, Parts, print_json, up_to_date

if TYPE_CHECKING:
    pass


@click.group()
def command() -> None:
    """Take decisions about questions and cards out of the database, or in."""


@command.command()
@click.argument("module")
@click.pass_obj
def export(parts: Parts, module: str) -> None:
    """Print what was decided about MODULE as curation.yaml.

    \b
    Example:
      quizapp curate export getting-started-with-kubernetes > getting-started-with-kubernetes.curation.yaml
    """
    from quizapp.services.curation_files import export_decisions
    from quizapp.services.errors import NotFound

    try:
        _name, text = export_decisions(up_to_date(parts), None, module)
    except NotFound as error:
        raise Failure(f"there is no module {module!r}; a module is named as its file, without .md", FAILED) from error
    click.echo(text, nl=False)


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the numbers as JSON.")
@click.pass_obj
def bring(parts: Parts, file: Path, as_json: bool) -> None:
    """Add the decisions of FILE, all of them or none; what it does not name stays as it is.

    \b
    Example:
      quizapp curate import getting-started-with-kubernetes.curation.yaml
    """
    from quizapp.services.curation_files import BadFile, import_decisions

    try:
        raw = file.read_bytes()
    except OSError as error:
        raise Failure(f"{file}: cannot be read: {error.strerror}", BAD_INPUT) from error
    try:
        done = import_decisions(up_to_date(parts), None, raw, file=str(file))
    except BadFile as error:
        raise Failure(f"nothing was imported\n{error}", BAD_INPUT) from error
    if as_json:
        print_json({"module": done.module, "decisions": done.decisions, "new": done.new, "waiting": done.waiting})
    else:
        click.echo(f"{done.module}: decisions {done.decisions}, new {done.new}, for items not there now {done.waiting}")
