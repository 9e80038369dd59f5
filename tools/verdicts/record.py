"""`tools.verdicts --record KUBECONFIG`: breaks things on a real cluster, and keeps its answers in tests/labs/live/.

A recording is kept when the verdict is the one that breaks.yaml says is right; what is judged otherwise is told and not
kept, so that either a rule or an expectation is mended. Nothing secret is kept (quizapp.labs.recording).
"""

import dataclasses
import json
import re
import shlex
import sys
import time
import uuid
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from quizapp.cluster.adapter import Cluster
from quizapp.labs.evidence import Evidence
from quizapp.labs.recording import record
from quizapp.labs.verdict import Verdict
from quizapp.yamltext import load_yaml
from tests.labs.recordings import LIVE, seen
from tests.labs.table import STEPS_LAB
from tools.verdicts.stage import KEYS, Part, Stage

BREAKS = Path(__file__).with_name("breaks.yaml")
PATIENCE, TOGETHER, STAYS, LOOK = 75.0, 10, 2.0, 0.4


@dataclasses.dataclass
class Play:
    """One entry in its namespace: how it is looked at, and what came out."""

    part: Part
    stage: Stage
    cluster: Cluster
    end: float = 0.0
    found: Verdict | None = None
    trouble: str = ""
    way: list[str] = dataclasses.field(default_factory=list)

    def begin(self) -> None:
        """Breaks it."""
        try:
            self.stage.make()
            self.stage.break_it(self.part)
        except RuntimeError as error:
            self.trouble = str(error)
        time.sleep(self.part.get("settle", 0))
        self.end = time.monotonic() + self.part.get("patience", PATIENCE)

    def look(self) -> bool:
        """One look; True when there is nothing more to see, since it is as expected, and stays so, or time is up."""
        if self.trouble:
            return True
        evidence = self._seen()
        if self.right():
            if self.part.get("at") != "once":
                time.sleep(STAYS)
                evidence = self._seen()
            if self.right():
                self._keep(evidence)
                return True
        return time.monotonic() > self.end

    def _seen(self) -> Evidence:
        step = self.part["step"]
        one = next(one for one in STEPS_LAB.steps if one.id == step)
        needs = dataclasses.replace(STEPS_LAB, steps=(one,)).needs()
        evidence = self.cluster.collect(self.stage.context, self.stage.namespace, needs, fresh=True)
        self.found = seen(step, evidence)
        if self.in_short() not in self.way:
            self.way.append(self.in_short())
        return evidence

    def in_short(self) -> str:
        """State and first rule of the last look, as breaks.yaml writes them."""
        found = self.found
        return f"{found.state} {found.causes[0].rule if found.causes else '-'}" if found else "- -"

    def right(self) -> bool:
        """Whether the last look was as expected."""
        rules = {cause.rule for cause in self.found.causes} if self.found else set()
        return self.in_short() == self.part["expect"] and set(self.part.get("also", ())) <= rules

    def blamed(self) -> list[str]:
        """What was said on the way that was not so: done, or blocked by something else."""
        return [said for said in self.way if said.startswith(("passed", "blocked")) and said != self.part["expect"]]

    def _keep(self, evidence: Evidence) -> None:
        for cause in self.found.causes if self.found else ():
            try:
                self.stage.kubectl(*shlex.split(cause.next_command)[1:])
            except RuntimeError as error:
                if not evidence_is_gone(str(error)):
                    self.trouble = f"its next command does not run: {error}"
                    return
        said = {key: self.part[key] for key in ("is", "step", "expect", "also") if key in self.part}
        data = {**said, "evidence": record(_without_certificate(evidence))}
        name = re.sub("[^a-z0-9]+", "-", self.part["is"].lower()).strip("-")
        text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        (LIVE / f"{name}.json").write_text(text + "\n", encoding="utf-8")

    def finish(self) -> None:
        """Clears up, and says how it went."""
        for line in (*self.part.get("undo", ()), *self.part.get("after", ())):
            self.stage.run(line)
        self.stage.kubectl("delete", "namespace", self.stage.namespace, "--wait=false", "--ignore-not-found")
        word = "kept " if self.right() and not self.trouble else "WRONG"
        way = ", ".join(self.way)
        print(f"{word} {self.part['is']}: {way} ({self.part['expect']}) {self.trouble}".rstrip(), flush=True)


def _without_certificate(evidence: Evidence) -> Evidence:
    """The same without the ConfigMap that every namespace gets: it is no secret, and tells nothing."""
    kept = tuple(item for item in evidence.readable("ConfigMap") if item["metadata"]["name"] != "kube-root-ca.crt")
    lists = {**evidence.lists, "ConfigMap": kept} if "ConfigMap" in evidence.lists else evidence.lists
    return dataclasses.replace(evidence, lists=lists)


def evidence_is_gone(message: str) -> bool:
    """Whether a container or its earlier run was cleared away between the look and the command."""
    return "previous terminated container" in message or "unable to retrieve container logs" in message


def broken_live(kubeconfig: str, context: str, only: str) -> int:
    """Plays the entries with `only` in their sentence; exit code 1 when one is judged otherwise than it says."""
    parts = [part for part in load_yaml(BREAKS.read_text(encoding="utf-8")).data if only in part["is"]]
    unknown = {key for part in parts for key in part} - KEYS
    if unknown:
        print(f"unknown keys in {BREAKS.name}: {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    LIVE.mkdir(exist_ok=True)
    cluster = Cluster(kubeconfig=kubeconfig, now=lambda: datetime.now(UTC))
    plays = [Play(part, _stage(kubeconfig, context), cluster) for part in parts]
    _play([play for play in plays if not play.part.get("alone")])
    for play in plays:
        if play.part.get("alone"):
            _play([play])
    wrong = [play for play in plays if not play.right() or play.trouble]
    print(f"{len(plays) - len(wrong)} of {len(plays)} as expected")
    early = [f"{play.part['is']}: {', '.join(play.blamed())}" for play in plays if play.blamed()]
    print(f"{len(early)} with something else said on the way", *early, sep="\n  ")
    return 1 if wrong else 0


def _stage(kubeconfig: str, context: str) -> Stage:
    return Stage(kubeconfig, context, f"lab-live-{uuid.uuid4().hex[:6]}")


def _play(plays: Sequence[Play]) -> None:
    """Several at once, each looked at from its first moment on: what is said on the way is to be right too."""
    with ThreadPoolExecutor(max_workers=TOGETHER) as pool:
        for done in [pool.submit(_from_begin_to_end, play) for play in plays]:
            done.result()


def _from_begin_to_end(play: Play) -> None:
    play.begin()
    while not play.look():
        time.sleep(LOOK)
    play.finish()
