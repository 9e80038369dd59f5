"""`quizapp lab`: start a lab, check a cluster against it, write one. The verdicts are those of the page."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizapp.cli.parts import FAILED, NOT_OBSERVED, Parts, print_json

if TYPE_CHECKING:
    from quizapp.services.context import Context

NOT_YET = 3

COLOURS = {"passed": "green", "waiting": "yellow", "blocked": "red", "unknown": "magenta"}

context_option = click.option("--context", "context_name", metavar="NAME", help="The kubeconfig context to use.")
allow_option = click.option(
    "--allow-context", metavar="NAME", help="Use this context although it is not minikube; say it by name."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print the verdicts as JSON.")


@click.group()
def command() -> None:
    """Start a lab, check your cluster against it, or write one."""


@command.command()
@click.argument("lab")
@context_option
@allow_option
@json_option
@click.pass_obj
def start(parts: Parts, lab: str, context_name: str | None, allow_context: str | None, as_json: bool) -> None:
    """Make the namespace of LAB in your cluster and note what is there now.

    \b
    Example:
      quizapp lab start first-deployment
    """
    from quizapp.services.labs import start_lab

    context, user = _self_study(parts)
    page = start_lab(context, user, lab, context=context_name, allow_context=allow_context)
    if as_json:
        print_json({"lab": lab, "context": page.context, "namespace": page.namespace})
    else:
        click.echo(f"{page.title}: namespace {page.namespace} in context {page.context}")


@command.command()
@click.argument("lab")
@context_option
@allow_option
@json_option
@click.pass_obj
def check(parts: Parts, lab: str, context_name: str | None, allow_context: str | None, as_json: bool) -> None:
    """Look at your cluster and say which steps of LAB are done, and why the others are not.

    Exit code 0 when every step has passed, 3 when not, 4 when the cluster could not be observed or the context was
    refused.

    \b
    Example:
      quizapp lab check first-deployment --json
    """
    from quizapp.services.labs import verify_lab

    context, user = _self_study(parts)
    verdict = verify_lab(context, user, lab, context=context_name, allow_context=allow_context)
    document = verdict.to_dict()
    if as_json:
        print_json(document)
    else:
        _print_steps(document)
    states = [step["state"] for step in document["steps"]]
    if all(state == "passed" for state in states):
        return
    raise click.exceptions.Exit(NOT_OBSERVED if "unknown" in states else NOT_YET)


@command.command()
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@json_option
@click.pass_obj
def lint(parts: Parts, folder: Path | None, as_json: bool) -> None:
    """Say what is wrong with the labs in DIR, or with the lab in it, and how to mend it. No cluster is asked.

    Exit code 0 when there is nothing to mend, 1 otherwise. Without DIR: the labs that the app serves.

    \b
    Example:
      quizapp lab lint labs/first-deployment
    """
    from quizapp.services.authoring import lint_labs

    settings = parts.settings()
    report = lint_labs(settings, folder or Path(settings.labs_dir))
    if as_json:
        errors = [{"file": error.file, "line": error.line, "says": error.says} for error in report.errors]
        print_json({"labs": report.labs, "errors": errors})
    else:
        for error in report.errors:
            click.echo(error)
        click.echo(f"{_counted(len(report.labs), 'lab')} read, {_counted(len(report.errors), 'thing')} to mend")
    if report.errors:
        raise click.exceptions.Exit(FAILED)


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _self_study(parts: Parts) -> tuple["Context", str]:
    """The context and the one local user; the database is brought up to date on the way."""
    from quizapp.services.maintenance import upgrade_database
    from quizapp.services.users import local_user

    settings = parts.settings()
    upgrade_database(settings)
    context = parts.context(settings)
    return context, local_user(context).id


def _print_steps(document: dict[str, list[dict[str, object]]]) -> None:
    """A line a step, then what is missing and the next command."""
    for step in document["steps"]:
        state = str(step["state"])
        click.echo(f"{click.style(state.ljust(8), fg=COLOURS.get(state))} {step['id']}")
        for finding in _rows(step, "findings"):
            click.echo(f"         {finding['path']}: expected {finding['expected']}, found {finding['actual']}")
        for cause in _rows(step, "diagnosis"):
            click.echo(f"         {cause['text']}")
            if cause["next_command"]:
                click.echo(f"         $ {cause['next_command']}")


def _rows(step: dict[str, object], name: str) -> list[dict[str, object]]:
    rows = step.get(name)
    return rows if isinstance(rows, list) else []
