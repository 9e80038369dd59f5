"""`can`: what a ServiceAccount or a user may do in the lab's namespace, by the API server's own word.

Whatever grants it counts: one Role or three, a ClusterRole, a binding to a group. A ServiceAccount is asked about with
its groups, as the API server itself would see it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quizapp.labs.check import BadCheck, Outcome, Target
from quizapp.labs.evidence import HERE, Evidence, Need, Review
from quizapp.labs.finding import Finding
from quizapp.labs.schema import Schema

KEYS = ("who", "verb", "resource", "group", "name", "allowed")


@dataclass(frozen=True, slots=True)
class Question:
    """One question to the API server, and the answer it must have."""

    review: Review
    allowed: bool
    title: str


@dataclass(frozen=True, slots=True)
class Can:
    """Every question is answered as asked for."""

    questions: tuple[Question, ...]

    def needs(self) -> Sequence[Need]:
        """The API's answers."""
        return [question.review for question in self.questions]

    def judge(self, evidence: Evidence, _baseline: Mapping[str, Any]) -> Outcome:
        """A finding for each answer that is the other one."""
        findings = []
        for question in self.questions:
            answer = evidence.review(question.review)
            if answer.allowed is not question.allowed:
                there = f"allowed: {answer.reason}" if answer.allowed and answer.reason else _word(answer.allowed)
                findings.append(Finding(question.title, _word(question.allowed), there))
        return Outcome(tuple(findings))


def _word(allowed: bool) -> str:
    return "allowed" if allowed else "not allowed"


TEXT: Schema = {"type": "string"}
SCHEMA: Schema = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "properties": {
            **dict.fromkeys(KEYS, TEXT),
            "who": {"type": "string", "pattern": "^(serviceaccount|user)/.+$"},
            "allowed": {"type": "boolean"},
        },
        "required": ["who", "verb", "resource"],
        "additionalProperties": False,
    },
}


def parse(data: Any, _targets: Mapping[str, Target]) -> Can:
    """`[{who: serviceaccount/app, verb: list, resource: pods, group: "", name: "", allowed: true}]`."""
    if not isinstance(data, list) or not data:
        raise BadCheck((), "can takes a list such as [{who: serviceaccount/app, verb: list, resource: pods}]")
    return Can(tuple(_question(entry, place) for place, entry in enumerate(data)))


def _question(entry: Any, place: int) -> Question:
    if not isinstance(entry, Mapping) or not {"who", "verb", "resource"} <= set(entry):
        raise BadCheck((place,), "needs who, verb and resource")
    for key, value in entry.items():
        if key not in KEYS:
            raise BadCheck((place, key), f"unknown {key!r}; known are {', '.join(KEYS)}")
        if key == "allowed" and not isinstance(value, bool):
            raise BadCheck((place, key), "allowed is true or false")
        if key != "allowed" and not isinstance(value, str):
            raise BadCheck((place, key), f"{key} is a text")
    user, groups = _subject(entry["who"], place)
    resource, _, subresource = entry["resource"].partition("/")
    review = Review(user, groups, entry["verb"], entry.get("group", ""), resource, subresource, entry.get("name", ""))
    name = f" {entry['name']}" if entry.get("name") else ""
    return Question(review, entry.get("allowed", True), f"{entry['who']}: {entry['verb']} {entry['resource']}{name}")


def _subject(who: str, place: int) -> tuple[str, tuple[str, ...]]:
    """User name and groups as the API server's authentication would give them."""
    kind, _, name = who.partition("/")
    if kind == "serviceaccount" and name:
        groups = ("system:serviceaccounts", f"system:serviceaccounts:{HERE}", "system:authenticated")
        return f"system:serviceaccount:{HERE}:{name}", groups
    if kind == "user" and name:
        return name, ("system:authenticated",)
    raise BadCheck((place, "who"), f"{who!r} is nobody; write serviceaccount/NAME (of this namespace) or user/NAME")
