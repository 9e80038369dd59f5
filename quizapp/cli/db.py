"""`quizapp db`: the database's own commands."""

import click

from quizapp.cli.parts import Parts, print_json


@click.group()
def command() -> None:
    """The database: bring it up to date, make card rows again."""


@command.command()
@click.option("--json", "as_json", is_flag=True, help="Print the revision as JSON.")
@click.pass_obj
def upgrade(parts: Parts, as_json: bool) -> None:
    """Bring the database to this version's shape; a SQLite file is copied first.

    \b
    Example:
      quizapp db upgrade
    """
    from quizapp.services.maintenance import upgrade_database

    revision = upgrade_database(parts.settings())
    if as_json:
        print_json({"revision": revision})
    else:
        click.echo(f"The database is at revision {revision}")


@command.command()
@click.option("--json", "as_json", is_flag=True, help="Print the numbers as JSON.")
@click.pass_obj
def rebuild(parts: Parts, as_json: bool) -> None:
    """Make every card row again from the history of answers, which is only ever added to.

    \b
    Example:
      quizapp db rebuild
    """
    from quizapp.services.rebuild import rebuild_cards

    done = rebuild_cards(parts.context(parts.settings()))
    if as_json:
        print_json({"cards": done.cards, "put_right": len(done.wrong)})
    else:
        click.echo(f"{done.cards} cards were replayed, {len(done.wrong)} had to be put right")
