"""What a lab's proof.yaml says: the way that is right, the ways that are wrong, and what the steps must say then."""

import json
import re
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quizapp.labs.evidence import Evidence
from quizapp.labs.judge import judge
from quizapp.labs.recording import record, replayed
from quizapp.labs.spec import Lab, Step, load_lab
from quizapp.labs.verdict import Verdict, explained
from quizapp.yamltext import load_yaml

LABS = Path(__file__).resolve().parents[1] / "labs"


@dataclass(frozen=True)
class Way:
    """Something a learner does, in kubectl's words and in YAML; `elsewhere` happens in namespace default."""

    lab: str
    name: str
    run: tuple[list[str], ...]
    elsewhere: tuple[list[str], ...]
    apply: str
    expect: dict[str, str]

    @property
    def recording(self) -> Path:
        """Where the cluster's answers to it are kept."""
        return LABS / self.lab / "evidence" / f"{re.sub('[^a-z0-9]+', '-', self.name.lower()).strip('-')}.json"

    def kept(self, evidence: Evidence, baseline: dict[str, Any]) -> None:
        """Records the cluster's answers."""
        self.recording.parent.mkdir(exist_ok=True)
        data = {"baseline": baseline, "evidence": record(evidence)}
        text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        self.recording.write_text(text + "\n", encoding="utf-8")

    def replayed(self) -> Verdict:
        """The verdict on the step in question by what was recorded."""
        data = json.loads(self.recording.read_text(encoding="utf-8"))
        return verdict(self.step, replayed(data["evidence"]), data["baseline"])

    @property
    def step(self) -> Step:
        """The step in question."""
        return next(step for step in lab_of(self.lab).steps if step.id == self.expect["step"])

    def is_met(self, found: Verdict) -> bool:
        """Whether a verdict is the one that is expected."""
        if found.state != self.expect["state"]:
            return False
        rules = [cause.rule for cause in found.causes]
        if self.expect.get("rule", rules[:1] and rules[0]) != (rules[0] if rules else []):
            return False
        if "any-rule" in self.expect and self.expect["any-rule"] not in rules:
            return False
        return not rules or found.causes[0].subject.startswith(self.expect.get("subject", ""))


def verdict(step: Step, evidence: Evidence, baseline: dict[str, Any]) -> Verdict:
    """What a step of a lab in which nothing has passed yet says to these answers of the cluster."""
    return explained(step, judge(step, evidence, baseline), evidence, ())


def lab_of(slug: str) -> Lab:
    """A lab as it is in labs/."""
    lab, errors = load_lab((LABS / slug / "lab.yaml").read_text(encoding="utf-8"), file=f"labs/{slug}/lab.yaml")
    assert lab is not None, errors
    return lab


def solution(slug: str) -> list[Way]:
    """The way that is right, one part a step."""
    return [
        _way(slug, f"solution {n} {part['step']}", {**part, "expect": {"step": part["step"], "state": "passed"}})
        for n, part in enumerate(_proof(slug)["solution"], 1)
    ]


def near_misses(slug: str) -> list[Way]:
    """The wrong ways."""
    return [_way(slug, part["name"], part) for part in _proof(slug)["near-misses"]]


def proven_labs() -> list[str]:
    """Every lab that is there: each must have its proof."""
    return sorted(path.parent.name for path in LABS.glob("*/lab.yaml"))


def _proof(slug: str) -> Any:
    return load_yaml((LABS / slug / "proof.yaml").read_text(encoding="utf-8")).data


def _way(slug: str, name: str, part: dict[str, Any]) -> Way:
    run, elsewhere = (tuple(map(shlex.split, part.get(key, ()))) for key in ("run", "elsewhere"))
    return Way(slug, name, run, elsewhere, part.get("apply", ""), part["expect"])
