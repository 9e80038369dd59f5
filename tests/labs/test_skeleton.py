"""The lab that `lab new` writes is one: by what a real cluster answered, its steps and near misses are as it says."""

import json

import pytest

from quizapp.labs.proof import load_proof
from quizapp.labs.recording import read_recording
from quizapp.labs.skeleton import skeleton
from quizapp.labs.spec import load_lab
from quizapp.labs.verdict import verdicts
from tests.lab_proofs import LABS

TEXTS = skeleton("probe", module="basics", notes='Why "Pods"? \\ A: b', schema="x.json")
LAB, WRONG = load_lab(TEXTS["lab.yaml"], file="lab.yaml")
PROOF, ALSO_WRONG = load_proof(TEXTS["proof.yaml"], file="proof.yaml")
SAME = {  # what was done in first-deployment, which begins with the same Deployment
    "solution-1-create": {"create": "passed"},
    "solution-2-ready": {"create": "passed", "scale": "blocked W1"},
    "too-few-replicas": {"create": "passed", "scale": "passed"},
    "a-name-that-is-nearly-right": {"create": "blocked O2"},
}


def test_it_is_read_without_an_error_whatever_the_heading_is() -> None:
    assert (WRONG, ALSO_WRONG) == ([], [])
    assert LAB
    assert {step.notes for step in LAB.steps} == {'Why "Pods"? \\ A: b'}
    assert [part.step for part in PROOF.solution] == [step.id for step in LAB.steps]


@pytest.mark.parametrize("name", SAME)
def test_a_cluster_that_stands_so_is_judged_so(name: str) -> None:
    assert LAB
    text = (LABS / "first-deployment" / "evidence" / f"{name}.json").read_text(encoding="utf-8")
    kept = read_recording(text)
    found = verdicts(LAB, kept.evidence, kept.baseline)
    said = {step: " ".join([one.state, *(cause.rule for cause in one.causes[:1])]) for step, one in found.items()}
    assert {step: said[step] for step in SAME[name]} == SAME[name], json.dumps(said)


def test_its_near_misses_expect_what_was_seen() -> None:
    expected = {part.step: f"{part.expect['state']} {part.expect['rule']}" for part in PROOF.near_misses}
    assert expected == {"create": "blocked O2", "scale": "blocked W1"}
