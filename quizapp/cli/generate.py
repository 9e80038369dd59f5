"""`quizapp generate`: notes in, questions and cards out, without a database."""

from pathlib import Path

import click

from quizapp.cli.parts import BAD_INPUT, Failure, print_json


@click.command()
@click.argument("notes", metavar="NOTES.md", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def command(notes: Path, as_json: bool) -> None:
    """Print the questions and cards that NOTES.md gives, and what its author should look at.

    \b
    Example:
      quizapp generate content/kubernetes/getting-started-with-kubernetes.md --json
    """
    from quizapp.notes.parse import parse_notes
    from quizapp.notes.read import decode_notes, module_slug
    from quizapp.questions.generate import as_document, generate

    parsed = parse_notes(decode_notes(_bytes(notes), file=str(notes)))
    slug = module_slug(notes.stem)
    generated = generate(parsed, slug=slug)
    if as_json:
        print_json(as_document(parsed, generated, slug=slug, path=str(notes)))
        return
    for item in generated.items:
        where = " > ".join(item.section)
        click.echo(f"{item.use} {item.kind}, lines {item.lines[0]}-{item.lines[1]} ({where})\n  {item.prompt}\n")
    for warning in generated.warnings:
        click.echo(f"{notes}:{warning.line}: {warning.says}", err=True)
    click.echo(f"{len(generated.items)} items; --json prints them whole")


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise Failure(f"{path}: there is no such file", BAD_INPUT) from error
    except IsADirectoryError as error:
        raise Failure(f"{path}: is a folder; name one file of notes", BAD_INPUT) from error
    except OSError as error:
        raise Failure(f"{path}: cannot be read: {error.strerror}", BAD_INPUT) from error
