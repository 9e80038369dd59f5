"""What a rule finds, and what it is given. Knows no rule."""

import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

from quizapp.labs.check import Target
from quizapp.labs.evidence import Evidence, Object, moment, title
from quizapp.labs.finding import Finding
from quizapp.labs.trouble import Unreadable

WRITTEN = re.compile(r"\S+ (spec|metadata|data|immutable)\b")

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
    told: Mapping[str, list[Object]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Sorts the events by the uid of what they are about, once: many Pods have many events."""
        told: dict[str, list[Object]] = {}
        for event in self.evidence.readable("Event"):
            told.setdefault(field_of(event.get("involvedObject"), "uid"), []).append(event)
        object.__setattr__(self, "told", told)

    def found(self, *kinds: str) -> Iterator[tuple[Target, Object]]:
        """The step's targets of these kinds that are there."""
        for target in self.targets:
            if target.kind in kinds:
                item = self.evidence.find(target.kind, target.name)
                if item is not None:
                    yield target, item

    def known(self, kind: str) -> tuple[Object, ...] | None:
        """All objects of a kind, or None when they were not read: nothing may be called missing then."""
        found = self.evidence.lists.get(kind)
        return None if found is None or isinstance(found, Unreadable) else found

    def missing(self, kind: str, name: str | None) -> bool:
        """Whether the object that is named is not there; what was not read is never called missing."""
        known = self.known(kind)
        if not name or known is None:
            return False
        return name not in map(name_of, known)

    def about(self, name: str) -> tuple[Finding, ...]:
        """The findings about the object of that title."""
        return tuple(one for one in self.findings if one.path == name or one.path.startswith(f"{name} "))

    def misses(self, *fields: str) -> bool:
        """Whether the step misses something that happens, or something that is written in one of these fields.

        A step that asks for another image alone is not red because a Pod falls: nothing but its cause may be told.
        """
        titles = {target.title for target in self.targets}
        return not self.findings or any(
            (one.path not in titles and not WRITTEN.match(one.path)) or any(field in one.path for field in fields)
            for one in self.findings
        )

    def since(self, text: str | None) -> timedelta | None:
        """How long ago a time of the cluster was."""
        found = moment(text)
        return None if found is None else self.evidence.at - found

    def kubectl(self, *words: str) -> str:
        """A command that runs as it stands: with this context and namespace."""
        where = ("--context", self.evidence.context, "-n", self.evidence.namespace)
        return " ".join(["kubectl", *map(shlex.quote, words), *map(shlex.quote, where)])

    def tell(
        self,
        rule: str,
        item: Object,
        text: str,
        shows: tuple[str, str],
        *,
        waiting: bool = False,
        command: str | None = None,
    ) -> Cause:
        """A cause about an object that is there; `shows` are the field and its value, and `describe` is the next
        command unless another one is given."""
        look = command or self.kubectl("describe", str(item["kind"]).lower(), name_of(item))
        return Cause(rule, "waiting" if waiting else "blocked", title(item), text, *shows, look)


def name_of(item: Object) -> str:
    """The name of an object."""
    return str(item["metadata"]["name"])


def field_of(mapping: Mapping[str, object] | None, key: str) -> str:
    """A field as text, empty when it is not there."""
    value = (mapping or {}).get(key)
    return "" if value is None else str(value)


def ago(time: timedelta) -> str:
    """A span of time in words: 40 seconds, 3 minutes."""
    seconds = max(0, int(time.total_seconds()))
    number, unit = (seconds, "second") if seconds < 120 else (seconds // 60, "minute")
    return f"{number} {unit}{'' if number == 1 else 's'}"
