"""docs/questions.md names every kind, lint and key of the lexicon, and its example is lexicon."""

import re
from pathlib import Path

from quizapp.lexicon.load import CLAIM_KEYS, TERM_KEYS, read_lexicon
from quizapp.questions.registry import KINDS, LINTS

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "questions.md").read_text(encoding="utf-8")


def rows(heading: str) -> list[list[str]]:
    """The rows of a table below its heading line, cell by cell."""
    table = PAGE.partition(f"{heading}")[2].partition("\n\n")[0].strip()
    return [[cell.strip() for cell in row.strip("| ").split(" | ")] for row in table.splitlines()[1:]]


def names(heading: str) -> set[str]:
    return {name for row in rows(heading) for name in re.findall(r"`(\w+)`", row[0])}


def test_every_kind_is_explained_with_its_use_and_no_other() -> None:
    told = {(row[1], row[0].strip("`")) for row in rows("| kind | use | what it asks |")}
    assert told == set(KINDS)


def test_every_lint_is_explained_and_no_other() -> None:
    assert names("| lint | what it stops |") == set(LINTS)


def test_every_key_of_the_lexicon_is_explained_and_no_other() -> None:
    assert names("| key of a term | meaning |") == TERM_KEYS
    assert names("| key of a claim | meaning |") == CLAIM_KEYS


def test_the_example_is_lexicon() -> None:
    example = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)[0]
    types = (ROOT / "quizapp/lexicon/data/types.yaml").read_text(encoding="utf-8")
    found = read_lexicon({"types.yaml": types, "example.yaml": example})
    assert [term.name for term in found.terms.values()] == ["kubectl cordon", "kubectl drain"]
    assert found.related(found.terms["drain"], found.terms["cordon"])
