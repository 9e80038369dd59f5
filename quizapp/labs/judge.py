"""Whether a step is done: its checks over one round of evidence. Pure; told the time by the evidence, never by
a clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

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
    findings: list[Finding] = []
    since: list[datetime] = []
    waiting = True
    for check in step.checks:
        try:
            outcome = check.judge(evidence, baseline)
        except NotReadable as error:
            return Judgement("unknown", trouble=error.unreadable)
        findings.extend(outcome.findings)
        waiting = waiting and (outcome.waiting or not outcome.findings)
        since.extend(time for time in (outcome.since,) if time)
    if findings:
        return Judgement("waiting" if waiting else "todo", tuple(dict.fromkeys(findings)))
    left = (max(since) + step.hold - evidence.at).total_seconds() if since else 0.0
    return Judgement("waiting", hold_left=left) if left > 0 else Judgement("passed")
