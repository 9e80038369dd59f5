"""Labs as pages and commands show them. Knows no store and no cluster."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from quizapp.labs.diagnose.cause import Cause
from quizapp.labs.diagnose.clusters import could_not_observe
from quizapp.labs.finding import Finding
from quizapp.labs.judge import State
from quizapp.labs.port import ContextInfo
from quizapp.labs.spec import Lab, Step
from quizapp.labs.trouble import ClusterTrouble
from quizapp.labs.verdict import Verdict
from quizapp.services.lab_help import StepHelp


@dataclass(frozen=True, slots=True)
class LabCard:
    """A lab in a list."""

    slug: str
    title: str
    summary: str
    minutes: int
    steps: int
    passed: int
    started: bool


@dataclass(frozen=True, slots=True)
class StepView:
    """A step and how it stands; its text is Markdown, `hold_left` is in seconds."""

    id: str
    title: str
    text: str
    state: State
    findings: tuple[Finding, ...] = ()
    diagnosis: tuple[Cause, ...] = ()
    hold_left: float = 0.0
    passed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LabPage:
    """A lab as its page shows it before the cluster is asked."""

    slug: str
    title: str
    summary: str
    minutes: int
    story: str
    module_slug: str | None
    namespace: str
    context: str | None
    started: bool
    contexts: tuple[ContextInfo, ...]
    start_commands: tuple[str, ...]
    steps: tuple[StepView, ...]
    help: Mapping[str, StepHelp]


@dataclass(frozen=True, slots=True)
class Verification:
    """One look at the cluster; `trouble` says why it could not be observed."""

    lab: str
    context: str
    cluster_uid: str
    steps: tuple[StepView, ...]
    trouble: ClusterTrouble | None = None

    def to_dict(self) -> dict[str, Any]:
        """The shape of `lab check --json`."""
        steps = [
            {
                "id": step.id,
                "state": step.state,
                "findings": [finding.to_dict() for finding in step.findings],
                "diagnosis": [cause.to_dict() for cause in step.diagnosis],
            }
            for step in self.steps
        ]
        return {"lab": self.lab, "context": self.context, "cluster_uid": self.cluster_uid, "steps": steps}


def step_view(step: Step, result: Verdict, passed: Mapping[str, datetime]) -> StepView:
    """A step with its verdict, and when it was passed."""
    return StepView(
        id=step.id,
        title=step.title,
        text=step.text,
        state=result.state,
        findings=result.findings,
        diagnosis=result.causes,
        hold_left=result.hold_left,
        passed_at=passed.get(step.id),
    )


def not_observed(lab: Lab, context: str, passed: Mapping[str, datetime], trouble: ClusterTrouble) -> Verification:
    """All that can be said when the cluster could not be read."""
    cause = could_not_observe(trouble, context or "cluster")
    steps = tuple(
        step_view(step, Verdict("passed") if step.id in passed else Verdict("unknown", causes=(cause,)), passed)
        for step in lab.steps
    )
    return Verification(lab.slug, context, "", steps, trouble)
