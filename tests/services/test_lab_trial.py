"""`lab test` over a cluster that answers as a real one did: what it prints, and that it clears up whatever happens."""

import dataclasses
import itertools
import re
import shlex
import shutil
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from quizapp.labs.evidence import Evidence
from quizapp.labs.port import ContextInfo, NamespaceRef, Refused
from quizapp.labs.proof import Part, Proof, load_proof
from quizapp.labs.recording import read_recording
from quizapp.labs.trouble import ClusterTrouble
from quizapp.services.context import Context
from quizapp.services.errors import BadInput, NotFound
from quizapp.services.lab_trial import Tried, try_lab
from tests.lab_proofs import LABS

LAB = "services-and-dns"
ACCOUNT = {"kind": "ServiceAccount", "metadata": {"name": "default", "uid": "a"}}
EMPTY = ""


def recorded(part: Part | None, namespace: str) -> Evidence:
    """What a real cluster answered to a part of the lab; for none, to an empty namespace."""
    name = part.recording if part else "a-name-that-nobody-has.json"
    kept = read_recording((LABS / LAB / "evidence" / name).read_text(encoding="utf-8")).evidence
    lists: dict[str, Any] = dict(kept.lists) if part else dict.fromkeys(kept.lists, ())
    http, logs = (kept.http, kept.logs) if part else ({}, {need: {} for need in kept.logs})
    return dataclasses.replace(
        kept, namespace=namespace, lists={**lists, "ServiceAccount": (ACCOUNT,)}, http=http, logs=logs
    )


class Clock:
    """Time passes when it is waited."""

    def __init__(self, start: datetime) -> None:
        self.time = start

    def now(self) -> datetime:
        return self.time

    def pause(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


class Kitchen:
    """A cluster and hands in one: a namespace stands as was recorded when the same things had been done in it."""

    def __init__(self, proof: Proof) -> None:
        self.parts = [*proof.solution, *proof.near_misses]
        self.solution = list(proof.solution)
        self.done: dict[str, list[str]] = {}
        self.removed: list[str] = []
        self.refuse = self.gone = EMPTY

    def contexts(self) -> list[ContextInfo]:
        return [ContextInfo("minikube", "minikube", "https://127.0.0.1:1", minikube=True)]

    def prepare(self, context: str, namespace: str, labels: Mapping[str, str], *_: object) -> NamespaceRef:
        assert labels == {"quizapp.dev/run": LAB}
        self.done[namespace] = []
        return NamespaceRef(namespace, f"uid-{namespace}")

    def run(self, context: str, namespace: NamespaceRef, words: Sequence[str], *, text: str = "") -> None:
        if self.refuse and self.refuse in words:
            raise Refused(f"kubectl {' '.join(words)}: it says no")
        self.done[namespace.name].append(text or " ".join(words))

    def collect(self, context: str, namespace: str, *_: object, **__: object) -> Evidence:
        done = self.done[namespace]
        if self.gone and self.gone in " ".join(done):
            raise ClusterTrouble("The API server does not answer.", "minikube start")
        return recorded(self.stands(done), namespace)

    def stands(self, done: list[str]) -> Part | None:
        """The part that is done, of the solution when all before it are."""
        so_far: list[str] = []
        for part in self.solution:
            so_far += self.doings(part)
            if done == so_far:
                return part
        return next((part for part in self.parts if done and done == self.doings(part)), None)

    def doings(self, part: Part) -> list[str]:
        return [*([part.apply] if part.apply else []), *(" ".join(shlex.split(line)) for line in part.run)]

    def remove(self, context: str, namespace: NamespaceRef) -> None:
        assert namespace.uid == f"uid-{namespace.name}"
        self.removed.append(namespace.name)


@pytest.fixture
def labs(tmp_path: Path) -> Path:
    shutil.copytree(LABS / LAB, tmp_path / LAB)
    return tmp_path


def tried(ctx: Context, labs: Path, kitchen: Kitchen | None = None) -> tuple[list[Tried], Kitchen]:
    file = labs / LAB / "proof.yaml"
    kitchen = kitchen or Kitchen(load_proof(file.read_text(encoding="utf-8"), file=str(file))[0])
    clock = Clock(ctx.now())
    seed = itertools.count(1).__next__
    made = dataclasses.replace(ctx, cluster=kitchen, hands=kitchen, now=clock.now, seed=seed)  # type: ignore[arg-type]
    return list(try_lab(made, str(labs / LAB), pause=clock.pause)), kitchen


def changed(labs: Path, old: str, new: str) -> None:
    file = labs / LAB / "proof.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_what_is_as_declared_is_said_part_by_part(ctx: Context, labs: Path) -> None:
    rows, kitchen = tried(ctx, labs)
    assert [row.part for row in rows] == [part.name for part in kitchen.parts]
    assert {row.wrong for row in rows} == {""}
    assert {row.state for row in rows[: len(kitchen.solution)]} == {"passed"}
    missed = {row.part: (row.state, row.first) for row in rows if row.state != "passed"}
    assert missed["a selector that picks other Pods"] == ("blocked", "S1")


def test_every_namespace_is_of_its_own_and_goes_again(ctx: Context, labs: Path) -> None:
    rows, kitchen = tried(ctx, labs)
    assert len(kitchen.done) == 1 + len(rows) - len(kitchen.solution)
    assert all(re.fullmatch("lab-test-[0-9a-f]{8}", name) for name in kitchen.done)
    assert sorted(kitchen.removed) == sorted(kitchen.done)


def test_what_happens_elsewhere_happens_in_a_namespace_of_its_own_too(ctx: Context, labs: Path) -> None:
    changed(labs, "  - name: one Pod", '  - name: one Pod\n    elsewhere: ["create deployment x"]\n  - name: one  Pod')
    changed(labs, "    elsewhere: [", "    expect: {step: pods, state: todo}\n    elsewhere: [")
    _, kitchen = tried(ctx, labs)
    (other,) = [name for name, done in kitchen.done.items() if done == ["create deployment x"]]
    assert other.startswith("elsewhere-")
    assert other in kitchen.removed


@pytest.mark.parametrize(
    ("old", "new", "part", "says"),
    [
        ("state: blocked, rule: S1", "state: blocked, rule: S2", "a selector", "declared blocked S2"),
        ("state: blocked, rule: S1", "state: todo", "a selector", "declared todo; "),
        ("rule: P9, subject: Pod/", "rule: P9, subject: Job/", "an asker", "declared blocked P9"),
    ],
)
def test_what_is_not_as_declared_is_told_after_its_time(
    ctx: Context, labs: Path, old: str, new: str, part: str, says: str
) -> None:
    changed(labs, old, new)
    rows, _ = tried(ctx, labs)
    (row,) = [row for row in rows if row.wrong]
    assert row.part.startswith(part)
    assert row.wrong.startswith(says)
    assert row.seconds >= 100


def test_after_a_part_of_the_solution_that_fails_the_others_are_not_tried(ctx: Context, labs: Path) -> None:
    proof = load_proof((labs / LAB / "proof.yaml").read_text(encoding="utf-8"), file="p")[0]
    kitchen = Kitchen(proof)
    kitchen.refuse = proof.solution[1].run[0].split()[0] if proof.solution[1].run else "apply"
    rows, _ = tried(ctx, labs, kitchen)
    told = [row.wrong for row in rows[: len(proof.solution)]]
    assert told[0] == "" or told[0].endswith("it says no")
    first = next(place for place, wrong in enumerate(told) if wrong)
    assert told[first].endswith("it says no")
    failed = rows[first].step
    assert told[first + 1 :] == [f"not tried, since {failed} failed"] * (len(told) - first - 1)


def test_a_step_that_is_green_too_early_is_told(ctx: Context, labs: Path) -> None:
    proof = load_proof((labs / LAB / "proof.yaml").read_text(encoding="utf-8"), file="p")[0]
    kitchen = Kitchen(proof)
    last = kitchen.solution[-1]
    kitchen.stands = lambda done: last if done else None  # type: ignore[method-assign]
    rows, _ = tried(ctx, labs, kitchen)
    assert rows[1].wrong == "it had passed before its solution was gone"


@pytest.mark.parametrize(("earlier", "state"), [(0, "passed"), (5, "waiting")])
def test_a_near_miss_that_passes_after_a_while_or_would_is_told(
    ctx: Context, labs: Path, earlier: int, state: str
) -> None:
    kitchen = Kitchen(load_proof((labs / LAB / "proof.yaml").read_text(encoding="utf-8"), file="p")[0])
    miss = next(part for part in kitchen.parts if part.name.startswith("one Pod"))
    right = kitchen.solution[0]
    assert right.step == miss.step
    seen: list[str] = []
    collect = kitchen.collect

    def again(context: str, namespace: str, *needs: object, **rest: object) -> Evidence:
        if kitchen.done[namespace] == kitchen.doings(miss):
            seen.append(namespace)
            if len(seen) > 1:
                found = recorded(right, namespace)
                return dataclasses.replace(found, at=found.at - timedelta(seconds=earlier))
        return collect(context, namespace, *needs, **rest)

    kitchen.collect = again  # type: ignore[method-assign]
    rows, _ = tried(ctx, labs, kitchen)
    assert [(row.part, row.state, row.wrong) for row in rows if row.wrong] == [
        (miss.name, state, "in the end it passes, or would in a moment")
    ]


@pytest.mark.parametrize("when", ["solution", "near misses"])
def test_a_cluster_that_goes_away_is_cleared_up_as_far_as_it_can_be(ctx: Context, labs: Path, when: str) -> None:
    proof = load_proof((labs / LAB / "proof.yaml").read_text(encoding="utf-8"), file="p")[0]
    kitchen = Kitchen(proof)
    part = proof.solution[1] if when == "solution" else proof.near_misses[-1]
    kitchen.gone = kitchen.doings(part)[-1]
    with pytest.raises(ClusterTrouble, match="does not answer"):
        tried(ctx, labs, kitchen)
    assert sorted(kitchen.removed) == sorted(kitchen.done)


def test_what_cannot_be_tried_is_refused_before_anything_is_made(ctx: Context, labs: Path) -> None:
    kitchen = Kitchen(Proof())
    changed(labs, "state: blocked, rule: S1", "rule: S1")
    with pytest.raises(BadInput, match="expect names the step"):
        tried(ctx, labs, kitchen)
    (labs / LAB / "proof.yaml").unlink()
    with pytest.raises(BadInput, match="lab lint"):
        tried(ctx, labs, kitchen)
    (labs / LAB / "lab.yaml").unlink()
    with pytest.raises(NotFound, match="there is no lab"):
        tried(ctx, labs, kitchen)
    assert kitchen.done == {}
