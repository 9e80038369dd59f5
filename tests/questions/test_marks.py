"""Answers are marked by kind; cards (term, meaning, recall) are rated instead."""

import dataclasses

import pytest
from parts import choice, item

from quizapp.questions.item import option_id
from quizapp.questions.marks import mark
from quizapp.questions.typed import is_right

WHICH = choice("Which stores state?", "etcd", "kubelet", "proxy")
GAP = item("cloze", stem="Fill in: a _____ pair", answers=["key-value", "key value"])
PAIRS = item("matching", stem="Match.", pairs=[["a", "x"], ["b", "y"], ["c", "z"], ["d", "w"]])


def test_a_choice_is_right_only_with_its_key() -> None:
    right = mark(WHICH, [option_id("etcd")])
    wrong = mark(WHICH, [option_id("kubelet")])
    assert (right.fraction, right.correct, right.right) == (1.0, True, "etcd")
    assert (wrong.fraction, wrong.correct, wrong.feedback[option_id("kubelet")]) == (0.0, False, "f")
    assert not mark(WHICH, [option_id("etcd"), option_id("kubelet")]).correct


@pytest.mark.parametrize("given", ["key-value", "Key Value", " key-values ", "the key-value"])
def test_a_gap_forgives_case_dashes_and_plural(given: str) -> None:
    assert mark(GAP, given).correct


def test_a_gap_does_not_forgive_another_word() -> None:
    assert not mark(GAP, "label").correct
    assert mark(GAP, "label").right == "key-value"


def test_matching_gives_a_share_for_each_pair() -> None:
    result = mark(PAIRS, {"a": "x", "b": "y", "c": "w", "d": "z"})
    assert (result.fraction, result.correct) == (0.5, False)
    assert mark(PAIRS, dict(PAIRS.pairs)).correct


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        (WHICH, ["nothing-like-it"]),
        (WHICH, []),
        (GAP, "  "),
        (GAP, ["a"]),
        (PAIRS, {"a": "q"}),
        (PAIRS, "x"),
        (PAIRS, {}),
    ],
)
def test_what_is_no_answer_is_refused(asked: object, answer: object) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        mark(asked, answer)  # type: ignore[arg-type]


def test_cards_are_rated_not_marked() -> None:
    with pytest.raises(ValueError, match="rated"):
        mark(item("term", front="etcd", back="a store"), "x")


def test_a_slip_in_a_gap_is_told_and_costs_no_try() -> None:
    with pytest.raises(ValueError, match="check your spelling"):
        mark(GAP, "key-valeu")


@pytest.mark.parametrize(
    ("given", "right", "verdict"),
    [
        ("kubelet", "kubelet", True),
        ("the Kubelets", "kubelet", True),
        ("replica set", "ReplicaSet", True),
        ("Replicaset", "ReplicaSets", True),
        ("kubelett", "kubelet", None),
        ("StatfulSet", "StatefulSet", None),
        ("Rule", "Role", False),
        ("taint", "paint", False),
        ("10255", "10250", False),
        ("6433", "6443", False),
        ("PersistentVolume", "PersistentVolumeClaim", False),
        ("app/v1", "apps/v1", False),
        ("-a", "-A", False),
        ("kubectl  get", "kubectl get", True),
        ("class", "clas", False),
    ],
)
def test_what_is_typed_is_right_wrong_or_a_slip(given: str, right: str, verdict: bool | None) -> None:
    if verdict is None:
        with pytest.raises(ValueError, match="spelling"):
            is_right(given, [right])
    else:
        assert is_right(given, [right]) is verdict


MULTI = choice("Which of these are types of Service?", "ClusterIP", "Ingress", "Namespace", "Job")
MULTI = dataclasses.replace(
    MULTI,
    kind="multi",
    payload={
        **MULTI.payload,
        "options": [{**one, "correct": one["text"] in ("ClusterIP", "Ingress")} for one in MULTI.payload["options"]],
    },
)


@pytest.mark.parametrize(
    ("chosen", "fraction"),
    [
        (["ClusterIP", "Ingress"], 1.0),
        (["ClusterIP"], 0.5),
        (["ClusterIP", "Job"], 0.0),
        (["ClusterIP", "Ingress", "Job"], 0.5),
        (["ClusterIP", "Ingress", "Job", "Namespace"], 0.0),
        (["Job"], 0.0),
    ],
)
def test_multi_gives_right_choices_less_wrong_ones(chosen: list[str], fraction: float) -> None:
    result = mark(MULTI, [option_id(text) for text in chosen])
    assert (result.fraction, result.correct) == (fraction, fraction == 1)


STEPS = item("ordering", stem="Put", pairs=[["ask", "1"], ["store", "2"], ["start", "3"]])


def test_ordering_gives_a_share_for_each_step_in_its_place() -> None:
    assert mark(STEPS, {"ask": "1", "store": "2", "start": "3"}).correct
    assert mark(STEPS, {"ask": "1", "store": "3", "start": "2"}).fraction == pytest.approx(1 / 3, abs=0.001)
    assert mark(STEPS, {"ask": "3", "store": "1", "start": "2"}).right == "1. ask; 2. store; 3. start"


@pytest.mark.parametrize("answer", [{"ask": "1", "store": "1", "start": "2"}, {"ask": "1"}, "ask", {}])
def test_two_steps_in_one_place_are_no_answer(answer: object) -> None:
    with pytest.raises(ValueError, match="a place"):
        mark(STEPS, answer)  # type: ignore[arg-type]


COMMAND = item("command", stem="Complete", answers=["scale"], whole="kubectl scale deployment web --replicas=3")


@pytest.mark.parametrize(
    ("given", "correct"),
    [
        ("scale", True),
        (" Scale ", True),
        ("kubectl scale deployment web --replicas=3", True),
        ("kubectl scale --replicas 3 deploy/web", True),
        ("$ k scale deploy web --replicas=3", True),
        ("kubectl scale deployment web --replicas=4", False),
        ("edit", False),
        ("kubectl edit deployment web", False),
    ],
)
def test_a_command_is_compared_as_kubectl_reads_it(given: str, correct: bool) -> None:
    assert mark(COMMAND, given).correct is correct
