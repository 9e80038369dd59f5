"""What a real cluster answered when things were broken on purpose is judged as it was, and not by its events."""

import dataclasses
import json

import pytest

from quizapp.labs.diagnose.why import RULES
from tests.labs.recordings import Recording, recordings, seen
from tests.labs.test_recorded import FORBIDDEN

ALL = list(recordings())
# What only an event tells: why a volume cannot be mounted or made, or a StatefulSet's Pods are refused.
TOLD_BY_EVENTS = {"P15", "V2", "W2"}


def by_name(one: Recording) -> str:
    return one.name


def said(recording: Recording, **changes: object) -> tuple[str, list[str]]:
    found = seen(recording.data["step"], dataclasses.replace(recording.evidence, **changes))
    return found.state, [cause.rule for cause in found.causes]


@pytest.mark.parametrize("recording", ALL, ids=by_name)
def test_a_recording_is_judged_as_the_cluster_was(recording: Recording) -> None:
    state, rules = said(recording)
    assert (state, rules[0] if rules else "-") == recording.expected
    assert set(recording.data.get("also", ())) <= set(rules)


@pytest.mark.parametrize("recording", ALL, ids=by_name)
def test_the_status_alone_is_enough(recording: Recording) -> None:
    lists = {kind: part for kind, part in recording.evidence.lists.items() if kind != "Event"}
    state, rules = said(recording, lists=lists)
    if recording.expected[1] not in TOLD_BY_EVENTS:
        assert (state, rules[0] if rules else "-") == recording.expected
    assert state != "passed" or recording.expected[0] == "passed"


@pytest.mark.parametrize("recording", ALL, ids=by_name)
def test_what_only_enriches_may_be_forbidden(recording: Recording) -> None:
    lists = dict(recording.evidence.lists)
    lists |= {kind: FORBIDDEN for kind in ("Node", "Namespace", "Event", "ResourceQuota") if kind in lists}
    state, _ = said(recording, lists=lists)
    needed = {"node-ready", "drain"} & {recording.data["step"]}
    assert state == "unknown" if needed else state != "unknown"
    assert state != "passed" or recording.expected[0] == "passed"


def test_a_good_part_of_the_rules_was_seen_on_a_real_cluster() -> None:
    live = {recording.expected[1] for recording in ALL} | {rule for one in ALL for rule in one.data.get("also", ())}
    rules = {rule for rule, _, _ in RULES}
    # A private registry is not to be had there, and a controller looks too soon for a recording.
    assert rules - live == {"P5", "O5"}


def test_no_recording_holds_an_address_or_a_credential() -> None:
    for recording in ALL:
        text = json.dumps(recording.data)
        assert "BEGIN CERTIFICATE" not in text
        assert "managedFields" not in text
        assert "last-applied" not in text
