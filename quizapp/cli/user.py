"""`quizapp user`: accounts, which only server mode has."""

import sys

import click

from quizapp.cli.parts import Parts, print_json


@click.group()
def command() -> None:
    """Accounts, for server mode."""


@command.command("create")
@click.argument("name")
@click.option("--role", type=click.Choice(["learner", "instructor", "admin"]), default="learner", show_default=True)
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input instead of asking.")
@click.option("--json", "as_json", is_flag=True, help="Print the account as JSON.")
@click.pass_obj
def create_account(parts: Parts, name: str, role: str, password_stdin: bool, as_json: bool) -> None:
    """Make an account; asks for its password twice.

    \b
    Example:
      quizapp user create ada --role instructor
    """
    from quizapp.services.maintenance import upgrade_database
    from quizapp.services.users import create_user

    if password_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    settings = parts.settings()
    upgrade_database(settings)
    user = create_user(parts.context(settings), name, password, role)
    if as_json:
        print_json({"id": user.id, "name": user.name, "role": user.role})
    else:
        click.echo(f"{user.name} can log in now, as {user.role}")
