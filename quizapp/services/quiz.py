"""A quiz from its first question to its summary. Knows marks and rounds, no page.

An answer is told right or wrong only after it is stored; a second answer to the same question returns the first one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quizapp.services.context import Context

Answer = str | Sequence[str] | Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OptionView:
    """One option before the answer."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class OptionResult:
    """One option after the answer; `feedback` says what it is."""

    id: str
    text: str
    chosen: bool
    correct: bool
    feedback: str


@dataclass(frozen=True, slots=True)
class PairResult:
    """One row of a matching question after the answer."""

    left: str
    given: str
    right: str
    correct: bool


@dataclass(frozen=True, slots=True)
class AnswerView:
    """What an answer earned and why: `right` is the right answer in words, `source` the quoted notes at `lines`."""

    fraction: float
    correct: bool
    given: str
    right: str
    options: tuple[OptionResult, ...]
    pairs: tuple[PairResult, ...]
    source: str
    lines: tuple[int, int]
    section: tuple[str, ...]
    module_slug: str
    module_title: str


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question; until it is answered nothing here depends on which answer is right."""

    attempt_id: str
    pos: int
    total: int
    item_id: str
    kind: str
    stem: str
    section: tuple[str, ...]
    module_slug: str
    module_title: str
    options: tuple[OptionView, ...]
    lefts: tuple[str, ...]
    rights: tuple[str, ...]
    typed: bool
    answer: AnswerView | None


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One question of a finished quiz; `fraction` is None when it was not answered."""

    pos: int
    stem: str
    kind: str
    fraction: float | None
    correct: bool


@dataclass(frozen=True, slots=True)
class SectionLink:
    """A place in the notes worth reading again, and how many questions of it were missed."""

    path: tuple[str, ...]
    line: int
    module: str
    missed: int


@dataclass(frozen=True, slots=True)
class SummaryView:
    """How a quiz went; `next_pos` is the first question without an answer, or None when all have one."""

    attempt_id: str
    module_slug: str
    module_title: str
    section: tuple[str, ...] | None
    right: int
    total: int
    rows: tuple[SummaryRow, ...]
    read_again: tuple[SectionLink, ...]
    next_pos: int | None


def start_quiz(
    ctx: Context, user_id: str, module_slug: str, *, section: tuple[str, ...] | None = None, size: int = 10
) -> str:
    """Freezes up to `size` questions of a module, or of one section with its subsections, and returns the attempt's id.

    Raises NotFound for a module that is not there and NothingToAsk when it has no question there.
    """
    raise NotImplementedError


def question(ctx: Context, user_id: str, attempt_id: str, pos: int) -> QuestionView:
    """The question at `pos` (from 1), with its answer when it has one; raises NotFound for anything else."""
    raise NotImplementedError


def submit_answer(
    ctx: Context, user_id: str, attempt_id: str, pos: int, answer: Answer, client_event_id: str
) -> AnswerView:
    """Stores and marks an answer; raises BadInput when it is empty or no answer to this question.

    `answer` is a list of option ids (choice, multi, truefalse), a typed text or option id (cloze, short, command),
    or a mapping of left to right texts (matching).
    """
    raise NotImplementedError


def summary(ctx: Context, user_id: str, attempt_id: str) -> SummaryView:
    """How an attempt stands, finished or not."""
    raise NotImplementedError


def report_question(ctx: Context, user_id: str, item_id: str, says: str) -> None:
    """Notes that somebody finds a question or card wrong or unclear; `says` may be empty."""
    raise NotImplementedError
