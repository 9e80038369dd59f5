"""`ready`: an object does its work now, as its own controller reports it for its newest spec, and has done so
for a while.

Decided for what a step means, not as kstatus does: zero replicas, a Job that still runs, a LoadBalancer
without an address
are not ready here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from quizapp.labs.check import BadCheck, Outcome, Target, not_there, target_of
from quizapp.labs.evidence import Evidence, ListOf, Need, Object, condition, moment
from quizapp.labs.finding import ABSENT, Finding
from quizapp.labs.schema import ALIAS, Schema
from quizapp.labs.workload import counted, is_ready, observed, pods, ready_since, replicas


@dataclass(frozen=True, slots=True)
class Ready:
    """Every target is ready."""

    targets: tuple[Target, ...]

    def needs(self) -> Sequence[Need]:
        """The targets' lists, and those their controllers make."""
        return [ListOf(kind) for target in self.targets for kind in (target.kind, *KINDS[target.kind][1])]

    def judge(self, evidence: Evidence, _baseline: Mapping[str, Any]) -> Outcome:
        """Findings where it is not ready; otherwise since when it is."""
        findings: list[Finding] = []
        times: list[datetime] = []
        waiting = True
        for target in self.targets:
            item = evidence.find(target.kind, target.name)
            if item is None or item["metadata"].get("deletionTimestamp"):
                findings.append(not_there(target, item))
                waiting = False
                continue
            found, since = KINDS[target.kind][0](target, item, evidence)
            findings.extend(found)
            times.extend(time for time in (since,) if time)
        return Outcome(tuple(findings), since=max(times) if times else None, waiting=waiting and bool(findings))


Found = tuple[list[Finding], datetime | None]


def _workload(target: Target, item: Object, evidence: Evidence) -> Found:
    """A Deployment or ReplicaSet: every wanted Pod updated, available, and none of an older template left."""
    wanted = replicas(item)
    findings = []
    if not observed(item):
        findings.append(Finding(f"{target.title} status.observedGeneration", "the newest spec seen", "an older one"))
    if wanted == 0:
        findings.append(Finding(f"{target.title} spec.replicas", "1 or more", "0"))
    fields = ("updatedReplicas", "availableReplicas") if target.kind == "Deployment" else ("availableReplicas",)
    short = [field for field in fields if counted(item, field) < wanted]
    findings.extend(Finding(f"{target.title} status.{name}", str(wanted), str(counted(item, name))) for name in short)
    if counted(item, "replicas") > wanted:
        findings.append(Finding(f"{target.title} status.replicas", str(wanted), str(counted(item, "replicas"))))
    if findings:
        return findings, None
    times = [time for time in map(ready_since, pods(evidence, item)) if time]
    if len(times) < wanted:
        return [Finding(f"{target.title} ready Pods", str(wanted), str(len(times)))], None
    return [], max(times)


def _pod(target: Target, item: Object, _evidence: Evidence) -> Found:
    since = ready_since(item)
    if since is None or not is_ready(item):
        phase = item.get("status", {}).get("phase") or "unknown"
        return [
            Finding(f"{target.title} condition Ready", "True", f"{condition(item, 'Ready').get('status')} ({phase})")
        ], None
    return [], since


def _service(target: Target, item: Object, evidence: Evidence) -> Found:
    """A Service with at least one ready endpoint; a LoadBalancer also needs its address."""
    ready = 0
    for entry in slices(evidence, target.name):
        if entry.get("ports"):
            ready += sum(1 for point in entry.get("endpoints") or () if point.get("conditions", {}).get("ready"))
    findings = [] if ready else [Finding(f"{target.title} ready endpoints", "1 or more", "0")]
    if item["spec"].get("type") == "LoadBalancer" and not item.get("status", {}).get("loadBalancer", {}).get("ingress"):
        findings.append(Finding(f"{target.title} status.loadBalancer.ingress", "an address", ABSENT))
    return findings, moment(item["metadata"].get("creationTimestamp"))


def slices(evidence: Evidence, service: str) -> list[Object]:
    """The EndpointSlices of a Service."""
    label = "kubernetes.io/service-name"
    return [
        entry
        for entry in evidence.objects("EndpointSlice")
        if (entry["metadata"].get("labels") or {}).get(label) == service
    ]


Judge = Callable[[Target, Object, Evidence], Found]
KINDS: Mapping[str, tuple[Judge, tuple[str, ...]]] = {
    "Deployment": (_workload, ("ReplicaSet", "Pod")),
    "ReplicaSet": (_workload, ("Pod",)),
    "Pod": (_pod, ()),
    "Service": (_service, ("EndpointSlice", "Pod")),
}


SCHEMA: Schema = {"type": "array", "minItems": 1, "items": ALIAS}


def parse(data: Any, targets: Mapping[str, Target]) -> Ready:
    """`[alias, ...]`."""
    if not isinstance(data, list) or not data:
        raise BadCheck((), "ready takes a list of objects")
    found = tuple(target_of(targets, alias, (place,)) for place, alias in enumerate(data))
    for place, target in enumerate(found):
        if target.kind not in KINDS:
            raise BadCheck((place,), f"ready does not know {target.kind}; it knows {', '.join(KINDS)}")
    return Ready(found)
