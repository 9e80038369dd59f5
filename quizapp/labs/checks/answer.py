"""`answer`: the learner types what only a look at the cluster gives, and it is compared with what is there now.

The findings never hold the right value. Compared by meaning: quotes around it, capitals and the v of a version do not
matter, amounts and images are those of quizapp.labs.normal.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quizapp.labs.check import BadCheck, Outcome, Target, not_there, target_of
from quizapp.labs.evidence import KINDS, Evidence, ListOf, Need, Object
from quizapp.labs.finding import ASKED, Finding, shown
from quizapp.labs.normal import QUANTITY_FIELDS, same_scalar
from quizapp.labs.paths import is_path, value_at
from quizapp.labs.schema import ALIAS, Schema
from quizapp.labs.workload import pods

WHOSE = ("of", "pods-of", "any")
KEYS = ("ask", *WHOSE, "field")
WORKLOADS = ("Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "Job")
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: a field of one object, of any current Pod of a workload, or of any object of a kind."""

    ask: str
    kind: str
    target: Target | None
    field: str
    of_pods: bool = False

    @property
    def key(self) -> str:
        """What a typed answer is stored under: Pod/web status.podIP."""
        whose = self.target.title if self.target else f"any {self.kind}"
        return f"{whose}{' Pods' if self.of_pods else ''} {self.field}"

    def there(self, evidence: Evidence) -> list[Object]:
        """The objects whose field would be right."""
        if self.target is None:
            return list(evidence.objects(self.kind))
        item = evidence.find(self.target.kind, self.target.name)
        if item is None:
            return []
        return pods(evidence, item) if self.of_pods else [item]

    def values(self, evidence: Evidence) -> list[Any]:
        """The right answers; none while the cluster has not filled in the field."""
        found = [value_at(item, self.field) for item in self.there(evidence)]
        return [value for value in found if value is not None and not isinstance(value, dict | list)]


@dataclass(frozen=True, slots=True)
class Answer:
    """Every question is answered with what is there."""

    questions: tuple[Question, ...]

    def needs(self) -> Sequence[Need]:
        """The lists with the answers in them."""
        kinds = [kind for one in self.questions for kind in (one.kind, *(("ReplicaSet", "Pod") if one.of_pods else ()))]
        return [ListOf(kind) for kind in dict.fromkeys(kinds)]

    def judge(self, evidence: Evidence, _baseline: Mapping[str, Any]) -> Outcome:
        """A finding for each question without its answer; it waits while there is nothing to answer with yet."""
        findings, waiting = [], True
        for question in self.questions:
            if question.target and evidence.find(question.target.kind, question.target.name) is None:
                findings.append(not_there(question.target, None))
                waiting = False
                continue
            found = _judge(question, evidence)
            findings.extend(found)
            waiting = waiting and (not found or not question.values(evidence))
        return Outcome(tuple(findings), waiting=waiting and bool(findings))


def _judge(question: Question, evidence: Evidence) -> Iterator[Finding]:
    values, typed = question.values(evidence), evidence.answers.get(question.key)
    if not values:
        yield Finding(f"{question.key}", "something to read", "nothing yet")
    elif typed is None:
        yield Finding(f"{ASKED}{question.ask}", "your answer", "none yet")
    elif not any(same_answer(question.field, value, typed) for value in values):
        yield Finding(f"{ASKED}{question.ask}", "what the cluster says now", f"your answer {shown(typed)}")


def same_answer(field: str, value: Any, typed: str) -> bool:
    """Whether what was typed means a value of that field."""
    name = field.rpartition(".")[2]
    left, right = _bare(shown(value)), _bare(typed)
    if not right or same_scalar(name, left, right):
        return bool(right)
    if name in QUANTITY_FIELDS:
        return False  # 64m is not 64M
    return _folded(left) == _folded(right)


def _bare(text: str) -> str:
    """Without blanks and quotes around it."""
    return " ".join(text.split()).strip("`'\"")


def _folded(text: str) -> str:
    """Without capitals and the v of a version."""
    text = text.casefold()
    return text[1:] if text[:1] == "v" and text[1:2].isdigit() else text


SCHEMA: Schema = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "properties": {
            "ask": {"type": "string", "pattern": r"\S", "description": "The question, as the learner reads it."},
            "of": ALIAS,
            "pods-of": ALIAS,
            "any": {"enum": list(KINDS)},
            "field": {"type": "string", "pattern": r"^\S+$"},
        },
        "required": ["ask", "field"],
        "anyOf": [{"required": [name]} for name in WHOSE],
        "additionalProperties": False,
    },
}


def parse(data: Any, targets: Mapping[str, Target]) -> Answer:
    """`[{ask: Which IP address has the Pod?, of: pod, field: status.podIP}]`; `pods-of` and `any` instead of `of`."""
    if not isinstance(data, list) or not data:
        raise BadCheck((), "answer takes a list such as [{ask: Which address has it?, of: pod, field: status.podIP}]")
    questions = tuple(_question(entry, place, targets) for place, entry in enumerate(data))
    keys = [question.key for question in questions]
    for place, key in enumerate(keys):
        if key in keys[:place]:
            raise BadCheck((place,), f"asks for {key} once more")
    return Answer(questions)


def _question(entry: Any, place: int, targets: Mapping[str, Target]) -> Question:
    if not isinstance(entry, Mapping) or len(set(WHOSE) & set(entry)) != 1:
        raise BadCheck((place,), f"needs one of {', '.join(WHOSE)}")
    for key in entry:
        if key not in KEYS:
            raise BadCheck((place, key), f"unknown {key!r}; known are {', '.join(KEYS)}")
    ask, field = entry.get("ask"), entry.get("field")
    if not isinstance(ask, str) or not ask.strip():
        raise BadCheck((place, "ask"), "ask is the question, as the learner reads it")
    if not isinstance(field, str) or not is_path(field):
        raise BadCheck((place, "field"), "field is a path such as status.podIP")
    kind, target, of_pods = _whose(entry, place, targets)
    if kind == "Secret":
        raise BadCheck((place,), "what a Secret holds is not kept, so it cannot be an answer")
    return Question(ask.strip(), kind, target, field, of_pods)


def _whose(entry: Mapping[str, Any], place: int, targets: Mapping[str, Target]) -> tuple[str, Target | None, bool]:
    """Kind, object and whether its Pods are meant."""
    if "any" in entry:
        if entry["any"] not in KINDS:
            raise BadCheck((place, "any"), f"unknown kind {entry['any']!r}; known are {', '.join(KINDS)}")
        return entry["any"], None, False
    name = "of" if "of" in entry else "pods-of"
    target = target_of(targets, entry[name], (place, name))
    if name == "pods-of" and target.kind not in WORKLOADS:
        raise BadCheck((place, name), f"a {target.kind} has no Pods; known are {', '.join(WORKLOADS)}")
    return target.kind, target, name == "pods-of"
