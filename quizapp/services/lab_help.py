"""Help within a lab and what a learner types into it: hints opened one by one, answers with a brake on guessing.

Both are noted as events of the run; nothing is taken away from who opens a hint.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from quizapp.labs.checks.answer import LONGEST
from quizapp.labs.ladder import Kind, ladder
from quizapp.labs.spec import Lab, Step
from quizapp.library import Library
from quizapp.notes.parse import parse_notes
from quizapp.services.context import Context
from quizapp.services.errors import BadInput, NotFound
from quizapp.storage import lab_runs
from quizapp.storage.tables.labs import LabEvent, LabRun

TRIES, WITHIN = 5, timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class RungView:
    """A hint: its words and commands are there only once it is open; `opened_at` is empty where no run notes it."""

    number: int
    kind: Kind
    open: bool
    says: str = ""
    commands: tuple[str, ...] = ()
    opened_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class QuestionView:
    """What a step asks, and what was typed last."""

    key: str
    ask: str
    typed: str


@dataclass(frozen=True, slots=True)
class StepHelp:
    """What goes with a step on its page; `notes` are heading and line in the module of notes."""

    rungs: tuple[RungView, ...] = ()
    questions: tuple[QuestionView, ...] = ()
    notes: tuple[str, int] | None = None

    @property
    def next_rung(self) -> RungView | None:
        """The hint that can be opened now."""
        return next((rung for rung in self.rungs if not rung.open), None)


class TooManyAnswers(Exception):
    """Typed too often in a short time; the next answer is heard after `wait_seconds`."""

    def __init__(self, wait_seconds: int) -> None:
        super().__init__(f"too many answers; wait {wait_seconds} s")
        self.wait_seconds = wait_seconds


def help_of(library: Library, lab: Lab, namespace: str, events: Sequence[LabEvent] | None) -> dict[str, StepHelp]:
    """By step; without a run (None) all but the solution can be read, and nothing is noted."""
    return {step.id: _help(library, lab, step, namespace, events) for step in lab.steps}


def _help(library: Library, lab: Lab, step: Step, namespace: str, events: Sequence[LabEvent] | None) -> StepHelp:
    mine = [event for event in events or () if event.step_id == step.id]
    opened = {event.detail["rung"]: event.at for event in mine if event.kind == "hint"}
    typed = {event.detail["key"]: event.detail["typed"] for event in mine if event.kind == "answer"}
    rungs = []
    for number, rung in enumerate(ladder(lab, step, namespace), 1):
        if number in opened or (events is None and rung.kind != "solution"):
            rungs.append(RungView(number, rung.kind, True, rung.says, rung.commands, opened.get(number)))
        else:
            rungs.append(RungView(number, rung.kind, open=False))
    return StepHelp(
        rungs=tuple(rungs),
        questions=tuple(QuestionView(one.key, one.ask, typed.get(one.key, "")) for one in step.questions),
        notes=_notes(library, lab, step),
    )


def open_hint(ctx: Context, user_id: str, lab: Lab, step_id: str, number: int) -> None:
    """Notes that a hint was opened, once; BadInput when it is not the next one."""
    step = _step(lab, step_id)
    with ctx.database.write() as session:
        run = _running(lab_runs.open_run(session, user_id, lab.slug))
        lab_runs.lock_run(session, run.id)
        opened = [
            event.detail["rung"]
            for event in lab_runs.events(session, run.id)
            if event.kind == "hint" and event.step_id == step_id
        ]
        if number in opened:
            return
        if number != len(opened) + 1 or number > len(ladder(lab, step, run.namespace)):
            raise BadInput("rung", "open the hints one after the other; reload the page to see which is next")
        lab_runs.add_event(session, run.id, step_id, "hint", {"rung": number}, ctx.now())


def store_answer(ctx: Context, user_id: str, lab: Lab, step_id: str, key: str, typed: str) -> None:
    """Notes what was typed, before the cluster is looked at, so that many guesses at once cannot slip through.

    BadInput for nothing or too much, TooManyAnswers when so many were typed for this question within a minute.
    """
    step, typed = _step(lab, step_id), " ".join(typed.split())
    if key not in {question.key for question in step.questions}:
        raise NotFound(f"the step {step_id} asks nothing of that name")
    if not typed or len(typed) > LONGEST:
        raise BadInput("typed", f"type an answer of 1 to {LONGEST} characters")
    now = ctx.now()
    with ctx.database.write() as session:
        run = _running(lab_runs.open_run(session, user_id, lab.slug))
        lab_runs.lock_run(session, run.id)
        recent = [
            event.at
            for event in lab_runs.events(session, run.id)
            if event.kind == "answer" and event.detail["key"] == key and event.at > now - WITHIN
        ]
        if len(recent) >= TRIES:
            raise TooManyAnswers(int((recent[-TRIES] + WITHIN - now).total_seconds()) + 1)
        lab_runs.add_event(session, run.id, step_id, "answer", {"key": key, "typed": typed}, now)


def _running(run: LabRun | None) -> LabRun:
    if run is None:
        raise BadInput("lab", "start the lab first")
    return run


def _step(lab: Lab, step_id: str) -> Step:
    for step in lab.steps:
        if step.id == step_id:
            return step
    raise NotFound(f"the lab {lab.slug} has no step {step_id}; it has {', '.join(step.id for step in lab.steps)}")


def _notes(library: Library, lab: Lab, step: Step) -> tuple[str, int] | None:
    module = library.module(lab.module) if lab.module and step.notes else None
    line = _lines(module.text).get(step.notes or "") if module else None
    return (step.notes, line) if step.notes and line else None


@lru_cache(maxsize=64)
def _lines(text: str) -> dict[str, int]:
    """The line of each heading of notes; the first one where two are the same."""
    sections = [section for section in parse_notes(text).sections if section.path]
    return {section.path[-1]: section.line for section in reversed(sections)}
