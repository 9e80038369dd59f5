"""The commands of who writes labs: begin one, lint it, judge what was recorded, and the exit codes of all that."""

import json
import shutil
from pathlib import Path

import pytest

from quizapp.labs.registry import CHECKS
from quizapp.yamltext import load_yaml
from tests.cli.conftest import Quizapp
from tests.lab_proofs import Way, near_misses, solution

ROOT = Path(__file__).resolve().parents[2]
LAB = "first-deployment"


def test_lint_says_what_to_mend_and_where(quizapp: Quizapp, tmp_path: Path) -> None:
    lab = ROOT / "labs" / "first-deployment"
    assert quizapp("lab", "lint").stdout.splitlines()[-1].endswith("labs read, 0 things to mend")
    assert quizapp("lab", "lint", lab).stdout == "1 lab read, 0 things to mend\n"
    own = tmp_path / "labs" / "first-deployment"
    shutil.copytree(lab, own)
    (own / "lab.yaml").write_text((lab / "lab.yaml").read_text().replace("hints:", "hint:"))
    (own / "proof.yaml").unlink()
    done = quizapp("lab", "lint", tmp_path / "labs", "--json")
    assert done.exit_code == 1
    assert [error["says"].partition(";")[0] for error in json.loads(done.stdout)["errors"]] == ["unknown key 'hint'"]
    empty = quizapp("lab", "lint", tmp_path / "data")
    assert empty.exit_code == 1
    assert "there is no lab" in empty.stderr


def test_a_lab_that_begins_lints_clean_but_for_what_its_author_must_say(quizapp: Quizapp, tmp_path: Path) -> None:
    labs = tmp_path / "labs"
    assert quizapp("lab", "new", "probe", "--dir", labs).stdout.count(str(labs / "probe")) == 3
    errors = json.loads(quizapp("lab", "lint", labs, "--json").stdout)["errors"]
    assert len(errors) > 5
    assert [error for error in errors if not error["says"].startswith("TODO")] == []
    for path in (labs / "probe").iterdir():
        path.write_text(path.read_text().replace("TODO", ""))
    assert quizapp("lab", "lint", labs).exit_code == 0
    assert {"ready", "match"} <= {
        key
        for step in load_yaml((labs / "probe" / "lab.yaml").read_text()).data["steps"]
        for key in step
        if key in CHECKS
    }


@pytest.mark.parametrize("words", [("Probe",), ("a/b",), ("..",), ("taken",), ("probe", "--module", "nobody")])
def test_a_lab_that_cannot_be_begun_is_refused_and_nothing_is_written(
    quizapp: Quizapp, tmp_path: Path, words: tuple[str, ...]
) -> None:
    (tmp_path / "labs" / "taken").mkdir(parents=True)
    done = quizapp("lab", "new", *words, "--dir", tmp_path / "labs")
    assert done.exit_code in (1, 2)
    assert done.stderr.startswith("quizapp: ")
    assert [path.name for path in (tmp_path / "labs").rglob("*")] == ["taken"]


@pytest.mark.parametrize("way", [solution(LAB)[0], *near_misses(LAB)[:3]], ids=lambda way: way.name)
def test_a_recording_is_judged_by_name_or_by_folder(quizapp: Quizapp, way: Way) -> None:
    by_name, by_folder = (quizapp("lab", "judge", lab, way.recording, "--json") for lab in (LAB, ROOT / "labs" / LAB))
    assert by_name.stdout == by_folder.stdout
    assert by_name.exit_code == 3
    states = {step["id"]: step["state"] for step in json.loads(by_name.stdout)["steps"]}
    assert states[way.step.id] == way.expect["state"]


def test_a_recording_of_a_lab_that_is_done_ends_with_0(quizapp: Quizapp) -> None:
    done = quizapp("lab", "judge", LAB, solution(LAB)[-1].recording)
    assert done.exit_code == 0
    assert done.stdout.count("passed") == 5


def test_a_recording_without_a_list_ends_with_4(quizapp: Quizapp, tmp_path: Path) -> None:
    data = json.loads(solution(LAB)[-1].recording.read_text(encoding="utf-8"))
    trouble = {"rule": "C5", "says": "You may not.", "hint": "", "value": "403"}
    data["evidence"]["lists"]["Deployment"] = {"unreadable": trouble}
    (tmp_path / "answers.json").write_text(json.dumps(data))
    done = quizapp("lab", "judge", LAB, tmp_path / "answers.json")
    assert done.exit_code == 4
    assert "unknown" in done.stdout


@pytest.mark.parametrize(
    ("lab", "text", "says"),
    [
        (
            "second-deployment",
            "{}",
            "there is no lab second-deployment; there are: configmaps-and-secrets, first-deployment",
        ),
        (LAB, "{}", "is no recording of a cluster's answers; lab record writes one"),
        (LAB, "no", "is not JSON (line 1"),
        (LAB, None, "cannot be read: No such file"),
    ],
)
def test_what_cannot_be_judged_is_said_in_one_sentence(
    quizapp: Quizapp, tmp_path: Path, lab: str, text: str | None, says: str
) -> None:
    file = tmp_path / "answers.json"
    if text is not None:
        file.write_text(text)
    done = quizapp("lab", "judge", lab, file)
    assert done.exit_code in (1, 2)
    assert says in done.stderr
    assert done.stderr.count("\n") == 1


def test_recording_without_a_cluster_says_what_to_do(quizapp: Quizapp, tmp_path: Path) -> None:
    done = quizapp("lab", "record", LAB, "-o", tmp_path / "answers.json")
    assert done.exit_code == 1
    assert "There is no kubeconfig at" in done.stderr
    assert not (tmp_path / "answers.json").exists()


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("address", "10.0.0.1"), 2, "start the lab first"),
        (("address", "1", "2"), 2, "the step address takes 1 answer: Which IP address has the Pod greeter?"),
        (("greet", "hello"), 2, "the step greet takes 0 answers: it asks nothing"),
        (("nowhere", "x"), 2, "the step nowhere takes 0 answers"),
    ],
)
def test_an_answer_that_nobody_can_judge_is_refused(
    quizapp: Quizapp, words: tuple[str, ...], code: int, says: str
) -> None:
    done = quizapp("lab", "answer", "pods-and-their-lives", *words)
    assert done.exit_code == code
    assert says in done.stderr


def test_a_lab_is_tried_on_no_cluster_but_one_that_may_be_used(quizapp: Quizapp) -> None:
    done = quizapp("lab", "test", LAB)
    assert done.exit_code == 4
    assert "There is no kubeconfig" in done.stderr
    unknown = quizapp("lab", "test", "nothing")
    assert unknown.exit_code == 1
    assert "there is no lab nothing" in unknown.stderr
