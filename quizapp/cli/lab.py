"""`quizapp lab`: start a lab, check a cluster against it, write one. The verdicts are those of the page."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizapp.cli.parts import BAD_INPUT, FAILED, NOT_OBSERVED, Failure, Parts, print_json, upgraded

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
    _finish(verdict.to_dict(), as_json=as_json)


@command.command()
@click.argument("lab")
@click.argument("step")
@click.argument("values", metavar="VALUE...", nargs=-1, required=True)
@json_option
@click.pass_obj
def answer(parts: Parts, lab: str, step: str, values: tuple[str, ...], as_json: bool) -> None:
    """Answer what a step of LAB asks, one VALUE a question; then your cluster is looked at as `lab check` does.

    \b
    Example:
      quizapp lab answer pods-and-their-lives address 10.244.0.7
    """
    from quizapp.services.lab_help import store_answer
    from quizapp.services.labs import lab_of, verify_lab

    context, user = _self_study(parts)
    found = lab_of(context, lab)
    questions = next((one.questions for one in found.steps if one.id == step), ())
    if len(values) != len(questions):
        asked = " ".join(question.ask for question in questions) or "it asks nothing"
        raise Failure(f"the step {step} takes {_counted(len(questions), 'answer')}: {asked}", BAD_INPUT)
    for question, value in zip(questions, values, strict=True):
        store_answer(context, user, found, step, question.key, value)
    _finish(verify_lab(context, user, lab).to_dict(), as_json=as_json)


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


@command.command()
@click.argument("name")
@click.option("--dir", "folder", metavar="DIR", type=click.Path(path_type=Path), help="Where labs lie.")
@click.option("--module", metavar="SLUG", help="The module of notes it goes with; the first one unless said.")
@click.pass_obj
def new(parts: Parts, name: str, folder: Path | None, module: str | None) -> None:
    """Begin a lab: write a folder NAME with a lab that can be done, and a TODO wherever you have to say something.

    \b
    Example:
      quizapp lab new rolling-updates --dir labs
    """
    from quizapp.services.authoring import new_lab

    settings = parts.settings()
    folder = folder or Path(settings.labs_dir)
    for path in new_lab(settings, name, folder=folder, module=module):
        click.echo(path)
    click.echo(f"next: quizapp lab lint {folder / name}")


@command.command()
@click.argument("lab")
@click.argument("evidence", metavar="EVIDENCE.json", type=click.Path(path_type=Path))
@json_option
@click.pass_obj
def judge(parts: Parts, lab: str, evidence: Path, as_json: bool) -> None:
    """Judge what a cluster answered once, without a cluster; LAB is a name or a lab's folder.

    The verdicts and exit codes are those of `lab check`. Values of environment variables and of Secrets are not kept,
    so a step that asks for them cannot be judged again.

    \b
    Example:
      quizapp lab judge first-deployment labs/first-deployment/evidence/too-few-replicas.json
    """
    from quizapp.services.authoring import judged_recording

    _finish(judged_recording(parts.settings(), lab, evidence).to_dict(), as_json=as_json)


@command.command()
@click.argument("lab")
@click.option("--output", "-o", metavar="FILE", type=click.Path(path_type=Path), help="Write here, not on the screen.")
@context_option
@allow_option
@click.pass_obj
def record(parts: Parts, lab: str, output: Path | None, context_name: str | None, allow_context: str | None) -> None:
    """Keep what your cluster answers now to the checks of LAB, for `lab judge` or for a report.

    Values of Secrets are hashed, those of environment variables left out; nothing is judged or stored.

    \b
    Example:
      quizapp lab record first-deployment --output answers.json
    """
    from quizapp.services.labs import recorded_lab

    context, user = _self_study(parts)
    text = recorded_lab(context, user, lab, context=context_name, allow_context=allow_context)
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Failure(f"{output}: cannot be written: {error.strerror}", BAD_INPUT) from error
    click.echo(f"{output}: {len(text.encode()) // 1024 + 1} KB; judge it with: quizapp lab judge {lab} {output}")


@command.command("test")
@click.argument("lab")
@context_option
@allow_option
@json_option
@click.pass_obj
def trial(parts: Parts, lab: str, context_name: str | None, allow_context: str | None, as_json: bool) -> None:
    """Go the solution and every near miss of LAB on your cluster, in namespaces of their own that are removed again.

    LAB is a name or a lab's folder. Exit code 0 when every part is as its proof declares, 1 when not, 4 when the
    cluster could not be observed or the context was refused.

    \b
    Example:
      quizapp lab test labs/first-deployment
    """
    from dataclasses import asdict

    from quizapp.labs.trouble import ClusterTrouble
    from quizapp.services.lab_trial import try_lab

    context, _ = _self_study(parts)
    rows = []
    try:
        for tried in try_lab(context, lab, context=context_name, allow_context=allow_context):
            rows.append(asdict(tried))
            if not as_json:
                _print_tried(rows[-1], heading=len(rows) == 1)
    except ClusterTrouble as trouble:
        raise Failure(str(trouble), NOT_OBSERVED) from trouble
    wrong = sum(bool(row["wrong"]) for row in rows)
    if as_json:
        print_json({"lab": lab, "parts": rows})
    else:
        click.echo(f"{_counted(len(rows), 'part')} tried, {wrong} not as declared")
    if wrong:
        raise click.exceptions.Exit(FAILED)


def _print_tried(row: dict[str, object], *, heading: bool) -> None:
    """A line of the table, and what is wrong below it."""
    if heading:
        click.echo("       state    rule  seconds  part")
    word = click.style("WRONG", fg="red") if row["wrong"] else click.style("ok", fg="green") + "   "
    click.echo(f"{word}  {row['state']!s:8} {row['first'] or '-'!s:4} {row['seconds']:8.1f}  {row['part']}")
    if row["wrong"]:
        click.echo(f"       {row['wrong']}")


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _self_study(parts: Parts) -> tuple["Context", str]:
    """The context and the one local user; the database is brought up to date on the way."""
    from quizapp.services.users import local_user

    context = upgraded(parts)
    return context, local_user(context).id


def _finish(document: dict[str, list[dict[str, object]]], *, as_json: bool) -> None:
    """Prints verdicts and ends with the exit code that says them."""
    if as_json:
        print_json(document)
    else:
        _print_steps(document)
    states = [step["state"] for step in document["steps"]]
    if any(state != "passed" for state in states):
        raise click.exceptions.Exit(NOT_OBSERVED if "unknown" in states else NOT_YET)


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
