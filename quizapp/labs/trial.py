"""What a way of a proof says to a cluster that stands so, and whether that is what its author declared. Pure."""

from dataclasses import replace

from quizapp.labs.evidence import Evidence
from quizapp.labs.judge import judge
from quizapp.labs.proof import Part, typed
from quizapp.labs.spec import Lab, Step
from quizapp.labs.verdict import Verdict, explained


def step_of(lab: Lab, part: Part) -> Step:
    """The step that a part is about; KeyError when the lab has none of that name, which the lint tells."""
    return {step.id: step for step in lab.steps}[part.step]


def answered(part: Part, step: Step, evidence: Evidence) -> Evidence:
    """The same round when the learner has typed what the part says."""
    return replace(evidence, answers=typed(part, step.questions, evidence))


def found(step: Step, evidence: Evidence) -> Verdict:
    """What a step says when nothing was there at the start and no step has passed yet."""
    return explained(step, judge(step, evidence, {}), evidence, ())


def as_declared(part: Part, verdict: Verdict) -> bool:
    """Whether state, first rule, a rule anywhere and subject are those that the part expects, as far as it names
    them."""
    rules = [cause.rule for cause in verdict.causes]
    expect = part.expect
    if verdict.state != expect["state"]:
        return False
    if "rule" in expect and rules[:1] != [expect["rule"]]:
        return False
    if "any-rule" in expect and expect["any-rule"] not in rules:
        return False
    return not rules or verdict.causes[0].subject.startswith(expect.get("subject", ""))
