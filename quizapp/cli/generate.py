"""`quizapp generate`: notes in, questions and cards out, without a database."""

import random
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizapp.cli.parts import BAD_INPUT, Failure, print_json, read_notes

if TYPE_CHECKING:
    from quizapp.questions.generate import Generated
    from quizapp.questions.item import Item

FORMATS = ("text", "json", "gift", "moodle-xml", "csv")


@click.command()
@click.argument("notes", metavar="NOTES.md", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON; the same as --format json.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", help="GIFT and Moodle XML hold no cards.")
@click.option("--kinds", default="", metavar="A,B", help="Only these kinds, for example choice,matching.")
@click.option("--min-score", type=click.FloatRange(0, 1), default=0.0, help="Only what scores this or more, 0 to 1.")
@click.option("--seed", type=int, help="Shuffle the items; the same seed gives the same order.")
@click.option("--explain", is_flag=True, help="Also say what was dropped, and by which lint.")
def command(
    notes: Path, as_json: bool, form: str, kinds: str, min_score: float, seed: int | None, explain: bool
) -> None:
    """Print the questions and cards that NOTES.md gives, and what its author should look at.

    \b
    Example:
      quizapp generate content/kubernetes/getting-started-with-kubernetes.md --json
      quizapp generate notes.md --kinds choice,multi --min-score 0.7 --format gift > notes.gift
    """
    from quizapp.notes.read import module_slug
    from quizapp.questions import export
    from quizapp.questions.generate import as_document, generate

    parsed = read_notes(notes)
    slug = module_slug(notes.stem)
    generated = generate(parsed, slug=slug)
    items = _chosen(generated.items, kinds, min_score, seed)
    if as_json or form == "json":
        document = as_document(parsed, generated, slug=slug, path=str(notes))
        document["items"] = [item.to_dict() for item in items]
        if explain:
            document["rejected"] = [
                {"lint": one.lint, "says": one.says, **one.item.to_dict()} for one in generated.rejected
            ]
        print_json(document)
        return
    writers = {"gift": export.as_gift, "moodle-xml": export.as_moodle_xml, "csv": export.as_csv}
    if form in writers:
        click.echo(writers[form](items), nl=False)
    else:
        _print_text(items, generated, explain=explain)
    for warning in generated.warnings:
        click.echo(f"{notes}:{warning.line}: {warning.says}", err=True)


def _chosen(items: Sequence["Item"], kinds: str, least: float, seed: int | None) -> list["Item"]:
    """The items asked for, in the order asked for; raises Failure for a kind that is none."""
    from quizapp.questions.registry import KINDS

    known = {name for _, name in KINDS}
    wanted = {name.strip() for name in kinds.split(",") if name.strip()}
    unknown = sorted(wanted - known)
    if unknown:
        raise Failure(f"--kinds: there is no kind {unknown[0]!r}; there are {', '.join(sorted(known))}", BAD_INPUT)
    chosen = [item for item in items if item.score >= least and (not wanted or item.kind in wanted)]
    if seed is not None:
        random.Random(seed).shuffle(chosen)
    return chosen


def _print_text(items: Sequence["Item"], generated: "Generated", *, explain: bool) -> None:
    from quizapp.questions.export import answer_of

    for item in items:
        where = " > ".join(item.section)
        click.echo(f"{item.use} {item.kind}, lines {item.lines[0]}-{item.lines[1]} ({where})\n  {item.prompt}")
        for line in item.shown.splitlines():
            click.echo(f"    | {line}")
        for option in item.options:
            click.echo(f"    {'*' if option.correct else '-'} {option.text}")
        click.echo("" if item.options else f"    = {answer_of(item)}\n")
    for one in generated.rejected if explain else ():
        click.echo(f"dropped by {one.lint}: {one.says}\n  {one.item.kind}: {one.item.prompt}\n")
    click.echo(f"{len(items)} items; --json prints them whole")
