"""`same`: two fields, of one object or of two, say the same (as amounts or images where they are)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quizapp.labs.check import BadCheck, Outcome, Target, not_there, target_field
from quizapp.labs.evidence import Evidence, ListOf, Need
from quizapp.labs.finding import Finding, shown
from quizapp.labs.normal import same_scalar
from quizapp.labs.paths import value_at
from quizapp.labs.schema import FIELD, Schema


@dataclass(frozen=True, slots=True)
class Place:
    """A field of a target."""

    target: Target
    path: str

    @property
    def title(self) -> str:
        """How a message names it."""
        return f"{self.target.title} {self.path}"


@dataclass(frozen=True, slots=True)
class Same:
    """Pairs of places with one value; nothing on both sides is not the same."""

    pairs: tuple[tuple[Place, Place], ...]

    def needs(self) -> Sequence[Need]:
        """The lists with the targets in them."""
        return [ListOf(place.target.kind) for pair in self.pairs for place in pair]

    def judge(self, evidence: Evidence, _baseline: Mapping[str, Any]) -> Outcome:
        """A finding for each pair that differs, and for each object that is not there."""
        findings = []
        for pair in self.pairs:
            items = [evidence.find(place.target.kind, place.target.name) for place in pair]
            gone = [not_there(place.target, None) for place, item in zip(pair, items, strict=True) if not item]
            findings.extend(gone)
            if gone:
                continue
            left, right = (value_at(item, place.path) for place, item in zip(pair, items, strict=True))
            if left is None or not _same(pair[0].path, left, right):
                findings.append(Finding(pair[0].title, f"the same as {pair[1].title} ({shown(right)})", shown(left)))
        return Outcome(tuple(findings))


def _same(path: str, left: Any, right: Any) -> bool:
    field = path.rpartition(".")[2]
    return left == right or (not isinstance(left, dict | list) and same_scalar(field, left, right))


SCHEMA: Schema = {"type": "object", "minProperties": 1, "additionalProperties": FIELD}


def parse(data: Any, targets: Mapping[str, Target]) -> Same:
    """`{web.spec.replicas: api.spec.replicas}`: alias, then the path."""
    if not isinstance(data, Mapping) or not data:
        raise BadCheck(
            (), "same takes a mapping of one field to the other, such as {web.spec.replicas: api.spec.replicas}"
        )
    return Same(
        tuple(
            (Place(*target_field(targets, left, (left,))), Place(*target_field(targets, right, (left,))))
            for left, right in data.items()
        )
    )
