"""What a step says to its learner: whether it is done, and why not. Pure, so that recordings can be judged again."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from quizapp.labs.diagnose.cause import Cause, Scene
from quizapp.labs.diagnose.clusters import could_not_observe
from quizapp.labs.diagnose.why import why
from quizapp.labs.evidence import Evidence
from quizapp.labs.finding import ASKED, Finding
from quizapp.labs.judge import Judgement, State, judge
from quizapp.labs.spec import Lab, Step


@dataclass(frozen=True, slots=True)
class Verdict:
    """A state, what differs, why, and how long what holds must still hold (seconds)."""

    state: State
    findings: tuple[Finding, ...] = ()
    causes: tuple[Cause, ...] = ()
    hold_left: float = 0.0


def explained(step: Step, result: Judgement, evidence: Evidence, passed: Collection[str]) -> Verdict:
    """A judgement with its reasons: a cause that will not go away by itself makes a step blocked.

    `passed` are the steps that are done, and stay done.
    """
    if step.id in passed:
        return Verdict("passed")
    if result.trouble is not None:
        return Verdict("unknown", causes=(could_not_observe(result.trouble, evidence.context),))
    if result.state == "passed" or result.hold_left > 0:
        return Verdict(result.state, hold_left=result.hold_left)
    if step.after is not None and step.after not in passed:
        return Verdict("locked", result.findings)
    if all(finding.path.startswith(ASKED) for finding in result.findings):
        return Verdict(result.state, result.findings)  # a cause could give the answer away
    causes = why(Scene(evidence, step.targets, result.findings))
    state = result.state
    if any(cause.state == "blocked" for cause in causes):
        state = "blocked"
    elif causes:
        state = "waiting"
    return Verdict(state, result.findings, causes)


def verdicts(lab: Lab, evidence: Evidence, baseline: Mapping[str, Any]) -> dict[str, Verdict]:
    """What each step of a lab says to one round of evidence, when nothing has passed before."""
    results = {step.id: judge(step, evidence, baseline) for step in lab.steps}
    passed = [name for name, result in results.items() if result.state == "passed"]
    return {step.id: explained(step, results[step.id], evidence, passed) for step in lab.steps}
