"""Every situation is judged as it should be, its first cause is the true one, and what it says can be used."""

import shlex

import pytest

from quizapp.labs.diagnose.why import MOST, RULES
from quizapp.labs.verdict import Verdict
from quizapp.questions.commandline import FLAGS, FULL, RESOURCES, parse_command
from tests.labs.table import Situation, situations

ALL = list(situations())
VERBS = {"get": (), "describe": (), "logs": ("--container", "--previous"), "rollout": ("--watch",)}
ANYWHERE = {"--context", "--namespace", "--output", "--selector", "--show-labels"}


@pytest.mark.parametrize("situation", ALL, ids=lambda one: one.name)
def test_a_situation_is_judged_as_it_is(situation: Situation) -> None:
    found = situation.verdict()
    rules = [cause.rule for cause in found.causes]
    state, rule = situation.expected
    assert (found.state, rules[0] if rules else "-") == (state, rule), found
    assert set(situation.data.get("also", ())) <= set(rules), rules
    assert not set(situation.data.get("never", ())) & set(rules), rules
    assert len(rules) <= MOST


@pytest.mark.parametrize("situation", ALL, ids=lambda one: one.name)
def test_what_is_said_can_be_used(situation: Situation) -> None:
    for cause in situation.verdict().causes:
        assert cause.text.endswith((".", "?")), cause.text
        assert ".." not in cause.text, cause.text
        assert "None" not in cause.text, cause.text
        assert cause.subject
        assert cause.evidence_path
        assert cause.evidence_value
        if cause.state != "unknown":
            assert runs(cause.next_command), cause.next_command


def runs(text: str) -> bool:
    """Whether kubectl knows the verb, the resource and the flags, and the command stays where the lab is."""
    command = parse_command(text)
    assert command is not None, text
    program, verb, *rest = command.words
    flags = {name for name, _ in command.flags}
    known = verb in VERBS and flags <= ANYWHERE | set(VERBS[verb])
    if verb == "rollout":
        known = known and rest.pop(0) == "status"
    kinds = rest[0].split(",") if rest else []
    there = verb == "logs" or all(FULL.get(kind, kind) in RESOURCES for kind in kinds)
    placed = {"--context", "--namespace"} <= flags and "-n" in shlex.split(text) and "-n" in FLAGS
    return program == "kubectl" and known and bool(rest) and there and placed


def test_a_command_that_kubectl_does_not_know_is_noticed() -> None:
    assert runs("kubectl get pods --context minikube -n lab")
    assert not runs("kubectl get podz --context minikube -n lab")
    assert not runs("kubectl show pods --context minikube -n lab")
    assert not runs("kubectl get pods --sorted --context minikube -n lab")
    assert not runs("kubectl get pods --context minikube")


def test_no_two_situations_have_one_name() -> None:
    names = [one.name for one in ALL]
    assert sorted(set(names)) == sorted(names)


def causes(verdict: Verdict) -> list[str]:
    return [cause.rule for cause in verdict.causes]


def test_rules_are_told_in_the_order_in_which_they_are_asked() -> None:
    order = [rule for rule, _ in RULES]
    for situation in ALL:
        told = causes(situation.verdict())
        places = [max(place for place, name in enumerate(order) if name == rule) for rule in told if rule in order]
        if "V2" not in told:  # it is asked twice: what speaks against a volume, then that it takes a moment
            assert places == sorted(places), situation.name
