"""`targets`: what an object points at is the right thing.

A Service's port arrives at a container's port (by number or by name), an Ingress sends to a Service, a
HorizontalPodAutoscaler scales a workload.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quizapp.labs.check import BadCheck, Outcome, Target, not_there, target_of
from quizapp.labs.evidence import Evidence, ListOf, Need, Object
from quizapp.labs.finding import Finding
from quizapp.labs.schema import ALIAS, Schema
from quizapp.labs.workload import pods

POINTING = ("Service", "Ingress", "HorizontalPodAutoscaler")
PORT_KEYS = ("of", "port", "container-port")


@dataclass(frozen=True, slots=True)
class Aim:
    """What points, at what; for a Service also its port and the container's port, None for any."""

    target: Target
    at: Target
    port: int | None = None
    container_port: int | None = None


@dataclass(frozen=True, slots=True)
class Targets:
    """Every one of them points where it should."""

    aims: tuple[Aim, ...]

    def needs(self) -> Sequence[Need]:
        """What points, what it points at, and the Pods behind it."""
        kinds = [kind for aim in self.aims for kind in (aim.target.kind, aim.at.kind)]
        return [ListOf(kind) for kind in dict.fromkeys([*kinds, "ReplicaSet", "Pod"])]

    def judge(self, evidence: Evidence, _baseline: Mapping[str, Any]) -> Outcome:
        """A finding for each that points elsewhere, or that is not there."""
        findings: list[Finding] = []
        for aim in self.aims:
            item, at = evidence.find(aim.target.kind, aim.target.name), evidence.find(aim.at.kind, aim.at.name)
            if item is None or at is None:
                findings.append(not_there(aim.target if item is None else aim.at, None))
            else:
                findings.extend(JUDGES[aim.target.kind](aim, item, at, evidence))
        return Outcome(tuple(findings))


def _service(aim: Aim, item: Object, at: Object, evidence: Evidence) -> Iterator[Finding]:
    ports = [entry for entry in item["spec"].get("ports") or () if aim.port in (None, entry.get("port"))]
    if not ports:
        have = ", ".join(str(entry.get("port")) for entry in item["spec"].get("ports") or ()) or "none"
        yield Finding(f"{aim.target.title} spec.ports[].port", str(aim.port), have)
        return
    arrive = [_number(entry.get("targetPort", entry.get("port")), at, evidence) for entry in ports]
    wanted = aim.container_port
    if wanted is not None and wanted not in arrive:
        named = ", ".join(str(entry.get("targetPort", entry.get("port"))) for entry in ports)
        yield Finding(f"{aim.target.title} spec.ports[].targetPort", str(wanted), named)


def _number(port: Any, workload: Object, evidence: Evidence) -> int | None:
    """A target port as a number; a name is what the containers call it."""
    if isinstance(port, int):
        return port
    current = pods(evidence, workload)
    spec = current[0]["spec"] if current else workload.get("spec", {}).get("template", {}).get("spec", {})
    for container in spec.get("containers") or ():
        for entry in container.get("ports") or ():
            if entry.get("name") == port:
                return int(entry["containerPort"])
    return None


def _ingress(aim: Aim, item: Object, _at: Object, _evidence: Evidence) -> Iterator[Finding]:
    names = [backend.get("service", {}).get("name") for backend in _backends(item)]
    if aim.at.name not in names:
        there = ", ".join(str(name) for name in names if name) or "no Service"
        yield Finding(f"{aim.target.title} spec.rules[].http.paths[].backend.service.name", aim.at.name, there)


def _backends(item: Object) -> Iterator[Mapping[str, Any]]:
    if item["spec"].get("defaultBackend"):
        yield item["spec"]["defaultBackend"]
    for rule in item["spec"].get("rules") or ():
        for path in (rule.get("http") or {}).get("paths") or ():
            yield path.get("backend") or {}


def _autoscaler(aim: Aim, item: Object, _at: Object, _evidence: Evidence) -> Iterator[Finding]:
    ref = item["spec"].get("scaleTargetRef") or {}
    there = f"{ref.get('kind')}/{ref.get('name')}"
    if there != aim.at.title:
        yield Finding(f"{aim.target.title} spec.scaleTargetRef", aim.at.title, there)


JUDGES = {"Service": _service, "Ingress": _ingress, "HorizontalPodAutoscaler": _autoscaler}


PORT: Schema = {"type": "integer"}
SCHEMA: Schema = {
    "type": "object",
    "minProperties": 1,
    "additionalProperties": {
        "anyOf": [
            ALIAS,
            {
                "type": "object",
                "properties": {"of": ALIAS, **dict.fromkeys(PORT_KEYS[1:], PORT)},
                "required": ["of"],
                "additionalProperties": False,
            },
        ]
    },
}


def parse(data: Any, targets: Mapping[str, Target]) -> Targets:
    """`{service: {of: web, port: 80, container-port: 8080}}`, `{ingress: service}`, `{hpa: deployment}`."""
    if not isinstance(data, Mapping) or not data:
        raise BadCheck((), "targets takes a mapping of what points to what it points at")
    return Targets(tuple(_aim(alias, what, targets) for alias, what in data.items()))


def _aim(alias: Any, what: Any, targets: Mapping[str, Target]) -> Aim:
    target = target_of(targets, alias, (alias,))
    if target.kind not in POINTING:
        raise BadCheck((alias,), f"a {target.kind} points at nothing; known are {', '.join(POINTING)}")
    if target.kind != "Service":
        return Aim(target, target_of(targets, what, (alias,)))
    if not isinstance(what, Mapping) or "of" not in what or set(what) - set(PORT_KEYS):
        raise BadCheck((alias,), f"a Service needs of, and takes {', '.join(PORT_KEYS[1:])}")
    for key in PORT_KEYS[1:]:
        if not isinstance(what.get(key, 1), int) or isinstance(what.get(key), bool):
            raise BadCheck((alias, key), f"{key} is a number")
    return Aim(target, target_of(targets, what["of"], (alias, "of")), what.get("port"), what.get("container-port"))
