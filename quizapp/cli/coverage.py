"""`quizapp coverage`: what the questions of a file of notes leave out."""

from pathlib import Path

import click

from quizapp.cli.parts import print_json, read_notes


@click.command()
@click.argument("notes", metavar="NOTES.md", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def command(notes: Path, as_json: bool) -> None:
    """Print how much of NOTES.md is asked, and why sections have no question.

    \b
    Example:
      quizapp coverage content/kubernetes/getting-started-with-kubernetes.md
    """
    from quizapp.notes.read import module_slug
    from quizapp.questions.coverage import coverage
    from quizapp.questions.generate import generate

    parsed = read_notes(notes)
    found = coverage(parsed, generate(parsed, slug=module_slug(notes.stem)))
    if as_json:
        print_json(found.to_dict())
        return
    for section in found.sections:
        where = " > ".join(section.path) or "(before the first heading)"
        says = section.why or f"{section.tested} of {section.facts} facts, {section.items} questions and cards"
        click.echo(f"{notes}:{section.line}: {where}: {says}")
    for fact in found.untested:
        click.echo(f"{notes}:{fact.first}: not asked: {fact.name}: {fact.says}")
    click.echo(
        f"{found.statements} statements read, {found.facts} facts found among them, {found.tested} of these asked"
    )
