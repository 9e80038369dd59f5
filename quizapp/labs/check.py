"""What every check is: it says what must be read, and judges what was. Knows no check on the shelf."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from quizapp.labs.evidence import Evidence, Need, Object
from quizapp.labs.finding import Finding
from quizapp.labs.paths import is_path

HOLD = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Target:
    """An object that a step speaks of, under a short name of its own."""

    alias: str
    kind: str
    name: str

    @property
    def title(self) -> str:
        """How a message names it: Deployment/web."""
        return f"{self.kind}/{self.name}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """Nothing found means it holds; `since` is the instant from which it holds, where holding matters."""

    findings: tuple[Finding, ...] = ()
    since: datetime | None = None
    waiting: bool = False


class Check(Protocol):
    """One check of one step; pure."""

    def needs(self) -> Sequence[Need]:
        """What must be read to judge it."""
        ...

    def judge(self, evidence: Evidence, baseline: Mapping[str, Any]) -> Outcome:
        """Whether it holds; NotReadable when what it needs could not be read."""
        ...


class BadCheck(ValueError):
    """What an author wrote cannot be a check: `path` below the step, and why."""

    def __init__(self, path: tuple[str | int, ...], says: str) -> None:
        super().__init__(says)
        self.path, self.says = path, says


Parse = Callable[[Any, Mapping[str, Target]], Check]


def not_there(target: Target, item: Object | None) -> Finding:
    """What a learner reads when an object is missing, or will be in a moment."""
    article = "an" if target.kind[0] in "AEIO" else "a"
    found = "none" if item is None else "one that is being deleted"
    return Finding(target.title, f"{article} {target.kind} named {target.name}", found)


def target_field(targets: Mapping[str, Target], text: object, path: tuple[str | int, ...]) -> tuple[Target, str]:
    """The target and the path in it that an author means by alias.spec.field, or BadCheck."""
    if not isinstance(text, str) or not is_path(text) or "." not in text:
        raise BadCheck(path, f"{text!r} is no field; write alias.spec.field")
    alias, _, field = text.partition(".")
    return target_of(targets, alias, path), field


def target_of(targets: Mapping[str, Target], alias: object, path: tuple[str | int, ...]) -> Target:
    """The target an author means, or BadCheck."""
    if not isinstance(alias, str) or alias not in targets:
        known = ", ".join(targets) or "none"
        raise BadCheck(path, f"{alias!r} is not under get: of this step; known are {known}")
    return targets[alias]
