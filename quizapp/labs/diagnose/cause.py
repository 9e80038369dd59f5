"""What a rule finds, and what it is given. Knows no rule."""

import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from quizapp.labs.check import Target
from quizapp.labs.evidence import Evidence, Object
from quizapp.labs.finding import Finding

CauseState = Literal["waiting", "blocked", "unknown"]


@dataclass(frozen=True, slots=True)
class Cause:
    """Rule, what it is about, the sentence for the learner, the field that shows it, and a command that looks
    closer."""

    rule: str
    state: CauseState
    subject: str
    text: str
    evidence_path: str
    evidence_value: str
    next_command: str

    def to_dict(self) -> dict[str, str]:
        """The shape of `lab check --json`."""
        return {
            "rule": self.rule,
            "subject": self.subject,
            "text": self.text,
            "evidence_path": self.evidence_path,
            "evidence_value": self.evidence_value,
            "next_command": self.next_command,
        }


@dataclass(frozen=True, slots=True)
class Scene:
    """One step's objects in one round of evidence, and what differs there from what the step asks for."""

    evidence: Evidence
    targets: tuple[Target, ...]
    findings: tuple[Finding, ...] = ()

    def found(self, *kinds: str) -> Iterator[tuple[Target, Object]]:
        """The step's targets of these kinds that are there."""
        for target in self.targets:
            if target.kind in kinds:
                item = self.evidence.find(target.kind, target.name)
                if item is not None:
                    yield target, item

    def kubectl(self, *words: str) -> str:
        """A command that runs as it stands: with this context and namespace."""
        where = ("--context", self.evidence.context, "-n", self.evidence.namespace)
        return " ".join(["kubectl", *map(shlex.quote, words), *map(shlex.quote, where)])


def field_of(mapping: Mapping[str, object] | None, key: str) -> str:
    """A field as text, empty when it is not there."""
    value = (mapping or {}).get(key)
    return "" if value is None else str(value)
