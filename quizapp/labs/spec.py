"""A lab as its author wrote it: YAML text to a Lab, every author error with its line. Knows no cluster and no
learner."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from quizapp.labs.check import HOLD, BadCheck, Check, Target
from quizapp.labs.checks.answer import Answer, Question
from quizapp.labs.diagnose.reads import beside
from quizapp.labs.evidence import KINDS, ListOf, Need
from quizapp.labs.literals import untold
from quizapp.labs.proof import Part
from quizapp.labs.registry import CHECKS
from quizapp.notes.errors import AuthorError
from quizapp.yamltext import Yaml, YamlError, load_yaml

LAB_KEYS = ("lab", "title", "summary", "minutes", "module", "story", "steps")
STEP_KEYS = ("id", "title", "text", "hints", "get", "hold", "after", "told", "notes", "already", *CHECKS)
SLUG = re.compile(r"[a-z0-9]([a-z0-9-]{0,50}[a-z0-9])?")
HINT_KEYS = ("says", "command")
TELL = "write it there, or its other form under told:"
HOLD_TEXT = re.compile(r"(\d{1,3})s")


@dataclass(frozen=True, slots=True)
class Hint:
    """Help that is opened when it is wanted: words in Markdown, and perhaps a command to copy."""

    says: str
    command: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: texts in Markdown, the objects it speaks of, its checks in the order they are written.

    `notes` is the heading that tells why; `already` says why it may be right before the learner does anything for it.
    """

    id: str
    title: str
    text: str
    hints: tuple[Hint, ...]
    targets: tuple[Target, ...]
    checks: tuple[Check, ...]
    hold: timedelta
    after: str | None
    notes: str | None = None
    already: str | None = None

    @property
    def questions(self) -> tuple[Question, ...]:
        """What the learner is asked; the keys are unique within the lab."""
        return tuple(question for check in self.checks if isinstance(check, Answer) for question in check.questions)


@dataclass(frozen=True, slots=True)
class Lab:
    """A story in steps; its namespace is made by Start. The solution is that of its proof."""

    slug: str
    title: str
    summary: str
    minutes: int
    module: str | None
    story: str
    steps: tuple[Step, ...]
    solution: tuple[Part, ...] = ()

    @property
    def questions(self) -> tuple[Question, ...]:
        """What the learner is asked, in all steps."""
        return tuple(question for step in self.steps for question in step.questions)

    @property
    def namespace(self) -> str:
        """Where it takes place on a learner's own cluster."""
        return f"lab-{self.slug}"

    def needs(self) -> tuple[Need, ...]:
        """What all steps together must read, each once; the same kinds elsewhere show a wrong namespace."""
        needs = [need for step in self.steps for check in step.checks for need in check.needs()]
        kinds = [target.kind for step in self.steps for target in step.targets]
        elsewhere = (ListOf(kind, everywhere=True) for kind in kinds)
        return tuple(dict.fromkeys([*needs, *elsewhere, *beside(kinds, needs)]))


def load_lab(text: str, *, file: str) -> tuple[Lab | None, list[AuthorError]]:
    """The lab, or None with the reasons; never raises for what an author wrote."""
    try:
        document = load_yaml(text)
    except YamlError as error:
        return None, [AuthorError(file, error.line, error.says)]
    reader = _Reader(document, file)
    lab = reader.lab()
    return (None if reader.errors else lab), reader.errors


class _Reader:
    """Walks the document once and gathers what is wrong."""

    def __init__(self, document: Yaml, file: str) -> None:
        self.document, self.file = document, file
        self.errors: list[AuthorError] = []

    def wrong(self, path: tuple[str | int, ...], says: str) -> None:
        self.errors.append(AuthorError(self.file, self.document.line(*path), says))

    def lab(self) -> Lab | None:
        data = self.document.data
        if not isinstance(data, Mapping):
            self.wrong((), "a lab is a mapping with lab, title, story and steps")
            return None
        self.known(data, LAB_KEYS, ())
        slug = self.text(data, "lab", ())
        if slug and not SLUG.fullmatch(slug):
            self.wrong(("lab",), "a lab's name has small letters, digits and hyphens, 52 at most")
        minutes = data.get("minutes", 15)
        if not isinstance(minutes, int) or not 0 < minutes < 600:
            self.wrong(("minutes",), "minutes is a number from 1 to 599")
        return Lab(
            slug=slug,
            title=self.text(data, "title", ()),
            summary=self.text(data, "summary", (), needed=False),
            minutes=minutes if isinstance(minutes, int) else 15,
            module=self.text(data, "module", (), needed=False) or None,
            story=self.text(data, "story", (), needed=False),
            steps=tuple(self.steps(data.get("steps"))),
        )

    def steps(self, data: Any) -> Iterator[Step]:
        if not isinstance(data, list) or not data:
            self.wrong(("steps",), "steps is a list with one step or more")
            return
        seen: list[str] = []
        asked: dict[str, str] = {}
        for place, entry in enumerate(data):
            path = ("steps", place)
            if not isinstance(entry, Mapping):
                self.wrong(path, "a step is a mapping with id, title, text, get and checks")
                continue
            step = self.step(entry, path)
            if step.id in seen:
                self.wrong((*path, "id"), f"the step {step.id!r} is there twice")
            if step.after is not None and step.after not in seen:
                self.wrong((*path, "after"), f"{step.after!r} is not a step before this one")
            for question in step.questions:
                if question.key in asked:
                    self.wrong((*path, "answer"), f"asks for {question.key}, as the step {asked[question.key]!r} does")
                asked[question.key] = step.id
            seen.append(step.id)
            yield step

    def step(self, data: Mapping[str, Any], path: tuple[str | int, ...]) -> Step:
        self.known(data, STEP_KEYS, path)
        targets = self.targets(data.get("get"), (*path, "get"))
        step = Step(
            id=self.text(data, "id", path),
            title=self.text(data, "title", path),
            text=self.text(data, "text", path),
            hints=tuple(self.hints(data.get("hints"), (*path, "hints"))),
            targets=tuple(targets.values()),
            checks=tuple(self.checks(data, targets, path)),
            hold=self.hold(data.get("hold"), (*path, "hold")),
            after=data.get("after"),
            notes=self.text(data, "notes", path, needed=False) or None,
            already=self.text(data, "already", path, needed=False) or None,
        )
        if not step.checks:
            self.wrong(path, f"the step {step.id!r} checks nothing; known checks are {', '.join(CHECKS)}")
        told = " ".join([step.text, *map(str, data.get("told") or ())])
        for where, literal in untold(data, told):
            self.wrong((*path, *where), f"asks for {literal!r}, which the step's text does not tell; {TELL}")
        return step

    def hints(self, data: Any, path: tuple[str | int, ...]) -> Iterator[Hint]:
        if not isinstance(data, list | None):
            self.wrong(path, "hints is a list of texts, or of {says: text, command: kubectl ...}")
            return
        for place, entry in enumerate(data or ()):
            if not isinstance(entry, Mapping):
                yield Hint(str(entry))
                continue
            self.known(entry, HINT_KEYS, (*path, place))
            command = self.text(entry, "command", (*path, place))
            yield Hint(self.text(entry, "says", (*path, place), needed=False), command)

    def targets(self, data: Any, path: tuple[str | int, ...]) -> dict[str, Target]:
        found: dict[str, Target] = {}
        if data is None:
            return found
        if not isinstance(data, Mapping):
            self.wrong(path, "get names the objects of the step: {web: {kind: Deployment, name: web}}")
            return found
        for alias, entry in data.items():
            if not isinstance(entry, Mapping) or not {"kind", "name"} <= set(entry):
                self.wrong((*path, alias), "needs kind and name")
            elif entry["kind"] not in KINDS:
                self.wrong((*path, alias, "kind"), f"unknown kind {entry['kind']!r}; known are {', '.join(KINDS)}")
            else:
                found[alias] = Target(alias, entry["kind"], str(entry["name"]))
        return found

    def checks(
        self, data: Mapping[str, Any], targets: Mapping[str, Target], path: tuple[str | int, ...]
    ) -> Iterator[Check]:
        for name, parse in CHECKS.items():
            if name in data:
                try:
                    yield parse(data[name], targets)
                except BadCheck as error:
                    self.wrong((*path, name, *error.path), error.says)

    def hold(self, data: Any, path: tuple[str | int, ...]) -> timedelta:
        if data is None:
            return HOLD
        found = HOLD_TEXT.fullmatch(str(data))
        if not found:
            self.wrong(path, "hold is a number of seconds, such as 10s")
            return HOLD
        return timedelta(seconds=int(found[1]))

    def known(self, data: Mapping[str, Any], keys: tuple[str, ...], path: tuple[str | int, ...]) -> None:
        for key in data:
            if key not in keys:
                self.wrong((*path, key), f"unknown key {key!r}; known are {', '.join(keys)}")

    def text(self, data: Mapping[str, Any], key: str, path: tuple[str | int, ...], *, needed: bool = True) -> str:
        value = data.get(key, "")
        if not isinstance(value, str) or (needed and not value.strip()):
            self.wrong((*path, key) if key in data else path, f"{key} must be a text")
            return ""
        return value.strip()
