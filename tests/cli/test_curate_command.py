"""`quizapp curate`: decisions out of the database and in, with the reason when a file cannot be used."""

import json
from pathlib import Path

from tests.cli.conftest import Quizapp
from tests.web.parts import MODULE


def some_id(quizapp: Quizapp) -> str:
    made = quizapp("generate", f"content/kubernetes/{MODULE}.md", "--json")
    return str(json.loads(made.stdout)["items"][0]["id"])


def test_a_file_is_imported_and_exported_as_it_was(quizapp: Quizapp, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(f"module: {MODULE}\nitems:\n  {some_id(quizapp)}:\n    decision: hidden\n")
    done = quizapp("curate", "import", file, "--json")
    assert json.loads(done.stdout) == {"module": MODULE, "decisions": 1, "new": 1, "waiting": 0}
    out = quizapp("curate", "export", MODULE)
    assert out.exit_code == 0
    assert "decision: hidden" in out.stdout
    file.write_text(out.stdout)
    again = quizapp("curate", "import", file)
    assert (again.exit_code, again.stdout) == (0, f"{MODULE}: decisions 1, new 0, for items not there now 0\n")
    assert quizapp("curate", "export", MODULE).stdout == out.stdout


def test_a_file_that_cannot_be_used_is_told_with_line_and_field_and_exits_with_2(
    quizapp: Quizapp, tmp_path: Path
) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(f"module: {MODULE}\nitems:\n  {MODULE}-0123456789:\n    decision: gone\n  other-one: 3\n")
    done = quizapp("curate", "import", file)
    assert done.exit_code == 2
    assert f"{file}:4: items.{MODULE}-0123456789.decision: is 'gone'" in done.stderr
    assert f"{file}:5: items.other-one: " in done.stderr
    assert "items: {}" in quizapp("curate", "export", MODULE).stdout
    for missing in (tmp_path / "none.yaml", tmp_path):
        refused = quizapp("curate", "import", missing)
        assert (refused.exit_code, str(missing) in refused.stderr) == (2, True)


def test_a_module_that_is_not_there_is_named(quizapp: Quizapp) -> None:
    done = quizapp("curate", "export", "nowhere")
    assert (done.exit_code, "'nowhere'" in done.stderr, done.stderr.count("\n")) == (1, True, 1)


def test_a_file_works_on_a_machine_that_has_never_served(quizapp: Quizapp, home: Path, tmp_path: Path) -> None:
    (home / "data" / "quizapp.db").unlink()
    assert f"module: {MODULE}" in quizapp("curate", "export", MODULE).stdout
