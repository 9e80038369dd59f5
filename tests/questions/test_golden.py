"""What every fixture gives, line by line, in a file beside it: a change of the generator is a diff that a person reads.

QUIZAPP_WRITE=1 writes the files anew; read what has changed before you commit it.
"""

import os
from pathlib import Path

import pytest

from quizapp.notes.parse import parse_notes
from quizapp.questions.generate import generate
from quizapp.questions.item import Item

NOTES = sorted((Path(__file__).resolve().parents[1] / "fixtures" / "notes").glob("*.md"))


@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.stem)
def test_the_notes_give_what_was_read_and_agreed_to(path: Path) -> None:
    made = generate(parse_notes(path.read_text(encoding="utf-8")), slug=path.stem)
    warned = [f"warning {warning.line}: {warning.says}" for warning in made.warnings]
    lines = [*map(line_of, made.items), *warned]
    expected = path.with_suffix(".items.txt")
    if os.environ.get("QUIZAPP_WRITE") == "1":
        expected.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    assert lines == expected.read_text(encoding="utf-8").splitlines()


def line_of(item: Item) -> str:
    """An item with everything that can make it right or wrong."""
    first, last = item.lines
    payload = item.payload
    if "options" in payload:
        options = payload["options"]
        right = [option["text"] for option in options if option["correct"]]
        wrong = [option["text"] for option in options if not option["correct"]]
        answer = f"{' & '.join(right)}  NOT  {' | '.join(wrong)}"
    elif "pairs" in payload:
        answer = "; ".join(f"{left} = {right}" for left, right in payload["pairs"])
    else:
        answer = str(payload.get("back") or " or ".join(payload.get("answers", ())))
    return f"{first}-{last} {item.kind}: {item.prompt}  ->  {answer}"
