"""`quizapp restore`: a backup in the place of the database."""

from pathlib import Path

import click

from quizapp.cli.parts import Parts, print_json


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--older", is_flag=True, help="Restore although the database holds newer work.")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
@click.pass_obj
def command(parts: Parts, file: Path, older: bool, as_json: bool) -> None:
    """Put the backup FILE in the place of the database, which is kept beside the other backups.

    \b
    Example:
      quizapp restore monday.db
    """
    from quizapp.services.maintenance import restore

    done = restore(parts.settings(), file, older=older)
    kept = str(done.kept) if done.kept else None
    if as_json:
        print_json({"restored": str(file), "newest": done.newest.isoformat() if done.newest else None, "kept": kept})
        return
    click.echo(
        f"{file} is the database now"
        + (f"; its newest work is of {done.newest:%Y-%m-%d %H:%M} UTC" if done.newest else "")
    )
    if kept:
        click.echo(f"What was there before: {kept}")
