"""Every command: help with an example, JSON and nothing else, one clear sentence for what is wrong."""

import json
import os
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import click
import pytest

from quizapp.cli.group import COMMANDS, root
from tests.cli.conftest import Quizapp

ROOT = Path(__file__).resolve().parents[2]
NOTES = "# Probe\n\n- **Pod**: the smallest unit that Kubernetes deploys.\n- **Node**: a machine that runs Pods.\n"


def leaves() -> list[tuple[str, ...]]:
    """Every command that does something, as words."""
    found = []
    for name in COMMANDS:
        command = root.get_command(click.Context(root), name)
        below = command.commands if isinstance(command, click.Group) else {}
        found += [(name, sub) for sub in below] or [(name,)]
    return found


@pytest.mark.parametrize("words", leaves(), ids=" ".join)
def test_help_has_an_example_that_begins_as_one_types_it(quizapp: Quizapp, words: tuple[str, ...]) -> None:
    done = quizapp(*words, "--help")
    assert done.exit_code == 0
    assert f"quizapp {' '.join(words)}" in done.output.partition("Example:")[2]


def test_help_of_everything_imports_nothing_heavy() -> None:
    program = (
        "import sys; from quizapp.factory import create_cli\ntry: create_cli()(['--help'])\nexcept SystemExit: pass\n"
    )
    program += "print([name for name in ('flask', 'sqlalchemy', 'kubernetes', 'fsrs') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
    assert [name for name in COMMANDS if name not in done.stdout] == []


def test_generate_prints_the_code_that_a_question_is_about(quizapp: Quizapp, tmp_path: Path) -> None:
    pod = "apiVersion: v1\nkind: Pod\nspec:\n  hostname: a\n  subdomain: c\n  dnsPolicy: Default\n  nodeName: b\n"
    (tmp_path / "probe.md").write_text(f"# Probe\n\n```yaml\n{pod}```\n")
    told = quizapp("generate", str(tmp_path / "probe.md")).output
    assert "In this manifest of a Pod, which field name is misspelt?\n    | apiVersion: v1\n    | kind: Pod\n" in told


def test_generate_prints_the_documented_shape_and_nothing_else(quizapp: Quizapp, tmp_path: Path) -> None:
    (tmp_path / "probe.md").write_text(NOTES)
    done = quizapp("generate", tmp_path / "probe.md", "--json")
    data = json.loads(done.stdout)
    assert list(data) == ["module", "sections", "items", "warnings"]
    assert data["module"] == {"title": "Probe", "path": str(tmp_path / "probe.md")}
    common = {"id", "use", "kind", "section", "lines", "source", "fact", "score"}
    assert data["items"]
    assert [item for item in data["items"] if not common <= set(item)] == []


def test_the_same_notes_give_the_same_bytes_in_every_process() -> None:
    notes = "content/kubernetes/getting-started-with-kubernetes.md"
    command = [sys.executable, "-m", "quizapp", "generate", notes, "--json"]
    seeds = ({"PYTHONHASHSEED": "1"}, {"PYTHONHASHSEED": "2"})
    first, second = (
        subprocess.run(command, cwd=ROOT, env=os.environ | seed, capture_output=True, check=True).stdout
        for seed in seeds
    )
    assert first == second
    assert len(first) > 10_000


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b"   \n\n", "empty"),
        (b"# \x00\x01\x02 binary", "text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "text"),
        ("# Größe".encode("latin-1"), "UTF-8"),
        (b"a" * (5 * 1024 * 1024), "MB"),
    ],
    ids=["nothing", "blanks", "nul", "picture", "latin-1", "5 MB"],
)
def test_notes_that_cannot_be_read_are_named_with_the_reason(
    quizapp: Quizapp, tmp_path: Path, content: bytes, word: str
) -> None:
    file = tmp_path / "notes.md"
    file.write_bytes(content)
    done = quizapp("generate", file)
    assert done.exit_code == 2
    assert str(file) in done.stderr
    assert word in done.stderr
    assert done.stderr.count("\n") == 1


def test_what_is_no_file_is_named(quizapp: Quizapp, tmp_path: Path) -> None:
    for path, word in ((tmp_path, "folder"), (tmp_path / "missing.md", "no such file")):
        done = quizapp("generate", path)
        assert (done.exit_code, word in done.stderr, str(path) in done.stderr) == (2, True, True)


def test_a_lab_without_a_cluster_exits_with_4_and_says_unknown(quizapp: Quizapp) -> None:
    done = quizapp("lab", "check", "first-deployment", "--json")
    data = json.loads(done.stdout)
    assert done.exit_code == 4
    assert list(data) == ["lab", "context", "cluster_uid", "steps"]
    assert {step["state"] for step in data["steps"]} == {"unknown"}
    cause = data["steps"][0]["diagnosis"][0]
    assert list(cause) == ["rule", "subject", "text", "evidence_path", "evidence_value", "next_command"]
    assert cause["rule"] == "C1"


def test_a_context_that_is_not_minikubes_is_refused_with_4(quizapp: Quizapp, home: Path) -> None:
    (home / ".kube").mkdir()
    entry = '{"clusters": [{"name": "prod", "cluster": {"server": "https://127.0.0.1:1"}}], '
    entry += '"contexts": [{"name": "prod", "context": {"cluster": "prod", "user": "u"}}], "current-context": "prod"}'
    (home / ".kube" / "config").write_text(entry)
    for words in (("check", "first-deployment"), ("start", "first-deployment")):
        done = quizapp("lab", *words)
        assert done.exit_code == 4
        assert "prod" in done.output
        assert "--allow-context" in done.output


def test_a_lab_that_is_not_there_lists_those_that_are(quizapp: Quizapp) -> None:
    done = quizapp("lab", "check", "second-deployment")
    assert (done.exit_code, "first-deployment" in done.stderr) == (1, True)


@pytest.mark.parametrize(
    ("environment", "words", "word"),
    [
        ({"PORT": "web"}, ("serve",), "PORT"),
        ({"DATABASE_URL": "mysql://x"}, ("db", "upgrade"), "DATABASE_URL"),
        ({"QUIZAPP_MODE": "server"}, ("serve",), "QUIZAPP_SECRET_KEY"),
        ({"QUIZAPP_MODE": "server", "QUIZAPP_SECRET_KEY": "x" * 32}, ("serve",), "QUIZAPP_TRUSTED_HOSTS"),
        (
            {"QUIZAPP_MODE": "server", "QUIZAPP_SECRET_KEY": "x" * 32, "QUIZAPP_TRUSTED_HOSTS": "localhost"},
            ("serve",),
            "quizapp user create",
        ),
    ],
)
def test_a_setting_that_is_wrong_or_missing_is_named_with_the_way_out(
    quizapp: Quizapp, environment: dict[str, str], words: tuple[str, ...], word: str
) -> None:
    done = quizapp(*words, env=environment)
    assert done.exit_code == 2
    assert word in done.stderr
    assert "Traceback" not in done.output


def test_a_port_that_is_taken_is_told_with_another_one(home: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        command = [sys.executable, "-m", "quizapp", "serve", "--port", str(port)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert f"port {port} is taken" in done.stderr
    assert f"PORT={port + 1} make run" in done.stderr


def test_an_account_is_made_and_its_password_never_printed(quizapp: Quizapp) -> None:
    done = quizapp("user", "create", "ada", "--role", "admin", "--password-stdin", "--json", input="correct horse\n")
    assert json.loads(done.stdout)["role"] == "admin"
    assert "horse" not in done.output
    again = quizapp("user", "create", "Ada", "--password-stdin", input="another horse\n")
    assert (again.exit_code, "taken" in again.stderr) == (2, True)
    short = quizapp("user", "create", "bob", "--password-stdin", input="short\n")
    assert (short.exit_code, "8 to" in short.stderr) == (2, True)


def test_backup_restore_and_rebuild_print_json(quizapp: Quizapp, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    assert json.loads(quizapp("backup", copy, "--json").stdout)["bytes"] > 10_000
    assert quizapp("backup", copy).exit_code == 2
    assert json.loads(quizapp("restore", copy, "--json").stdout)["restored"] == str(copy)
    assert json.loads(quizapp("db", "rebuild", "--json").stdout) == {"cards": 0, "put_right": 0}
    assert quizapp("restore", tmp_path / "none.db").exit_code == 2


def test_the_doctor_is_content_without_a_cluster_and_before_the_first_start(quizapp: Quizapp, home: Path) -> None:
    served = quizapp("doctor", "--json")
    assert served.exit_code == 0
    (home / "data" / "quizapp.db").unlink()
    fresh = quizapp("doctor", "--json")
    assert fresh.exit_code == 0
    for done in (served, fresh):
        findings = {entry["name"]: entry for entry in json.loads(done.stdout)}
        assert {"Python", "database", "kubectl", "minikube", "content and labs", "cluster"} <= set(findings)
        assert [name for name, entry in findings.items() if not entry["works"] and not entry["fix"]] == []
    assert not (home / "data" / "quizapp.db").exists()


def test_the_doctor_is_not_content_with_a_database_that_does_not_answer(quizapp: Quizapp) -> None:
    done = quizapp("doctor", env={"DATABASE_URL": "postgresql://ada:secret@127.0.0.1:1/quiz"})
    assert done.exit_code == 1
    assert "does not answer" in done.output
    assert "secret" not in done.output


def test_the_doctor_names_a_database_of_another_program(quizapp: Quizapp, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "recipes.db")) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    done = quizapp("doctor", "--json", env={"DATABASE_URL": f"sqlite:///{tmp_path / 'recipes.db'}"})
    found = {entry["name"]: entry for entry in json.loads(done.stdout)}["database"]
    assert done.exit_code == 1
    assert "another program" in found["says"]
    assert "DATABASE_URL" in found["fix"]


def test_a_reader_who_has_seen_enough_is_no_bug() -> None:
    notes = "content/kubernetes/getting-started-with-kubernetes.md"
    command = [sys.executable, "-m", "quizapp", "generate", notes, "--json"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stderr
    assert process.stdout.readline() == "{\n"
    process.stdout.close()
    assert process.stderr.read() == ""
    process.stderr.close()
    assert process.wait() == 0


def test_a_bug_of_ours_is_one_sentence_unless_asked(quizapp: Quizapp, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: object) -> None:
        raise RuntimeError("something odd")

    monkeypatch.setattr("quizapp.services.maintenance.upgrade_database", breaks)
    done = quizapp("db", "upgrade")
    assert (done.exit_code, done.stderr.count("\n")) == (1, 1)
    assert "something odd" in done.stderr
    assert "QUIZAPP_DEBUG=1" in done.stderr


def test_a_database_of_a_newer_version_is_named_and_not_upgraded(quizapp: Quizapp, home: Path) -> None:
    with closing(sqlite3.connect(home / "data" / "quizapp.db")) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
        database.commit()
    newer = "this database is at revision 9999, which a newer version of quizapp made; run that version"
    doctor = {entry["name"]: entry for entry in json.loads(quizapp("doctor", "--json").stdout)}
    assert (doctor["database"]["works"], doctor["database"]["says"]) == (False, newer)
    assert "db upgrade" not in doctor["database"]["fix"]
    checked = quizapp("lab", "check", "first-deployment")
    assert (checked.exit_code, checked.stderr) == (1, f"quizapp: {newer}\n")


def test_generate_gives_what_is_asked_for(quizapp: Quizapp, tmp_path: Path) -> None:
    notes = tmp_path / "notes.md"
    notes.write_text(NOTES)
    whole = json.loads(quizapp("generate", str(notes), "--format", "json").stdout)["items"]
    assert whole == json.loads(quizapp("generate", str(notes), "--json").stdout)["items"]
    cards = json.loads(quizapp("generate", str(notes), "--json", "--kinds", "term,meaning").stdout)["items"]
    assert cards == [item for item in whole if item["kind"] in ("term", "meaning")] != []
    least = sorted(item["score"] for item in whole)[len(whole) // 2]
    best = json.loads(quizapp("generate", str(notes), "--json", "--min-score", str(least)).stdout)["items"]
    assert best == [item for item in whole if item["score"] >= least]
    assert 0 < len(best) < len(whole)
    orders = [quizapp("generate", str(notes), "--seed", seed).stdout for seed in ("1", "1", "2")]
    assert orders[0] == orders[1] != orders[2]
    for form, begins in (("gift", "$CATEGORY: "), ("moodle-xml", "<?xml "), ("csv", "id,use,kind,")):
        assert quizapp("generate", str(notes), "--format", form).stdout.startswith(begins)


def test_generate_explains_what_was_dropped(quizapp: Quizapp, tmp_path: Path) -> None:
    notes = tmp_path / "notes.md"
    glossary = "- **Pipe**: joins one command|another command together\n- **Tee**: copies its input to a file and on\n"
    notes.write_text(f"# Top\n\n{glossary}- **Sort**: puts lines in order\n")
    assert "dropped by unbalanced" in quizapp("generate", str(notes), "--explain").stdout
    dropped = json.loads(quizapp("generate", str(notes), "--json", "--explain").stdout)["rejected"]
    assert {one["lint"] for one in dropped} == {"unbalanced"}


def test_a_kind_that_is_none_is_named_with_those_that_are(quizapp: Quizapp, tmp_path: Path) -> None:
    notes = tmp_path / "notes.md"
    notes.write_text(NOTES)
    done = quizapp("generate", str(notes), "--kinds", "choice,essay")
    assert done.exit_code == 2
    assert "no kind 'essay'" in done.stderr
    assert "matching" in done.stderr


def test_coverage_tells_what_is_not_asked(quizapp: Quizapp, tmp_path: Path) -> None:
    notes = tmp_path / "notes.md"
    notes.write_text(NOTES + "\n## Lab\n\n- do it\n")
    shown = quizapp("coverage", str(notes))
    assert shown.exit_code == 0
    assert "holds tasks" in shown.stdout
    assert "2 facts found" in shown.stdout
    data = json.loads(quizapp("coverage", str(notes), "--json").stdout)
    assert (data["facts"], data["tested"], data["untested"]) == (2, 2, [])
    assert quizapp("coverage", str(tmp_path / "none.md")).exit_code == 2
