"""Every situation is judged as it should be, its first cause is the true one, and what it says can be used."""

import shlex
from collections import Counter

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
        if cause.state != "unknown":
            assert cause.evidence_value
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


def test_every_rule_is_shown_three_times_and_once_not_to_bite() -> None:
    rules = {rule for rule, _, _ in RULES}
    told = Counter(rule for one in ALL for rule in {one.expected[1], *one.data.get("also", ())})
    spared = {rule for one in ALL for rule in one.data.get("never", ())}
    leads = {one.expected[1] for one in ALL}
    assert {rule: told[rule] for rule in rules if told[rule] < 3} == {}
    assert rules - spared == set()
    assert rules - leads - {"S2"} == set()


def test_no_two_situations_have_one_name() -> None:
    names = [one.name for one in ALL]
    assert sorted(set(names)) == sorted(names)


# What brings about what: where both are so, the left one is told first.
BRINGS = """
O4>O2 O2>O1 O1>W1 O3>W1 O5>W4 O5>W1 W5>P4 W5>W4 W6>S1 W6>W1 W2>Q1 W2>W1 Q1>W1 V3>V2 V2>P1 V1>W8 P22>P1 P22>P17 P2>P3
P3>W1 P1>W1 P8>P4 P7>P4 P5>P4 P4>S2 P4>W3 P4>W8 P4>W1 P6>W1 P13>P15 P13>W1 P14>P9 P14>W1 P11>P12 P11>P9 P11>P19 P11>P23
P16>P9 P16>P15 P16>W1 P12>P9 P12>P10 P12>P17 P9>P17 P9>S2 P9>W3 P9>W9 P9>W1 P10>P17 P10>W1 P21>P19 P19>P20 P19>W10
P20>P17 P15>P17 P15>W1 P24>W1 P18>P17 P18>S2 P18>W1 P23>P17 P17>S2 P17>W3 P17>W8 P17>W9 P17>W1 S7>S1 S1>S3 S1>S2
S3>S2 S2>S5 S4>S5 S2>I1 I2>I1 K1>W1 N1>W1 R1>W1 H1>W7 D1>W1 W7>W1 W10>W1 W11>W1 W9>W1 W8>W1 W3>W4 W3>W1 W4>W1
"""


def test_a_cause_is_told_before_what_it_brings_about() -> None:
    order = [rule for rule, _, _ in RULES]
    pairs = [pair.split(">") for pair in BRINGS.split()]
    assert [(cause, effect) for cause, effect in pairs if order.index(cause) > order.index(effect)] == []
    assert set(order) == {rule for pair in pairs for rule in pair}


def causes(verdict: Verdict) -> list[str]:
    return [cause.rule for cause in verdict.causes]


def test_rules_are_told_in_the_order_in_which_they_are_asked() -> None:
    order = [rule for rule, _, _ in RULES]
    for situation in ALL:
        verdict = situation.verdict()
        mixed = {cause.state for cause in verdict.causes} > {"blocked"}  # then what is written goes first
        told = [] if mixed else causes(verdict)
        places = [max(place for place, name in enumerate(order) if name == rule) for rule in told if rule in order]
        if "V2" not in told:  # it is asked twice: what speaks against a volume, then that it takes a moment
            assert places == sorted(places), situation.name
