"""`changed`: something is not as it was when the lab started: another uid, a later revision, another number of
replicas."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quizapp.labs.check import BadCheck, Outcome, Target, not_there, target_of
from quizapp.labs.evidence import Evidence, ListOf, Need, Object
from quizapp.labs.finding import Finding
from quizapp.labs.schema import Schema
from quizapp.labs.workload import replicas, revision

ASPECTS = ("uid", "revision", "replicas")


@dataclass(frozen=True, slots=True)
class Changed:
    """`revision: 2` asks for two revisions more than at the start, counting from nothing where the object was
    absent."""

    wanted: tuple[tuple[Target, str, int], ...]

    def needs(self) -> Sequence[Need]:
        """The lists with the targets in them."""
        return [ListOf(target.kind) for target, _, _ in self.wanted]

    def judge(self, evidence: Evidence, baseline: Mapping[str, Any]) -> Outcome:
        """A finding for each aspect that is still as it was."""
        findings = []
        for target, aspect, steps in self.wanted:
            item = evidence.find(target.kind, target.name)
            if item is None:
                findings.append(not_there(target, None))
                continue
            finding = _judge(target, aspect, steps, item, baseline.get(target.title) or {})
            if finding:
                findings.append(finding)
        return Outcome(tuple(findings))


def aspects(item: Object) -> dict[str, Any]:
    """What a baseline keeps of an object."""
    return {"uid": item["metadata"]["uid"], "revision": revision(item), "replicas": replicas(item)}


def _judge(target: Target, aspect: str, steps: int, item: Object, before: Mapping[str, Any]) -> Finding | None:
    now = aspects(item)
    path = f"{target.title} {aspect}"
    if aspect != "revision":
        same = before and now[aspect] == before.get(aspect)
        return Finding(path, f"another than {before[aspect]}", str(now[aspect])) if same else None
    same_object = before.get("uid") == now["uid"]
    wanted = (int(before.get("revision") or 0) if same_object else 0) + steps
    return None if now["revision"] >= wanted else Finding(path, f"{wanted} or later", str(now["revision"]))


SCHEMA: Schema = {
    "type": "object",
    "additionalProperties": {
        "type": "object",
        "minProperties": 1,
        "properties": {aspect: {"type": ["integer", "boolean"]} for aspect in ASPECTS},
        "additionalProperties": False,
    },
}


def parse(data: Any, targets: Mapping[str, Target]) -> Changed:
    """`{alias: {revision: 2}}`, or `{alias: {uid: true}}`."""
    if not isinstance(data, Mapping):
        raise BadCheck((), "changed takes a mapping of objects to what must have changed")
    wanted = []
    for alias, what in data.items():
        target = target_of(targets, alias, (alias,))
        if not isinstance(what, Mapping) or not what:
            raise BadCheck((alias,), f"must name what has to change: {', '.join(ASPECTS)}")
        for aspect, steps in what.items():
            if aspect not in ASPECTS:
                raise BadCheck((alias, aspect), f"unknown {aspect!r}; known are {', '.join(ASPECTS)}")
            wanted.append((target, aspect, steps if aspect == "revision" and isinstance(steps, int) else 1))
    return Changed(tuple(wanted))
