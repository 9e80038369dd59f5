"""docs/curating.md explains every action and key, and its example is a file that can be imported."""

import re
from pathlib import Path

from quizapp.curation.sheet import ITEM_KEYS, OPTION_KEYS, VERDICTS, read_sheet
from quizapp.curation.texts import FORMS
from quizapp.services.curate import ACTIONS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "curating.md").read_text(encoding="utf-8")


def column(heading: str, pattern: str) -> list[str]:
    """What the first cells of a table name."""
    table = PAGE.partition(heading)[2].partition("\n\n")[0].strip()
    return [found[1] for row in table.splitlines()[1:] if (found := re.match(rf"\| {pattern}", row))]


def test_every_action_is_explained_and_no_other() -> None:
    told = column("| what you do | what follows |", r"\*\*([\w ]+)\*\*")
    assert {name.lower().replace(" ", "-") for name in told} == {*ACTIONS, "edit"}


def test_every_key_is_explained_and_no_other() -> None:
    assert tuple(column("| key of an item | meaning |", r"`(\w+)`")) == ITEM_KEYS
    words = {*OPTION_KEYS, *VERDICTS, *(name for fields in FORMS.values() for name in fields)}
    assert [word for word in sorted(words) if not re.search(rf"`{word}\b", PAGE)] == []


def test_the_example_can_be_imported() -> None:
    example = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)[0]
    sheet, errors = read_sheet(example, file="example.yaml", module="small-things")
    assert errors == []
    assert [one.verdict for one in sheet.decisions.values()] == ["hidden", "accepted"]
