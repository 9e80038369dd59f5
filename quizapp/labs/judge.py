"""Whether a step is done: its checks over one round of evidence. Pure; told the time by the evidence, never by
a clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from quizapp.labs.composite import All
from quizapp.labs.evidence import Evidence, NotReadable
from quizapp.labs.finding import Finding
from quizapp.labs.spec import Step
from quizapp.labs.trouble import Unreadable

State = Literal["todo", "waiting", "blocked", "unknown", "passed", "locked"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the checks of a step say; `hold_left` counts seconds down while everything holds but not yet for
    long enough."""

    state: State
    findings: tuple[Finding, ...] = ()
    hold_left: float = 0.0
    trouble: Unreadable | None = None


def judge(step: Step, evidence: Evidence, baseline: Mapping[str, Any]) -> Judgement:
    """The state of a step by its checks alone; the diagnosis may still turn `todo` into `waiting` or `blocked`."""
    try:
        outcome = All(step.checks).judge(evidence, baseline)
    except NotReadable as error:
        return Judgement("unknown", trouble=error.unreadable)
    if outcome.findings:
        return Judgement("waiting" if outcome.waiting else "todo", tuple(dict.fromkeys(outcome.findings)))
    left = (outcome.since + step.hold - evidence.at).total_seconds() if outcome.since else 0.0
    return Judgement("waiting", hold_left=left) if left > 0 else Judgement("passed")
