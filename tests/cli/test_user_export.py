"""`quizapp user export`: one person's data in a file that nobody else reads and nothing overwrites."""

import json
import stat
from pathlib import Path

import pytest

from tests.cli.conftest import Quizapp


def made(quizapp: Quizapp) -> None:
    quizapp("user", "create", "ada", "--password-stdin", input="correct horse\n")


def test_a_persons_data_is_written_for_them_alone(quizapp: Quizapp, home: Path) -> None:
    made(quizapp)
    file = home / "ada.json"
    done = quizapp("user", "export", "Ada", file, "--json")
    assert (done.exit_code, done.stderr) == (0, "")
    assert json.loads(done.stdout) == {"file": str(file), "bytes": file.stat().st_size}
    assert json.loads(file.read_text())["person"]["name"] == "ada"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_an_export_overwrites_nothing(quizapp: Quizapp, home: Path) -> None:
    made(quizapp)
    file = home / "precious.json"
    file.write_text("do not lose me")
    done = quizapp("user", "export", "ada", file)
    assert done.exit_code == 2
    assert "overwrites nothing" in done.stderr
    assert file.read_text() == "do not lose me"


@pytest.mark.parametrize(
    ("name", "place", "says"),
    [("bob", "bob.json", "nobody is called 'bob'"), ("ada", "nowhere/ada.json", "cannot be written")],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    quizapp: Quizapp, home: Path, name: str, place: str, says: str
) -> None:
    made(quizapp)
    done = quizapp("user", "export", name, home / place)
    assert done.exit_code == 2
    assert says in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (home / place).exists()
