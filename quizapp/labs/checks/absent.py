"""`absent`: an object is gone, or was never made. One that is being deleted is not gone yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quizapp.labs.check import BadCheck, Outcome, Target, target_of
from quizapp.labs.evidence import Evidence, ListOf, Need
from quizapp.labs.finding import Finding
from quizapp.labs.schema import ALIAS, Schema


@dataclass(frozen=True, slots=True)
class Absent:
    """None of the targets is there."""

    targets: tuple[Target, ...]

    def needs(self) -> Sequence[Need]:
        """The lists in which the targets must not be."""
        return [ListOf(target.kind) for target in self.targets]

    def judge(self, evidence: Evidence, _baseline: Mapping[str, Any]) -> Outcome:
        """A finding for each that is there; it waits while all that is left of them is being deleted."""
        findings, waiting = [], True
        for target in self.targets:
            item = evidence.find(target.kind, target.name)
            if item is not None:
                going = bool(item["metadata"].get("deletionTimestamp"))
                waiting = waiting and going
                findings.append(Finding(target.title, "not there", "being deleted" if going else "there"))
        return Outcome(tuple(findings), waiting=waiting and bool(findings))


SCHEMA: Schema = {"type": "array", "minItems": 1, "items": ALIAS}


def parse(data: Any, targets: Mapping[str, Target]) -> Absent:
    """`[alias, ...]`."""
    if not isinstance(data, list) or not data:
        raise BadCheck((), "absent takes a list of objects")
    return Absent(tuple(target_of(targets, alias, (place,)) for place, alias in enumerate(data)))
