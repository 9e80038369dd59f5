"""`match`: an object contains what the step asks for (the subset tree of quizapp.labs.tree)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quizapp.labs.check import BadCheck, Outcome, Target, not_there, target_of
from quizapp.labs.evidence import Evidence, ListOf, Need
from quizapp.labs.finding import Finding
from quizapp.labs.operators import is_operation, wrong_operand
from quizapp.labs.schema import TREE, Schema
from quizapp.labs.tree import compare


@dataclass(frozen=True, slots=True)
class Match:
    """One expectation for each target."""

    wanted: tuple[tuple[Target, Mapping[str, Any]], ...]

    def needs(self) -> Sequence[Need]:
        """The lists with the targets in them."""
        return [ListOf(target.kind) for target, _ in self.wanted]

    def judge(self, evidence: Evidence, _baseline: Mapping[str, Any]) -> Outcome:
        """A finding for each path that differs, and one for an object that is not there."""
        findings: list[Finding] = []
        for target, tree in self.wanted:
            item = evidence.find(target.kind, target.name)
            if item is None or item["metadata"].get("deletionTimestamp"):
                findings.append(not_there(target, item))
                continue
            differing = compare(tree, item)
            findings.extend(Finding(f"{target.title} {one.path}", one.expected, one.actual) for one in differing)
        return Outcome(tuple(findings))


SCHEMA: Schema = {"type": "object", "additionalProperties": TREE}


def parse(data: Any, targets: Mapping[str, Target]) -> Match:
    """`{alias: tree}`; an empty tree asks only that the object is there."""
    if not isinstance(data, Mapping):
        raise BadCheck((), "match takes a mapping of objects to what they must contain")
    wanted = []
    for alias, tree in data.items():
        target = target_of(targets, alias, (alias,))
        if not isinstance(tree, Mapping) or is_operation(tree):
            raise BadCheck((alias,), "must be a part of the object, such as {spec: {replicas: 3}}")
        _refuse_bad_operands(tree, (alias,))
        wanted.append((target, tree))
    return Match(tuple(wanted))


def _refuse_bad_operands(tree: Any, path: tuple[str | int, ...]) -> None:
    if is_operation(tree):
        for operator, operand in tree.items():
            says = wrong_operand(operator, operand)
            if says:
                raise BadCheck((*path, operator), says)
    if isinstance(tree, Mapping):
        for key, value in tree.items():
            _refuse_bad_operands(value, (*path, key))
    elif isinstance(tree, list):
        for place, value in enumerate(tree):
            _refuse_bad_operands(value, (*path, place))
