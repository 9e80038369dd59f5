"""`quizapp user`: accounts, which only server mode has, and the data of one person, which everybody has."""

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizapp.cli.parts import BAD_INPUT, Failure, Parts, print_json, upgraded

if TYPE_CHECKING:
    from quizapp.settings import Settings


@click.group()
def command() -> None:
    """Accounts, for server mode, and the data of one person."""


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
    from quizapp.services.users import create_user

    if password_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    user = create_user(upgraded(parts), name, password, role)
    if as_json:
        print_json({"id": user.id, "name": user.name, "role": user.role})
    else:
        click.echo(f"{user.name} can log in now, as {user.role}")


@command.command("reset")
@click.argument("name")
@click.option("--hours", type=int, default=24, show_default=True, help="How long the link holds.")
@click.option("--json", "as_json", is_flag=True, help="Print the link as JSON.")
@click.pass_obj
def reset_password(parts: Parts, name: str, hours: int, as_json: bool) -> None:
    """Print a link by which NAME chooses a password, once. The old one holds until then.

    \b
    Example:
      quizapp user reset ada --hours 2
    """
    from quizapp.services.logins import issue_link

    settings = _server_settings(parts)
    token, until = issue_link(parts.context(settings), name, hours)
    link = f"https://{settings.trusted_hosts[0]}/password/{token}"
    if as_json:
        print_json({"link": link, "until": until.isoformat()})
    else:
        click.echo(f"Whoever has this link chooses the password of {name}, once, until {until:%Y-%m-%d %H:%M} UTC:")
        click.echo(link)


@command.command("disable")
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print the account as JSON.")
@click.pass_obj
def disable_account(parts: Parts, name: str, as_json: bool) -> None:
    """Shut the account of NAME: every login ends at once; what they did stays.

    \b
    Example:
      quizapp user disable ada
    """
    from quizapp.services.logins import disable

    found = disable(parts.context(_server_settings(parts)), name)
    if as_json:
        print_json({"name": found.name, "disabled": True})
    else:
        click.echo(f"{found.name} is logged out everywhere and cannot log in any more")


@command.command("enable")
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print the account as JSON.")
@click.pass_obj
def enable_account(parts: Parts, name: str, as_json: bool) -> None:
    """Open the account of NAME again, with the password that it had.

    \b
    Example:
      quizapp user enable ada
    """
    from quizapp.services.logins import enable

    found = enable(parts.context(_server_settings(parts)), name)
    if as_json:
        print_json({"name": found.name, "disabled": False})
    else:
        click.echo(f"{found.name} can log in again")


def _server_settings(parts: Parts) -> "Settings":
    settings = parts.settings()
    if settings.mode != "server":
        raise Failure("QUIZAPP_MODE: is 'self-study', which has no accounts; they need QUIZAPP_MODE=server", BAD_INPUT)
    return settings


@command.command("export")
@click.argument("name")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print the file and its size as JSON.")
@click.pass_obj
def export_data(parts: Parts, name: str, file: Path, as_json: bool) -> None:
    """Write everything that is kept about a person into FILE, as JSON; overwrites nothing.

    The person of self-study is called You.

    \b
    Example:
      quizapp user export ada ada.json
    """
    from quizapp.services.own_data import find_person, own_data

    ctx = parts.context(parts.settings())
    text = json.dumps(own_data(ctx, find_person(ctx, name)), indent=2, ensure_ascii=False) + "\n"
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as target:
            target.write(text)
    except FileExistsError as error:
        raise Failure(
            f"{file}: is there already, and an export overwrites nothing; choose another name", BAD_INPUT
        ) from error
    except OSError as error:
        raise Failure(f"{file}: cannot be written: {error.strerror}", BAD_INPUT) from error
    size = file.stat().st_size
    if as_json:
        print_json({"file": str(file), "bytes": size})
    else:
        click.echo(f"{file} holds everything about {name}, {size / 1e6:.1f} MB")
