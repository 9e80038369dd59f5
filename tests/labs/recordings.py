"""What real clusters answered when something was broken on purpose (tools/verdicts/record.py), to be judged again."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quizapp.labs.evidence import Evidence
from quizapp.labs.judge import judge
from quizapp.labs.recording import replayed
from quizapp.labs.verdict import Verdict, explained
from tests.labs.table import STEPS

LIVE = Path(__file__).parent / "live"


@dataclass(frozen=True)
class Recording:
    """A file of live/: what was broken, the step that was looked at, what is right to say, and the evidence."""

    file: Path
    data: dict[str, Any]

    @property
    def name(self) -> str:
        return str(self.data["is"])

    @property
    def expected(self) -> tuple[str, str]:
        """State and first rule; - for none."""
        state, rule = self.data["expect"].split()
        return state, rule

    @property
    def evidence(self) -> Evidence:
        return replayed(self.data["evidence"])

    def verdict(self) -> Verdict:
        """What the code says to it today."""
        return seen(self.data["step"], self.evidence)


def seen(step: str, evidence: Evidence) -> Verdict:
    """The verdict on a step of situations/steps.yaml, with nothing passed before."""
    return explained(STEPS[step], judge(STEPS[step], evidence, {}), evidence, ())


def recordings() -> Iterator[Recording]:
    """Every recording there is."""
    for file in sorted(LIVE.glob("*.json")):
        yield Recording(file, json.loads(file.read_text(encoding="utf-8")))
