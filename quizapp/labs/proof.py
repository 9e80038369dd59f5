"""What proves a lab, as its author wrote it: the solution, one part a step, and wrong ways that must stay red.

YAML text to a Proof, every author error with its line. Knows no cluster: who goes these ways is the tests.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quizapp.labs.checks.answer import Question
from quizapp.labs.evidence import Evidence
from quizapp.labs.finding import shown
from quizapp.notes.errors import AuthorError
from quizapp.yamltext import Path, Yaml, YamlError, load_yaml

PROOF_KEYS = ("solution", "near-misses")
DOING = ("run", "apply", "elsewhere", "answer")
RIGHT = "right"
PART_KEYS = ("step", *DOING)
MISS_KEYS = ("name", *DOING, "expect")
WORDS = (
    "is a list of what follows the word kubectl, such as [scale deployment web --replicas=3]",
    'is a list of what is typed, each in quotes, such as ["10.0.0.1"], or the word right',
)
EXPECT_KEYS = ("step", "state", "rule", "any-rule", "subject")


@dataclass(frozen=True, slots=True)
class Part:
    """Something done to a cluster, in kubectl's words and in YAML, and what a step must say then.

    `elsewhere` happens in the namespace default; `answer` is what is typed, a text a question, or RIGHT for what the
    cluster says then; `line` is where it stands in proof.yaml.
    """

    name: str
    run: tuple[str, ...]
    elsewhere: tuple[str, ...]
    apply: str
    expect: Mapping[str, str]
    line: int
    answer: tuple[str, ...] | str = ()

    @property
    def step(self) -> str:
        """The step it is about."""
        return self.expect["step"]

    @property
    def idle(self) -> bool:
        """Whether nothing is done."""
        return not (self.run or self.elsewhere or self.apply.strip() or self.answer)

    @property
    def recording(self) -> str:
        """Name of the file in evidence/ with what a cluster answered then."""
        return f"{re.sub('[^a-z0-9]+', '-', self.name.lower()).strip('-')}.json"


def typed(part: Part, questions: Sequence[Question], evidence: Evidence) -> dict[str, str]:
    """What is typed into the step of a part when the cluster stands so, by the key of the question."""
    if part.answer == RIGHT:
        found = {question.key: question.values(evidence) for question in questions}
        return {key: shown(values[0]) for key, values in found.items() if values}
    return {question.key: text for question, text in zip(questions, part.answer, strict=False)}


@dataclass(frozen=True, slots=True)
class Proof:
    """The right way in the order of the steps, and the wrong ones."""

    solution: tuple[Part, ...] = ()
    near_misses: tuple[Part, ...] = ()


def load_proof(text: str, *, file: str) -> tuple[Proof, list[AuthorError]]:
    """The proof with all parts that can be read, and what is wrong with the others."""
    try:
        document = load_yaml(text)
    except YamlError as error:
        return Proof(), [AuthorError(file, error.line, error.says)]
    reader = _Reader(document, file)
    return reader.proof(), reader.errors


class _Reader:
    """Walks the document once and gathers what is wrong."""

    def __init__(self, document: Yaml, file: str) -> None:
        self.document, self.file = document, file
        self.errors: list[AuthorError] = []

    def wrong(self, path: Path, says: str) -> None:
        self.errors.append(AuthorError(self.file, self.document.line(*path), says))

    def proof(self) -> Proof:
        data = self.document.data
        if not isinstance(data, Mapping):
            self.wrong((), f"a proof is a mapping with {' and '.join(PROOF_KEYS)}")
            return Proof()
        self.known(data, PROOF_KEYS, ())
        return Proof(
            solution=tuple(self.solution(data.get("solution"))),
            near_misses=tuple(self.near_misses(data.get("near-misses"))),
        )

    def solution(self, data: Any) -> Iterator[Part]:
        for path, entry in self.entries(data, "solution", PART_KEYS, "step"):
            expect = {"step": str(entry["step"]), "state": "passed"}
            yield self.part(f"solution {int(path[1]) + 1} {entry['step']}", entry, expect, path)

    def near_misses(self, data: Any) -> Iterator[Part]:
        for path, entry in self.entries(data, "near-misses", MISS_KEYS, "name"):
            expect = entry.get("expect")
            if not isinstance(expect, Mapping) or not {"step", "state"} <= set(expect):
                self.wrong((*path, "expect"), "expect names the step that stays red and its state, perhaps a rule")
                continue
            self.known(expect, EXPECT_KEYS, (*path, "expect"))
            if expect["state"] == "passed":
                self.wrong((*path, "expect", "state"), "a near miss never passes; expect todo, waiting or blocked")
            yield self.part(str(entry["name"]), entry, {key: str(value) for key, value in expect.items()}, path)

    def entries(
        self, data: Any, name: str, keys: tuple[str, ...], needed: str
    ) -> Iterator[tuple[Path, Mapping[str, Any]]]:
        if data is not None and not isinstance(data, list):
            self.wrong((name,), f"{name} is a list of parts, each with {', '.join(keys)}")
            return
        for place, entry in enumerate(data or ()):
            if not isinstance(entry, Mapping) or not entry.get(needed):
                self.wrong((name, place), f"needs {needed}; a part may have {', '.join(keys)}")
                continue
            self.known(entry, keys, (name, place))
            yield (name, place), entry

    def part(self, name: str, entry: Mapping[str, Any], expect: Mapping[str, str], path: Path) -> Part:
        apply = entry.get("apply", "")
        if not isinstance(apply, str):
            self.wrong((*path, "apply"), "apply is a text with YAML in it; begin it with |")
            apply = ""
        words = {key: self.words(entry.get(key), (*path, key)) for key in ("run", "elsewhere")}
        answer: tuple[str, ...] | str = RIGHT
        if entry.get("answer") != RIGHT:
            answer = self.words(entry.get("answer"), (*path, "answer"))
        return Part(name, words["run"], words["elsewhere"], apply, expect, self.document.line(*path), answer)

    def words(self, data: Any, path: Path) -> tuple[str, ...]:
        if data is None:
            return ()
        if not isinstance(data, list) or not all(isinstance(line, str) for line in data):
            self.wrong(path, WORDS[path[-1] == "answer"])
            return ()
        return tuple(data)

    def known(self, data: Mapping[str, Any], keys: tuple[str, ...], path: Path) -> None:
        for key in data:
            if key not in keys:
                self.wrong((*path, key), f"unknown key {key!r}; known are {', '.join(keys)}")
