"""`quizapp backup`: a copy of everything in one file."""

from pathlib import Path

import click

from quizapp.cli.parts import Parts, print_json


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print the file and its size as JSON.")
@click.pass_obj
def command(parts: Parts, file: Path, as_json: bool) -> None:
    """Copy the database into FILE, also while the app runs; overwrites nothing.

    \b
    Example:
      quizapp backup monday.db
    """
    from quizapp.services.maintenance import back_up

    back_up(parts.settings(), file)
    size = file.stat().st_size
    if as_json:
        print_json({"file": str(file), "bytes": size})
    else:
        click.echo(f"{file} holds everything, {size / 1e6:.1f} MB")
