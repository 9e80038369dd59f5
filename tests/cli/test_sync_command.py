"""`quizapp sync`: a look before anything changes, and a question before much goes."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Quizapp

NOTES = """# Fleet

## Ships

- **frigate**: escorts merchant ships and hunts submarines in deep water.
- **corvette**: patrols the coast and is smaller than most warships.
- **destroyer**: guards large warships against aircraft and missiles.
"""


@pytest.fixture
def note(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    course = home / "content" / "navy"
    course.mkdir(parents=True)
    monkeypatch.setenv("QUIZAPP_CONTENT", str(course.parent))
    (course / "fleet.md").write_text(NOTES)
    return course / "fleet.md"


def test_a_plan_tells_what_would_change_and_changes_nothing(quizapp: Quizapp, note: Path) -> None:
    assert quizapp("sync").exit_code == 0
    assert quizapp("sync", "--plan").stdout == "Nothing has changed\n"
    note.write_text(NOTES.replace("in deep water", "far out in deep water") + "- **cutter**: guards the coast.\n")
    told = quizapp("sync", "--plan").stdout
    assert "reworded: What do the notes describe as" in told
    assert "far out in deep water" in told
    (plan,) = json.loads(quizapp("sync", "--plan", "--json").stdout)
    assert (plan["module"], plan["retired"], plan["needs_a_yes"]) == ("fleet", [], False)
    assert set(plan["edited"]) <= set(plan["words"])
    done = json.loads(quizapp("sync", "--json").stdout)
    assert (done["edited"], done["retired"], done["warnings"]) == (len(plan["edited"]), 0, [])
    assert quizapp("sync", "--plan").stdout == "Nothing has changed\n"


def test_much_goes_only_after_a_yes(quizapp: Quizapp, note: Path) -> None:
    quizapp("sync")
    note.write_text(NOTES.split("- **corvette**")[0])
    assert "over a fifth would go" in quizapp("sync", "--plan").stdout
    held = quizapp("sync")
    assert "nothing was changed" in held.stderr
    assert "quizapp sync --yes" in held.stderr
    assert "gone 0" in held.stdout
    assert "gone 0" not in quizapp("sync", "--yes").stdout
    assert quizapp("sync", "--plan").stdout == "Nothing has changed\n"
