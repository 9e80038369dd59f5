"""What a real cluster answered once is judged again: the same states and reasons, without a cluster."""

import dataclasses
import json

import pytest

from quizapp.labs.evidence import NotReadable
from quizapp.labs.recording import record, replayed
from quizapp.labs.trouble import Unreadable
from tests.lab_proofs import LABS, Way, near_misses, proven_labs, solution, verdict

WAYS = [way for slug in proven_labs() for way in (*solution(slug), *near_misses(slug))]
FORBIDDEN = Unreadable("C5", "You are not allowed to list pods with this context.", "kubectl auth can-i --list", "403")


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_a_recording_is_judged_as_the_cluster_was(way: Way) -> None:
    found = way.replayed()
    assert way.is_met(found), found


@pytest.mark.parametrize("way", [way for way in WAYS if way.expect["state"] == "passed"], ids=lambda way: way.name)
def test_a_step_is_unknown_and_never_wrong_when_a_list_it_needs_could_not_be_read(way: Way) -> None:
    evidence = replayed(json.loads(way.recording.read_text(encoding="utf-8"))["evidence"])
    for target in way.step.targets:
        blind = dataclasses.replace(evidence, lists={**evidence.lists, target.kind: FORBIDDEN})
        found = verdict(way.step, blind, {})
        assert found.state == "unknown"
        assert [cause.rule for cause in found.causes] == ["C5"]


def test_nothing_is_recorded_that_nobody_expects() -> None:
    known = {way.recording for way in WAYS}
    assert {path for path in LABS.glob("*/evidence/*.json") if path not in known} == set()


def test_what_was_recorded_comes_back_as_it_was() -> None:
    for way in WAYS:
        data = json.loads(way.recording.read_text(encoding="utf-8"))["evidence"]
        assert record(replayed(data)) == data


def test_what_could_not_be_read_comes_back_as_that() -> None:
    data = json.loads(WAYS[0].recording.read_text(encoding="utf-8"))["evidence"]
    evidence = dataclasses.replace(replayed(data), lists={"Pod": FORBIDDEN})
    again = replayed(json.loads(json.dumps(record(evidence))))
    with pytest.raises(NotReadable, match="not allowed"):
        again.objects("Pod")


def test_a_recording_holds_no_secret() -> None:
    secret = {
        "kind": "Secret",
        "metadata": {"name": "s", "uid": "u", "managedFields": [{"manager": "kubectl"}]},
        "data": {"password": "aHVudGVyMg=="},
    }
    pod = {
        "kind": "Pod",
        "metadata": {
            "name": "p",
            "uid": "v",
            "annotations": {"kubectl.kubernetes.io/last-applied-configuration": "hunter2"},
        },
        "spec": {"containers": [{"name": "c", "env": [{"name": "PASSWORD", "value": "hunter2"}]}]},
    }
    data = json.loads(WAYS[0].recording.read_text(encoding="utf-8"))["evidence"]
    evidence = dataclasses.replace(replayed(data), lists={"Secret": (secret,), "Pod": (pod,)})
    kept = json.dumps(record(evidence)["lists"])
    assert "PASSWORD" in kept
    assert "password" in kept
    for leak in ("hunter2", "aHVudGVyMg", "kubectl"):
        assert leak not in kept
