"""`logs`: what a container of the current Pods wrote, in its last lines.

Logs are read from the kubelet through the API server, and only their end: a line written long ago may be gone, so ask
for something that is written again and again, or soon after the step's own doing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quizapp.labs.check import BadCheck, Outcome, Target, not_there, target_of
from quizapp.labs.evidence import Evidence, ListOf, LogsOf, Need
from quizapp.labs.finding import Finding, shown
from quizapp.labs.schema import Schema

KEYS = ("contains", "container", "lacks")
WRITERS = ("Pod", "Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "Job")


@dataclass(frozen=True, slots=True)
class Logs:
    """A text that some Pod of the target wrote, and one that none wrote."""

    target: Target
    need: LogsOf
    contains: str | None
    lacks: str | None

    def needs(self) -> Sequence[Need]:
        """The target, its Pods, and what they wrote."""
        return [ListOf(self.target.kind), ListOf("ReplicaSet"), ListOf("Pod"), self.need]

    def judge(self, evidence: Evidence, _baseline: Mapping[str, Any]) -> Outcome:
        """A finding where the text is missing, or is there and should not be."""
        if evidence.find(self.target.kind, self.target.name) is None:
            return Outcome((not_there(self.target, None),))
        written = evidence.written(self.need)
        where = f"{self.target.title} logs"
        if not written:
            return Outcome((Finding(where, f"a line with {self.contains or 'something'!r}", "no Pod has written yet"),))
        findings = []
        if self.contains is not None and not any(self.contains in text for text in written.values()):
            last = next((text.strip().splitlines()[-1] for text in written.values() if text.strip()), None)
            findings.append(Finding(where, f"a line with {self.contains!r}", f"last line: {shown(last)}"))
        for pod, text in written.items():
            if self.lacks is not None and self.lacks in text:
                line = next(line for line in text.splitlines() if self.lacks in line)
                findings.append(Finding(f"Pod/{pod} logs", f"no line with {self.lacks!r}", shown(line)))
        return Outcome(tuple(findings))


TEXT: Schema = {"type": "string", "minLength": 1}
SCHEMA: Schema = {
    "type": "object",
    "minProperties": 1,
    "maxProperties": 1,
    "additionalProperties": {
        "type": "object",
        "properties": dict.fromkeys(KEYS, TEXT),
        "anyOf": [{"required": ["contains"]}, {"required": ["lacks"]}],
        "additionalProperties": False,
    },
}


def parse(data: Any, targets: Mapping[str, Target]) -> Logs:
    """`{alias: {contains: text, lacks: text, container: name}}`."""
    if not isinstance(data, Mapping) or len(data) != 1:
        raise BadCheck((), "logs takes one object and what its Pods must have written")
    alias, wanted = next(iter(data.items()))
    target = target_of(targets, alias, (alias,))
    if target.kind not in WRITERS:
        raise BadCheck((alias,), f"a {target.kind} writes no logs; known are {', '.join(WRITERS)}")
    if not isinstance(wanted, Mapping) or not {"contains", "lacks"} & set(wanted):
        raise BadCheck((alias,), "needs contains or lacks")
    for key, value in wanted.items():
        if key not in KEYS:
            raise BadCheck((alias, key), f"unknown {key!r}; known are {', '.join(KEYS)}")
        if not isinstance(value, str) or not value:
            raise BadCheck((alias, key), f"{key} is a text")
    need = LogsOf(target.kind, target.name, wanted.get("container", ""))
    return Logs(target, need, wanted.get("contains"), wanted.get("lacks"))
