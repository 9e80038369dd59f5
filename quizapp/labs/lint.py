"""What is wrong with a lab although it can be read: a step that is green by itself, a proof with gaps, no such image.

Pure: the texts of a lab's folder in, author errors with file, line and the way out. What makes a lab unreadable is told
by quizapp.labs.spec; what only a cluster shows is told by the proof (docs/labs.md).
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from quizapp.labs.blank import blank
from quizapp.labs.images import asked_for, named_in, unknown
from quizapp.labs.judge import judge
from quizapp.labs.proof import Part, Proof, load_proof
from quizapp.labs.recording import BadRecording, Recording, read_recording
from quizapp.labs.spec import Lab, Step
from quizapp.notes.errors import AuthorError
from quizapp.yamltext import Path, Yaml, load_yaml


@dataclass(frozen=True, slots=True)
class LabTexts:
    """A lab's folder: its name as the author knows it, and its texts; recordings by file name."""

    folder: str
    lab: str
    proof: str | None
    recordings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Scope:
    """A lab that could be read, its proof, its lines, and the headings of the notes it goes with (None: no notes)."""

    lab: Lab
    texts: LabTexts
    document: Yaml
    proof: Proof
    headings: Collection[str] | None

    def at(self, place: int, *path: str | int) -> tuple[str, int]:
        """File and line of a part of a step."""
        return f"{self.texts.folder}/lab.yaml", self.document.line("steps", place, *path)

    def in_proof(self, line: int) -> tuple[str, int]:
        """File and line of a part of the proof."""
        return f"{self.texts.folder}/proof.yaml", line


Rule = Callable[[Scope], Iterator[AuthorError]]


def lint(lab: Lab, texts: LabTexts, headings: Collection[str] | None) -> list[AuthorError]:
    """Everything to mend, in the order of the files' lines; nothing means that only a cluster can say more."""
    if texts.proof is None:
        proof = Proof()
        says = "there is none; write the solution, one part a step, and the near misses (docs/labs.md, Proof)"
        errors = [AuthorError(f"{texts.folder}/proof.yaml", 0, says)]
    else:
        proof, errors = load_proof(texts.proof, file=f"{texts.folder}/proof.yaml")
    scope = Scope(lab, texts, load_yaml(texts.lab), proof, headings)
    rules = [*ABOUT_STEPS, *(ABOUT_PROOFS if texts.proof is not None else ())]
    errors += [error for rule in rules for error in rule(scope)]
    return sorted(errors, key=lambda error: (error.file, error.line))


def _green_on_nothing(scope: Scope) -> Iterator[AuthorError]:
    """A step that nobody has to do."""
    evidence = blank(scope.lab.needs())
    for place, step in enumerate(scope.lab.steps):
        if not step.already and not judge(step, evidence, {}).findings:
            says = (
                f"the step {step.id!r} passes in an empty namespace; ask also for what the learner makes "
                "(match, ready), or say under already: why that is meant"
            )
            yield AuthorError(*scope.at(place), says)


def _green_before(scope: Scope) -> Iterator[AuthorError]:
    """A step that the one before has done too."""
    parts = {part.step: part for part in scope.proof.solution}
    for place, (before, step) in enumerate(zip(scope.lab.steps, scope.lab.steps[1:], strict=False), 1):
        why = _done_by(before, step, parts, scope.texts.recordings)
        if why and not step.already:
            says = (
                f"the step {step.id!r} is done as soon as {before.id!r} is: {why}; ask for something more, "
                "or say under already: why that is meant"
            )
            yield AuthorError(*scope.at(place), says)


def _done_by(before: Step, step: Step, parts: Mapping[str, Part], recordings: Mapping[str, str]) -> str | None:
    """What shows, without a cluster, that the solution of one step passes the next one; None when nothing does."""
    if all(check in before.checks for check in step.checks):
        return "it checks nothing else"
    if step.id in parts and parts[step.id].idle:
        return "its solution does nothing"
    kept = _recorded(recordings.get(parts[before.id].recording)) if before.id in parts else None
    if kept is None:
        return None
    result = judge(step, kept.evidence, kept.baseline)
    done = result.state == "passed" or result.hold_left > 0
    return f"evidence/{parts[before.id].recording} passes it" if done else None


def _recorded(text: str | None) -> Recording | None:
    try:
        return read_recording(text) if text is not None else None
    except BadRecording:
        return None  # told by its own rule


def _recordings(scope: Scope) -> Iterator[AuthorError]:
    """Kept answers of a cluster that cannot be read, or that nothing in the proof gives."""
    known = {part.recording for part in (*scope.proof.solution, *scope.proof.near_misses)}
    for name, text in scope.texts.recordings.items():
        file = f"{scope.texts.folder}/evidence/{name}"
        try:
            read_recording(text)
        except BadRecording as error:
            yield AuthorError(file, 0, f"{error}; remove it and record it again")
        if name not in known:
            yield AuthorError(file, 0, "belongs to no part of proof.yaml; remove it, or name the part as it was")


def _no_notes(scope: Scope) -> Iterator[AuthorError]:
    """A step of which a learner cannot read why, and whose cards nobody can bring up again."""
    if scope.headings is None and scope.lab.module:
        return  # the library says that there is no such module
    if scope.headings is None:
        says = "names no module; write module: and, in each step, notes: with a heading of it"
        yield AuthorError(f"{scope.texts.folder}/lab.yaml", 1, says)
        return
    for place, step in enumerate(scope.lab.steps):
        if step.notes is None:
            says = f"the step {step.id!r} leads to no notes; write notes: with a heading of {scope.lab.module}"
            yield AuthorError(*scope.at(place), says)
        elif step.notes not in scope.headings:
            says = f"{scope.lab.module} has no heading {step.notes!r}; it has {', '.join(scope.headings)}"
            yield AuthorError(*scope.at(place, "notes"), says)


def _images(scope: Scope) -> Iterator[AuthorError]:
    """Images that a learner could not pull, or that change under one name."""
    steps: Path = ("steps",)
    for path, reference in asked_for(scope.document.data["steps"], steps):
        says = unknown(reference)
        if says:
            yield AuthorError(f"{scope.texts.folder}/lab.yaml", scope.document.line(*path), says)
    for place, step in enumerate(scope.lab.steps):
        for hint in step.hints:
            for says in filter(None, map(unknown, named_in(f"{hint.says}\n{hint.command}"))):
                yield AuthorError(*scope.at(place, "hints"), says)
    for part in scope.proof.solution:
        for says in filter(None, map(unknown, named_in("\n".join([*part.run, part.apply])))):
            yield AuthorError(*scope.in_proof(part.line), says)


def _solution(scope: Scope) -> Iterator[AuthorError]:
    """Steps without a solution, and solutions without a step or out of order."""
    steps = [step.id for step in scope.lab.steps]
    solved = [part.step for part in scope.proof.solution]
    for place, step in enumerate(steps):
        if step not in solved:
            says = f"the step {step!r} has no solution; add a part with step: {step} to {scope.texts.folder}/proof.yaml"
            yield AuthorError(*scope.at(place), says)
    for part in scope.proof.solution:
        if part.step not in steps:
            says = f"solves {part.step!r}, which is no step; steps are {', '.join(steps)}"
            yield AuthorError(*scope.in_proof(part.line), says)
    known = [step for step in solved if step in steps]
    if known != sorted(known, key=steps.index) or len(set(known)) < len(known):
        says = f"the solution has one part a step, in their order: {', '.join(steps)}"
        yield AuthorError(*scope.in_proof(scope.proof.solution[0].line), says)


def _near_misses(scope: Scope) -> Iterator[AuthorError]:
    """Steps that no wrong way proves, and wrong ways of the same name or without a step."""
    steps = [step.id for step in scope.lab.steps]
    missed = [part.step for part in scope.proof.near_misses]
    for place, step in enumerate(steps):
        if step not in missed:
            says = f"no near miss stays red at the step {step!r}; add one to {scope.texts.folder}/proof.yaml"
            yield AuthorError(*scope.at(place), says)
    seen: set[str] = set()
    for part in scope.proof.near_misses:
        if part.step not in steps:
            says = f"expects the step {part.step!r}, which is none; steps are {', '.join(steps)}"
            yield AuthorError(*scope.in_proof(part.line), says)
        if part.recording in seen:
            yield AuthorError(*scope.in_proof(part.line), f"the near miss {part.name!r} is there twice; rename one")
        seen.add(part.recording)


def _still_to_do(scope: Scope) -> Iterator[AuthorError]:
    """What an author has left for later."""
    for name, text in (("lab.yaml", scope.texts.lab), ("proof.yaml", scope.texts.proof or "")):
        for line, content in enumerate(text.splitlines(), 1):
            if "TODO" in content:
                left = content[content.index("TODO") :].strip(" \"'")
                says = f"{left} (write it, then remove the word)"
                yield AuthorError(f"{scope.texts.folder}/{name}", line, says)


ABOUT_STEPS: tuple[Rule, ...] = (_green_on_nothing, _green_before, _no_notes, _images, _still_to_do)
ABOUT_PROOFS: tuple[Rule, ...] = (_solution, _near_misses, _recordings)
