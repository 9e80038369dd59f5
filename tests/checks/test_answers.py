"""`answer`: what a learner typed, against the cluster as it is now; the findings never hold the right value."""

import dataclasses
import json
from typing import Any

import pytest

from quizapp.labs.check import BadCheck, Target
from quizapp.labs.checks.answer import parse, same_answer
from quizapp.labs.judge import judge
from quizapp.labs.recording import record, replayed
from quizapp.labs.spec import Lab, load_lab
from quizapp.labs.verdict import explained
from tests.checks.parts import evidence, judged, said, thing

POD = thing("Pod", "web", status={"podIP": "10.244.0.7", "phase": "Running"})
NODES = [
    thing("Node", name, status={"nodeInfo": {"kubeletVersion": version}})
    for name, version in (("one", "v1.37.2"), ("two", "v1.36.0"))
]
DEPLOYMENT = thing("Deployment", "web")
SET = thing("ReplicaSet", "web-1", owner=DEPLOYMENT)
PODS = [thing("Pod", f"web-1-{end}", owner=SET, status={"podIP": f"10.244.0.{end}"}) for end in (8, 9)]
IP = [{"ask": "Which IP address has it?", "of": "web", "field": "status.podIP"}]
KEY = "Pod/web status.podIP"
ASKED = "your answer to: Which IP address has it?"


def answered(typed: dict[str, str], *items: Any, data: Any = IP, **targets: str) -> list[str]:
    return said(judged("answer", data, evidence(*items, answers=typed), **(targets or {"web": "Pod/web"})))


@pytest.mark.parametrize(
    ("typed", "finding"),
    [
        ("10.244.0.7", None),
        ("  10.244.0.7 \n", None),
        ('"10.244.0.7"', None),
        ("`10.244.0.7`", None),
        ("10.244.0.70", f"{ASKED}: what the cluster says now / your answer 10.244.0.70"),
        ("10.244.0", f"{ASKED}: what the cluster says now / your answer 10.244.0"),
        ("", f"{ASKED}: what the cluster says now / your answer "),
        (None, f"{ASKED}: your answer / none yet"),
    ],
)
def test_what_was_typed_is_what_is_there(typed: str | None, finding: str | None) -> None:
    found = answered({} if typed is None else {KEY: typed}, POD)
    assert found == ([] if finding is None else [finding])
    assert typed == "10.244.0.70" or "10.244.0.7" not in " ".join(found)


def test_a_key_with_dots_in_it_can_be_asked_for() -> None:
    revision = {"deployment.kubernetes.io/revision": "4"}
    web = thing("Deployment", "web")
    web["metadata"]["annotations"] = revision
    field = "metadata.annotations[deployment.kubernetes.io/revision]"
    asked = [{"ask": "Which revision is it?", "of": "web", "field": field}]
    assert answered({f"Deployment/web {field}": "4"}, web, data=asked, web="Deployment/web") == []
    assert answered({f"Deployment/web {field}": "2"}, web, data=asked, web="Deployment/web") == [
        "your answer to: Which revision is it?: what the cluster says now / your answer 2"
    ]


def test_an_object_that_is_not_there_is_told_as_that() -> None:
    assert answered({KEY: "10.244.0.7"}) == ["Pod/web: a Pod named web / none"]


def test_it_waits_while_the_cluster_has_nothing_to_answer_with() -> None:
    outcome = judged("answer", IP, evidence(thing("Pod", "web"), answers={KEY: "10.0.0.1"}), web="Pod/web")
    assert outcome.waiting
    assert said(outcome) == [f"{KEY}: something to read / nothing yet"]
    assert not judged("answer", IP, evidence(POD), web="Pod/web").waiting


def test_any_object_of_a_kind_may_give_the_answer() -> None:
    data = [{"ask": "Which kubelet runs on a node?", "any": "Node", "field": "status.nodeInfo.kubeletVersion"}]
    key = "any Node status.nodeInfo.kubeletVersion"
    assert answered({key: "1.36.0"}, *NODES, data=data) == []
    assert answered({key: "V1.37.2"}, *NODES, data=data) == []
    assert len(answered({key: "1.35.0"}, *NODES, data=data)) == 1


def test_any_current_pod_of_a_workload_may_give_the_answer() -> None:
    data = [{"ask": "Which IP address has one of its Pods?", "pods-of": "web", "field": "status.podIP"}]
    key = "Deployment/web Pods status.podIP"
    for typed, right in (("10.244.0.8", True), ("10.244.0.9", True), ("10.244.0.7", False)):
        assert (answered({key: typed}, DEPLOYMENT, SET, *PODS, POD, data=data, web="Deployment/web") == []) is right


@pytest.mark.parametrize(
    ("field", "value", "typed", "right"),
    [
        ("spec.replicas", 3, "3", True),
        ("spec.replicas", 3, "three", False),
        ("spec.paused", True, "True", True),
        ("resources.limits.memory", "64Mi", "67108864", True),
        ("resources.limits.memory", "64Mi", "64M", False),
        ("resources.limits.cpu", "64m", "64M", False),
        ("resources.limits.cpu", "64m", "0.064", True),
        ("spec.containers[0].image", "nginx", "docker.io/library/nginx:latest", True),
        ("status.phase", "Running", "running", True),
        ("status.phase", "Running", "Run", False),
        ("metadata.name", "vienna", "ienna", False),
        ("status.nodeInfo.osImage", "Debian GNU/Linux 13", "debian  gnu/linux 13", True),
    ],
)
def test_answers_compare_by_meaning(field: str, value: Any, typed: str, right: bool) -> None:
    assert same_answer(field, value, typed) is right


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ({"ask": "Which?", "field": "status.podIP"}, "needs one of of, pods-of, any"),
        ({"ask": "Which?", "of": "web", "any": "Node", "field": "x"}, "needs one of"),
        ({"ask": " ", "of": "web", "field": "status.podIP"}, "ask is the question"),
        ({"ask": "Which?", "of": "web", "field": "a b"}, "field is a path"),
        ({"ask": "Which?", "of": "web"}, "field is a path"),
        ({"ask": "Which?", "of": "web", "field": "a", "is": "x"}, "unknown 'is'"),
        ({"ask": "Which?", "of": "wob", "field": "a"}, "'wob' is not under get"),
        ({"ask": "Which?", "pods-of": "web", "field": "a"}, "a Pod has no Pods"),
        ({"ask": "Which?", "any": "Nod", "field": "a"}, "unknown kind 'Nod'"),
        ({"ask": "Which?", "of": "secret", "field": "data.password"}, "what a Secret holds is not kept"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(entry: dict[str, str], says: str) -> None:
    targets = {"web": Target("web", "Pod", "web"), "secret": Target("secret", "Secret", "s")}
    with pytest.raises(BadCheck, match=says):
        parse([entry], targets)
    with pytest.raises(BadCheck, match="once more"):
        parse(IP * 2, targets)


LAB = """lab: probe
title: Probe
steps:
  - id: look
    title: Look
    text: Make a Pod named `web`.
    get: {web: {kind: Pod, name: web}}
    answer: [{ask: Which exit code has it?, of: web, field: "status.containerStatuses[0].state.terminated.exitCode"}]
"""
ENDED = {"name": "web", "restartCount": 0, "ready": False, "state": {"terminated": {"exitCode": 42, "reason": "Error"}}}
FAILED = thing("Pod", "web", status={"phase": "Failed", "containerStatuses": [ENDED]})


def a_lab(text: str = LAB) -> Lab:
    lab, errors = load_lab(text, file="lab.yaml")
    assert lab, errors
    return lab


def test_no_diagnosis_gives_the_answer_away() -> None:
    (step,) = a_lab().steps
    for typed in ({}, {step.questions[0].key: "1"}):
        found = evidence(FAILED, answers=typed)
        verdict = explained(step, judge(step, found, {}), found, ())
        assert verdict.state == "todo"
        assert "42" not in str(verdict)


def test_two_steps_do_not_ask_the_same() -> None:
    again = LAB + LAB.partition("steps:\n")[2].replace("id: look", "id: again")
    assert "as the step 'look' does" in str(load_lab(again, file="lab.yaml")[1])


def test_answers_are_kept_with_the_evidence() -> None:
    found = dataclasses.replace(evidence(POD), answers={KEY: "10.244.0.7"})
    assert replayed(json.loads(json.dumps(record(found)))).answers == {KEY: "10.244.0.7"}
    assert "answers" not in record(evidence(POD))
