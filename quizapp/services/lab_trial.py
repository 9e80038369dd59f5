"""`lab test`: goes an author's solution and every near miss on a cluster, each in namespaces of its own.

The steps are judged as those of a learner are. Every namespace is made here, and removed by its uid whatever happens;
what a proof does elsewhere happens in one of them too, never in the namespace default.
"""

import shlex
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from quizapp.labs.contexts import choose_context
from quizapp.labs.evidence import Evidence, ListOf
from quizapp.labs.port import RUN_LABEL, NamespaceRef, Refused
from quizapp.labs.proof import Part, Proof, load_proof
from quizapp.labs.spec import Lab
from quizapp.labs.trial import answered, as_declared, found, step_of
from quizapp.labs.trouble import ClusterTrouble
from quizapp.labs.verdict import Verdict
from quizapp.services.authoring import read_lab
from quizapp.services.context import Context
from quizapp.services.errors import BadInput

PATIENCE_S, STAYS_S, POLL_S = 100.0, 3.0, 0.5
AT_ONCE = 8  # a node takes 110 Pods


@dataclass(frozen=True, slots=True)
class Tried:
    """A part of the proof: what it declares, what was found after so many seconds, and what is wrong with that.

    `wanted` and `rule` are what is declared, `state` and `first` what the cluster gave; nothing in `wrong` means right.
    """

    part: str
    step: str
    wanted: str
    rule: str
    state: str
    first: str
    seconds: float
    wrong: str = ""


@dataclass(slots=True)
class _Bench:
    """The cluster as the ways use it; `pause` waits so many seconds, `made` are the namespaces to remove."""

    ctx: Context
    lab: Lab
    context: str
    pause: Callable[[float], None]
    made: list[NamespaceRef] = field(default_factory=list)

    def stage(self, name: str = "lab-test") -> NamespaceRef:
        """A new namespace that takes Pods."""
        full = f"{name}-{self.ctx.seed() % 16**8:08x}"
        ref = self.ctx.cluster.prepare(self.context, full, {RUN_LABEL: self.lab.slug}, ())
        if not ref.ours:
            raise ClusterTrouble(f"There is a namespace {full} already.", "run the command again")
        self.made.append(ref)
        accounts = (ListOf("ServiceAccount"),)
        for _ in range(int(30 / POLL_S)):
            evidence = self.ctx.cluster.collect(self.context, full, accounts, fresh=True)
            if evidence.find("ServiceAccount", "default"):
                break
            self.pause(POLL_S)
        return ref

    def go(self, part: Part, place: NamespaceRef) -> str:
        """Does what a part says, in the order in which a learner would; why it could not be done, or nothing."""
        try:
            if part.apply.strip():
                self.ctx.hands.run(self.context, place, ("apply", "-f", "-"), text=part.apply)
            for line in part.run:
                self.ctx.hands.run(self.context, place, shlex.split(line))
            # No namespace of a lab: what is in one is never taken for a slip (rule O1).
            other = self.stage("elsewhere") if part.elsewhere else place
            for line in part.elsewhere:
                self.ctx.hands.run(self.context, other, shlex.split(line))
        except Refused as error:
            return str(error)
        return ""

    def look(self, part: Part, place: NamespaceRef, *, gone: bool = True) -> Verdict:
        """What the step of a part says there now; before the part is gone nothing is typed."""
        step = step_of(self.lab, part)
        evidence: Evidence = self.ctx.cluster.collect(self.context, place.name, self.lab.needs(), fresh=True)
        return found(step, answered(part, step, evidence) if gone else evidence)

    def seconds(self) -> float:
        """The time on the clock, to be taken from another."""
        return self.ctx.now().timestamp()

    def clear(self) -> None:
        """Removes what was made so far."""
        while self.made:
            self.ctx.cluster.remove(self.context, self.made.pop())


def try_lab(
    ctx: Context,
    lab: str,
    *,
    context: str | None = None,
    allow_context: str | None = None,
    pause: Callable[[float], None] = time.sleep,
) -> Iterator[Tried]:
    """Each part of a lab's proof as soon as it is known how it went; `lab` is a name or a folder.

    NotFound and BadInput as for `lab judge`, ClusterTrouble when there is no cluster or it went away.
    """
    read, proof = _proof(ctx, lab)
    chosen = choose_context(ctx.cluster.contexts(), context=context, allow=allow_context).name
    bench = _Bench(ctx, read, chosen, pause)
    with _cleared(bench):
        yield from _solution(bench, proof.solution)
    for place in range(0, len(proof.near_misses), AT_ONCE):
        with _cleared(bench):
            yield from _near_misses(bench, proof.near_misses[place : place + AT_ONCE])


def _proof(ctx: Context, name: str) -> tuple[Lab, Proof]:
    lab, texts = read_lab(ctx.settings, name)
    proof, errors = load_proof(texts.proof or "", file=f"{texts.folder}/proof.yaml")
    steps = [step.id for step in lab.steps]
    strangers = [part for part in (*proof.solution, *proof.near_misses) if part.step not in steps]
    if errors or strangers or not proof.solution:
        first = errors[0] if errors else f"{texts.folder}/proof.yaml does not go with the steps"
        raise BadInput("LAB", f"{first}; quizapp lab lint {texts.folder} says what to mend")
    return lab, proof


@contextmanager
def _cleared(bench: _Bench) -> Iterator[None]:
    try:
        yield
    finally:
        bench.clear()


def _solution(bench: _Bench, parts: Sequence[Part]) -> Iterator[Tried]:
    """One part after the other in one namespace; after one that fails the others say nothing."""
    place = bench.stage()
    broken = ""
    for part in parts:
        if broken:
            yield _tried(part, Verdict("todo"), 0, f"not tried, since {broken} failed")
            continue
        early = not part.idle and bench.look(part, place, gone=False).state == "passed"
        start = bench.seconds()
        wrong = bench.go(part, place)
        verdict = bench.look(part, place)
        while not wrong and verdict.state != "passed" and bench.seconds() - start < PATIENCE_S:
            bench.pause(POLL_S)
            verdict = bench.look(part, place)
        if early:
            wrong = "it had passed before its solution was gone"
        tried = _tried(part, verdict, bench.seconds() - start, wrong)
        broken = part.step if tried.wrong else ""
        yield tried


def _near_misses(bench: _Bench, parts: Sequence[Part]) -> Iterator[Tried]:
    """All at once, each in its own namespace: waiting for all costs as much as for one; each must stay as it is."""
    places = [bench.stage() for _ in parts]
    wrongs = [bench.go(part, place) for part, place in zip(parts, places, strict=True)]
    start = bench.seconds()
    known: dict[int, Tried] = {}
    while len(known) < len(parts):
        late = bench.seconds() - start >= PATIENCE_S
        for number, part in enumerate(parts):
            if number in known:
                continue
            verdict = bench.look(part, places[number])
            if late or wrongs[number] or as_declared(part, verdict):
                known[number] = _tried(part, verdict, bench.seconds() - start, wrongs[number])
        if len(known) < len(parts):
            bench.pause(POLL_S)
    bench.pause(STAYS_S)
    for number, part in enumerate(parts):
        tried, last = known[number], bench.look(part, places[number])
        if not tried.wrong and (last.state == "passed" or last.hold_left > 0):
            tried = replace(tried, state=last.state, wrong="in the end it passes, or would in a moment")
        yield tried


def _tried(part: Part, verdict: Verdict, seconds: float, wrong: str) -> Tried:
    first = verdict.causes[0] if verdict.causes else None
    wanted, rule = part.expect["state"], part.expect.get("rule", "")
    if not wrong and not as_declared(part, verdict):
        differs = [f"{one.path}: expected {one.expected}, found {one.actual}" for one in verdict.findings]
        wrong = "; ".join([f"declared {wanted} {rule}".strip(), *differs, *([first.text] if first else ())])
    return Tried(part.name, part.step, wanted, rule, verdict.state, first.rule if first else "", seconds, wrong)
