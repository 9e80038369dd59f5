"""`selects`: the selector of a Service, NetworkPolicy or PodDisruptionBudget picks the Pods of another object.

Judged by effect: any selector that picks all of its Pods is right, however it is written.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quizapp.labs.check import BadCheck, Outcome, Target, not_there, target_of
from quizapp.labs.evidence import Evidence, ListOf, Need, Object
from quizapp.labs.finding import Finding
from quizapp.labs.schema import ALIAS, Schema
from quizapp.labs.selector import picks, said, said_selector
from quizapp.labs.workload import pods

SELECTOR = {"Service": "selector", "NetworkPolicy": "podSelector", "PodDisruptionBudget": "selector"}
WORKLOADS = ("Pod", "Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "Job")


@dataclass(frozen=True, slots=True)
class Selects:
    """Pairs of what selects and whose Pods it must pick."""

    pairs: tuple[tuple[Target, Target], ...]

    def needs(self) -> Sequence[Need]:
        """Both lists of every pair, and the Pods."""
        kinds = [target.kind for pair in self.pairs for target in pair]
        return [ListOf(kind) for kind in dict.fromkeys([*kinds, "ReplicaSet", "Pod"])]

    def judge(self, evidence: Evidence, _baseline: Mapping[str, Any]) -> Outcome:
        """A finding where a selector leaves out a Pod, or where one of the pair is not there."""
        findings = []
        for selecting, selected in self.pairs:
            found = {target: evidence.find(target.kind, target.name) for target in (selecting, selected)}
            missing = [not_there(target, None) for target, item in found.items() if item is None]
            findings.extend(missing)
            one, other = found[selecting], found[selected]
            if one is not None and other is not None:
                findings.extend(_judge(selecting, one, selected, other, evidence))
        return Outcome(tuple(findings))


def _judge(selecting: Target, one: Object, selected: Target, other: Object, evidence: Evidence) -> list[Finding]:
    field = SELECTOR[selecting.kind]
    selector = one["spec"].get(field)
    if selecting.kind == "Service":
        selector = {"matchLabels": selector} if selector else None
    for labels in _labels(other, evidence):
        if not picks(selector, labels):
            path = f"{selecting.title} spec.{field}"
            return [Finding(path, f"picks {selected.title} ({said(labels)})", said_selector(selector))]
    return []


def _labels(item: Object, evidence: Evidence) -> list[Mapping[str, str]]:
    """The labels of its current Pods; of its template while it has none."""
    found = [pod["metadata"].get("labels") or {} for pod in pods(evidence, item)]
    template = item.get("spec", {}).get("template", {}).get("metadata", {})
    return found or [template.get("labels") or {}]


SCHEMA: Schema = {"type": "object", "minProperties": 1, "additionalProperties": ALIAS}


def parse(data: Any, targets: Mapping[str, Target]) -> Selects:
    """`{service alias: workload alias}`."""
    if not isinstance(data, Mapping) or not data:
        raise BadCheck((), "selects takes a mapping of what selects to whose Pods it picks")
    pairs = []
    for alias, whose in data.items():
        pair = target_of(targets, alias, (alias,)), target_of(targets, whose, (alias,))
        if pair[0].kind not in SELECTOR:
            raise BadCheck((alias,), f"a {pair[0].kind} selects no Pods; known are {', '.join(SELECTOR)}")
        if pair[1].kind not in WORKLOADS:
            raise BadCheck((alias,), f"a {pair[1].kind} has no Pods; known are {', '.join(WORKLOADS)}")
        pairs.append(pair)
    return Selects(tuple(pairs))
