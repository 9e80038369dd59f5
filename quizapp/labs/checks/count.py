"""`count`: how many objects of a kind there are, with labels or a content of their own.

What is being deleted does not count, nor do Pods that ended (an evicted Pod would inflate the number), unless the
expectation speaks of their phase.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quizapp.labs.check import BadCheck, Outcome, Target
from quizapp.labs.evidence import KINDS, Evidence, ListOf, Need, Object
from quizapp.labs.finding import Finding
from quizapp.labs.operators import is_operation, wrong_operand
from quizapp.labs.schema import OPERATION, TREE, Schema
from quizapp.labs.selector import picks, said
from quizapp.labs.tree import compare

KEYS = ("kind", "labels", "match", "number", "says")
ENDED = ("Failed", "Succeeded")


@dataclass(frozen=True, slots=True)
class Counted:
    """A kind, which of its objects count, how many there must be, and what they are called instead of by kind."""

    kind: str
    labels: tuple[tuple[str, str], ...]
    tree: Mapping[str, Any]
    number: Any
    says: str = ""

    @property
    def title(self) -> str:
        """What is counted, in words."""
        if self.says:
            return f"number of {self.says}"
        return f"number of {KINDS[self.kind].plural}" + (f" with {said(dict(self.labels))}" if self.labels else "")

    def counts(self, item: Object) -> bool:
        """Whether an object is one of those."""
        if item["metadata"].get("deletionTimestamp"):
            return False
        if not picks({"matchLabels": dict(self.labels)}, item["metadata"].get("labels") or {}):
            return False
        if self.kind == "Pod" and "phase" not in self.tree.get("status", {}):
            return item.get("status", {}).get("phase") not in ENDED and not compare(self.tree or {"kind": "Pod"}, item)
        return not self.tree or not compare(self.tree, item)


@dataclass(frozen=True, slots=True)
class Count:
    """Every number is as asked for."""

    wanted: tuple[Counted, ...]

    def needs(self) -> Sequence[Need]:
        """The lists that are counted."""
        return [ListOf(entry.kind) for entry in self.wanted]

    def judge(self, evidence: Evidence, _baseline: Mapping[str, Any]) -> Outcome:
        """A finding for each number that is another one."""
        findings: list[Finding] = []
        for entry in self.wanted:
            have = sum(1 for item in evidence.objects(entry.kind) if entry.counts(item))
            findings.extend(Finding(entry.title, found.expected, found.actual) for found in compare(entry.number, have))
        return Outcome(tuple(findings))


SCHEMA: Schema = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "properties": {
            "kind": {"enum": list(KINDS)},
            "labels": {"type": "object"},
            "match": TREE,
            "number": {"anyOf": [{"type": "integer", "minimum": 0}, OPERATION]},
            "says": {"type": "string", "pattern": r"\S", "description": "What the learner reads is counted."},
        },
        "required": ["kind", "number"],
        "additionalProperties": False,
    },
}


def parse(data: Any, _targets: Mapping[str, Target]) -> Count:
    """`[{kind: Pod, labels: {app: web}, match: {...}, number: 3}]`; number may be {gte: 2}."""
    if not isinstance(data, list) or not data:
        raise BadCheck((), "count takes a list such as [{kind: Pod, labels: {app: web}, number: 3}]")
    return Count(tuple(_entry(entry, place) for place, entry in enumerate(data)))


def _entry(entry: Any, place: int) -> Counted:
    if not isinstance(entry, Mapping) or not {"kind", "number"} <= set(entry):
        raise BadCheck((place,), "needs kind and number")
    for key in entry:
        if key not in KEYS:
            raise BadCheck((place, key), f"unknown {key!r}; known are {', '.join(KEYS)}")
    if entry["kind"] not in KINDS:
        raise BadCheck((place, "kind"), f"unknown kind {entry['kind']!r}; known are {', '.join(KINDS)}")
    _refuse_bad_number(entry["number"], place)
    labels = tuple((str(key), str(value)) for key, value in (entry.get("labels") or {}).items())
    says = entry.get("says", "")
    if not isinstance(says, str):
        raise BadCheck((place, "says"), "says is what is counted, as the learner reads it: Pods with a limit")
    return Counted(entry["kind"], labels, entry.get("match") or {}, entry["number"], says.strip())


def _refuse_bad_number(number: Any, place: int) -> None:
    if not is_operation(number):
        if isinstance(number, bool) or not isinstance(number, int) or number < 0:
            raise BadCheck((place, "number"), "number is a count such as 3, or a comparison such as {gte: 2}")
        return
    for operator, operand in number.items():
        says = wrong_operand(operator, operand)
        if says:
            raise BadCheck((place, "number", operator), says)
