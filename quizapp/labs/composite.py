"""Checks made of checks: `any` of several ways is right, `not` one that must stay away. Knows no check on the shelf."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from quizapp.labs.check import BadCheck, Check, Outcome, Parse, Target
from quizapp.labs.evidence import Evidence, Need
from quizapp.labs.finding import Finding
from quizapp.labs.schema import Schema

LONG_AGO = datetime.min.replace(tzinfo=UTC)
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class All:
    """Several checks that must all hold: a step, or one way of several."""

    checks: tuple[Check, ...]

    def needs(self) -> Sequence[Need]:
        """What all of them need."""
        return [need for check in self.checks for need in check.needs()]

    def judge(self, evidence: Evidence, baseline: Mapping[str, Any]) -> Outcome:
        """All their findings; since the last of them holds."""
        outcomes = [check.judge(evidence, baseline) for check in self.checks]
        failing = [outcome for outcome in outcomes if outcome.findings]
        times = [outcome.since for outcome in outcomes if outcome.since]
        return Outcome(
            tuple(finding for outcome in outcomes for finding in outcome.findings),
            since=max(times) if times and not failing else None,
            waiting=bool(failing) and all(outcome.waiting for outcome in failing),
        )


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of several ways; the one that is nearest is told when none holds."""

    ways: tuple[Check, ...]

    def needs(self) -> Sequence[Need]:
        """What all ways need."""
        return All(self.ways).needs()

    def judge(self, evidence: Evidence, baseline: Mapping[str, Any]) -> Outcome:
        """The outcome of the way with the fewest findings; among those that hold, the one that held first."""
        outcomes = [way.judge(evidence, baseline) for way in self.ways]
        right = [outcome for outcome in outcomes if not outcome.findings]
        if right:
            return min(right, key=lambda outcome: outcome.since or LONG_AGO)
        return min(outcomes, key=lambda outcome: len(outcome.findings))


@dataclass(frozen=True, slots=True)
class Not:
    """A way that must not hold: `says` is what the learner reads when it does."""

    check: Check
    says: str

    def needs(self) -> Sequence[Need]:
        """What the check needs."""
        return self.check.needs()

    def judge(self, evidence: Evidence, baseline: Mapping[str, Any]) -> Outcome:
        """One finding when it holds."""
        if self.check.judge(evidence, baseline).findings:
            return Outcome()
        return Outcome((Finding(self.says, "not so", "it is so"),))


def parsers(shelf: Mapping[str, Parse]) -> Mapping[str, Parse]:
    """`any` and `not` over a shelf of checks."""

    def any_of(data: Any, targets: Mapping[str, Target]) -> AnyOf:
        if not isinstance(data, list) or len(data) < 2:
            raise BadCheck((), "any takes a list of two ways or more, each a mapping of checks")
        return AnyOf(tuple(_all_of(shelf, way, targets, (place,)) for place, way in enumerate(data)))

    def none_of(data: Any, targets: Mapping[str, Target]) -> Not:
        if not isinstance(data, Mapping) or not isinstance(data.get("says"), str) or not data["says"].strip():
            raise BadCheck((), "not takes checks and says: what the learner reads when they hold")
        checks = {name: value for name, value in data.items() if name != "says"}
        return Not(_all_of(shelf, checks, targets, ()), data["says"].strip())

    return {"any": any_of, "not": none_of}


def schemas(shelf: Sequence[str]) -> Mapping[str, Schema]:
    """What may stand under `any` and `not`, over the names of a shelf."""
    checks = {name: {"$ref": f"#/$defs/{name}"} for name in shelf}
    way: Schema = {"type": "object", "minProperties": 1, "properties": checks, "additionalProperties": False}
    words = {"says": {"type": "string", "description": "What the learner reads when the checks in it hold."}, **checks}
    none: Schema = {"type": "object", "minProperties": 2, "properties": words, "required": ["says"]}
    return {
        "any": {"type": "array", "minItems": 2, "items": way},
        "not": {**none, "additionalProperties": False},
    }


def _all_of(shelf: Mapping[str, Parse], data: Any, targets: Mapping[str, Target], path: Path) -> All:
    if not isinstance(data, Mapping) or not data:
        raise BadCheck(path, f"takes checks; known are {', '.join(shelf)}")
    checks = []
    for name, value in data.items():
        if name not in shelf:
            raise BadCheck((*path, name), f"unknown check {name!r}; known are {', '.join(shelf)}")
        checks.append(_below(shelf[name], value, targets, (*path, name)))
    return All(tuple(checks))


def _below(parse: Parse, value: Any, targets: Mapping[str, Target], path: Path) -> Check:
    """Parses a check inside another one, so that its errors carry the whole path."""
    try:
        return parse(value, targets)
    except BadCheck as error:
        raise BadCheck((*path, *error.path), error.says) from error
