"""What a lab's proof.yaml says: the way that is right, the ways that are wrong, and what the steps must say then."""

import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quizapp.labs import trial
from quizapp.labs.evidence import Evidence
from quizapp.labs.judge import judge
from quizapp.labs.proof import Part, Proof, load_proof
from quizapp.labs.recording import read_recording, write_recording
from quizapp.labs.spec import Lab, Step, load_lab
from quizapp.labs.trial import as_declared
from quizapp.labs.verdict import Verdict, explained

LABS = Path(__file__).resolve().parents[1] / "labs"


@dataclass(frozen=True)
class Way:
    """Something a learner does, in kubectl's words and in YAML; `elsewhere` happens in namespace default."""

    lab: str
    part: Part
    run: tuple[list[str], ...]
    elsewhere: tuple[list[str], ...]
    expect: dict[str, str]

    @property
    def name(self) -> str:
        """What the author calls it."""
        return self.part.name

    @property
    def apply(self) -> str:
        """YAML that is applied before anything is run."""
        return self.part.apply

    @property
    def recording(self) -> Path:
        """Where the cluster's answers to it are kept."""
        return LABS / self.lab / "evidence" / self.part.recording

    def kept(self, evidence: Evidence, baseline: dict[str, Any]) -> None:
        """Records the cluster's answers."""
        self.recording.parent.mkdir(exist_ok=True)
        self.recording.write_text(write_recording(evidence, baseline), encoding="utf-8")

    def replayed(self) -> Verdict:
        """The verdict on the step in question by what was recorded."""
        kept = read_recording(self.recording.read_text(encoding="utf-8"))
        return verdict(self.step, kept.evidence, dict(kept.baseline))

    @property
    def step(self) -> Step:
        """The step in question."""
        return next(step for step in lab_of(self.lab).steps if step.id == self.expect["step"])

    def is_met(self, found: Verdict) -> bool:
        """Whether a verdict is the one that is expected."""
        return as_declared(self.part, found)


def answered(way: Way, evidence: Evidence) -> Evidence:
    """The same round when the learner types what the way says."""
    return trial.answered(way.part, way.step, evidence)


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
    return [_way(slug, part) for part in _proof(slug).solution]


def near_misses(slug: str) -> list[Way]:
    """The wrong ways."""
    return [_way(slug, part) for part in _proof(slug).near_misses]


def proven_labs() -> list[str]:
    """Every lab that is there: each must have its proof."""
    return sorted(path.parent.name for path in LABS.glob("*/lab.yaml"))


def _proof(slug: str) -> Proof:
    proof, errors = load_proof((LABS / slug / "proof.yaml").read_text(encoding="utf-8"), file=f"labs/{slug}/proof.yaml")
    assert not errors, errors
    return proof


def _way(slug: str, part: Part) -> Way:
    run, elsewhere = (tuple(map(shlex.split, lines)) for lines in (part.run, part.elsewhere))
    return Way(slug, part, run, elsewhere, dict(part.expect))
