"""`sum`: some fields add up to what is asked for: Pods of several Deployments, memory of several limits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from quizapp.labs.check import BadCheck, Outcome, Target, not_there, target_field
from quizapp.labs.evidence import Evidence, ListOf, Need
from quizapp.labs.finding import Finding, shown
from quizapp.labs.normal import quantity
from quizapp.labs.operators import OPERATORS, said, wrong_operand
from quizapp.labs.paths import value_at
from quizapp.labs.schema import FIELD, Schema


@dataclass(frozen=True, slots=True)
class Sum:
    """Fields of targets, and the comparison their sum must hold, such as "<=1Gi"."""

    places: tuple[tuple[Target, str], ...]
    wanted: str

    def needs(self) -> Sequence[Need]:
        """The lists with the targets in them."""
        return [ListOf(target.kind) for target, _ in self.places]

    def judge(self, evidence: Evidence, _baseline: Mapping[str, Any]) -> Outcome:
        """One finding for the sum, or one for each part of it that is no amount."""
        findings = []
        total = Decimal(0)
        for target, path in self.places:
            item = evidence.find(target.kind, target.name)
            value = value_at(item, path) if item else None
            amount = quantity(value)
            if item is None:
                findings.append(not_there(target, None))
            elif amount is None:
                findings.append(Finding(f"{target.title} {path}", "an amount", shown(value)))
            else:
                total += amount
        if not findings and not OPERATORS["quantity"][0](self.wanted, str(total), ""):
            what = " + ".join(f"{target.title} {path}" for target, path in self.places)
            findings.append(Finding(what, said("quantity", self.wanted), f"{total.normalize():f}"))
        return Outcome(tuple(findings))


SCHEMA: Schema = {
    "type": "object",
    "properties": {"of": {"type": "array", "minItems": 1, "items": FIELD}, "is": {"type": ["string", "number"]}},
    "required": ["of", "is"],
    "additionalProperties": False,
}


def parse(data: Any, targets: Mapping[str, Target]) -> Sum:
    """`{of: [web.spec.replicas, api.spec.replicas], is: "<=5"}`."""
    if not isinstance(data, Mapping) or set(data) != {"of", "is"} or not isinstance(data["of"], list) or not data["of"]:
        raise BadCheck((), 'sum takes {of: [alias.spec.field, ...], is: "<=5"}')
    says = wrong_operand("quantity", data["is"])
    if says:
        raise BadCheck(("is",), says)
    places = tuple(target_field(targets, text, ("of", place)) for place, text in enumerate(data["of"]))
    return Sum(places, str(data["is"]))
