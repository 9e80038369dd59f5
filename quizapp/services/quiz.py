"""A quiz from its first question to its summary. Knows marks and rounds, no page.

An answer is told right or wrong only after it is stored; a second answer to the same question returns the first one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quizapp.questions.item import Item
from quizapp.questions.kind import Mark
from quizapp.questions.marks import key_of, mark, right_answer
from quizapp.questions.shown import heading_of
from quizapp.scheduling.rounds import choose_round, shuffled
from quizapp.services.context import Context
from quizapp.services.desk import sit_down
from quizapp.services.edge import check_event_id
from quizapp.services.errors import BadInput, NotFound, NothingToAsk
from quizapp.services.settle import hashed
from quizapp.storage import attempts, items
from quizapp.storage.attempts import Asked
from quizapp.storage.columns import new_id
from quizapp.storage.database import Session
from quizapp.storage.tables.content import ContentVersion
from quizapp.storage.tables.notes import Module
from quizapp.storage.tables.quiz import AnswerEvent, Attempt, AttemptItem, GradeEvent

GRADER = "marks/1"

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
    """One question and the code it is about; until it is answered nothing here depends on which answer is right."""

    attempt_id: str
    pos: int
    total: int
    item_id: str
    kind: str
    stem: str
    heading: str
    shown: str
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
    seed = ctx.seed()
    with ctx.database.write() as session:
        if items.visible_module(session, user_id, module_slug) is None:
            raise NotFound(module_slug)
        found = attempts.candidates(session, user_id, module_slug)
        fit = [one for path, one in found if section is None or path[: len(section)] == section]
        chosen = choose_round(fit, size, seed)
        if not chosen:
            raise NothingToAsk("these notes give no question here")
        attempt = Attempt(
            id=new_id(),
            user_id=user_id,
            module_slug=module_slug,
            section=list(section) if section else None,
            seed=seed,
            size=len(chosen),
            started_at=ctx.now(),
        )
        versions = attempts.current_versions(session, chosen)
        asked = [frozen(attempt, pos, versions[item_id][1]) for pos, item_id in enumerate(chosen, 1)]
        attempts.add_attempt(session, attempt, asked)
        return attempt.id


def frozen(attempt: Attempt, pos: int, version: ContentVersion) -> AttemptItem:
    """A question as it is now, for good."""
    seed = attempt.seed ^ pos
    shown = version.payload.get("options") or version.payload.get("pairs") or ()
    return AttemptItem(
        attempt_id=attempt.id,
        pos=pos,
        item_id=version.item_id,
        version=version.number,
        payload=version.payload,
        option_order=shuffled(len(shown), seed),
        variant_seed=seed,
    )


def question(ctx: Context, user_id: str, attempt_id: str, pos: int) -> QuestionView:
    """The question at `pos` (from 1), with its answer when it has one; raises NotFound for anything else."""
    with ctx.database.read() as session:
        found = attempts.attempt(session, user_id, attempt_id)
        asked = attempts.asked_at(session, attempt_id, pos) if found else None
    if found is None or asked is None:
        raise NotFound(attempt_id)
    return question_view(*found, asked, answer_view(asked, found[1]) if asked.answer else None)


def question_view(attempt: Attempt, module: Module, asked: Asked, answer: AnswerView | None) -> QuestionView:
    """A frozen question; without `answer` nothing of it depends on which answer is right."""
    item = Item.from_dict(asked.asked.payload)
    order, ordering = asked.asked.option_order, item.kind == "ordering"
    return QuestionView(
        attempt_id=attempt.id,
        pos=asked.asked.pos,
        total=attempt.size,
        item_id=item.id,
        kind=item.kind,
        stem=item.prompt,
        heading=heading_of(item),
        shown=item.shown,
        module_slug=module.slug,
        module_title=module.title,
        options=tuple(OptionView(item.options[place].id, item.options[place].text) for place in order if item.options),
        # Of pairs the right sides are shuffled; of steps the steps, while their places stand in line.
        lefts=tuple(item.pairs[place][0] for place in (order if ordering else sorted(order)) if item.pairs),
        rights=tuple(item.pairs[place][1] for place in (sorted(order) if ordering else order) if item.pairs),
        typed=bool(item.answers) and not item.options,
        answer=answer,
    )


def submit_answer(
    ctx: Context, user_id: str, attempt_id: str, pos: int, answer: Answer, client_event_id: str
) -> AnswerView:
    """Stores and marks an answer; raises BadInput when it is empty or no answer to this question.

    `answer` is a list of option ids (choice, truefalse), a typed text or option id (cloze), or a mapping of left to
    right texts (matching); a second answer to a question returns the first one.
    """
    check_event_id(client_event_id)
    with ctx.database.write() as session:
        found = attempts.attempt(session, user_id, attempt_id, lock=True)
        asked = attempts.asked_at(session, attempt_id, pos) if found else None
        if found is None or asked is None:
            raise NotFound(attempt_id)
        attempt, module = found
        if asked.answer is None:
            given = as_given(answer)
            event = _answered(ctx, session, user_id, asked, given, client_event_id)
            attempts.add_answer(session, event, graded(ctx, user_id, asked, _marked(asked, given), given))
            if attempts.count_answers(session, attempt_id) == attempt.size:
                attempt.closed_at, attempt.close_reason = ctx.now(), "answered"
            asked = attempts.asked_at(session, attempt_id, pos) or asked
        return answer_view(asked, module)


Given = str | list[str] | dict[str, str]


def as_given(answer: Answer) -> Given:
    """The answer as JSON keeps it."""
    if isinstance(answer, str):
        return answer
    return dict(answer) if isinstance(answer, Mapping) else list(answer)


def _marked(asked: Asked, given: Given) -> Mark:
    try:
        return mark(Item.from_dict(asked.asked.payload), given)
    except ValueError as error:
        raise BadInput("answer", str(error)) from error


def _answered(
    ctx: Context, session: Session, user_id: str, asked: Asked, given: Given, client_event_id: str
) -> AnswerEvent:
    desk = sit_down(session, user_id, ctx.now)
    return AnswerEvent(
        user_id=user_id,
        client_event_id=client_event_id,
        attempt_id=asked.asked.attempt_id,
        pos=asked.asked.pos,
        seq=1,
        autosave=False,
        answer=given,
        at=desk.moment.at,
        study_day=desk.deck.today,
    )


def graded(ctx: Context, user_id: str, asked: Asked, earned: Mark, given: Given) -> GradeEvent:
    """The row that keeps what an answer earned, and by which key."""
    return GradeEvent(
        grader=GRADER,
        key_hash=hashed(key_of(asked.asked.payload)),
        fraction=earned.fraction,
        breakdown={"given": given},
        reason="auto",
        actor_id=user_id,
        at=ctx.now(),
    )


def answer_view(asked: Asked, module: Module) -> AnswerView:
    """What the newest answer earned and why; without one, what would have been right."""
    item = Item.from_dict(asked.asked.payload)
    given: Given = asked.answer.answer if asked.answer else []
    options = [item.options[place] for place in asked.asked.option_order if item.options]
    fraction = asked.grade.fraction if asked.grade else 0.0
    return AnswerView(
        fraction=fraction,
        correct=fraction >= 1,
        given=_in_words(item, given),
        right=mark(item, right_answer(item)).right,
        options=tuple(OptionResult(one.id, one.text, one.id in given, one.correct, one.feedback) for one in options),
        pairs=_pair_results(item, given),
        source=item.source,
        lines=item.lines,
        section=item.section,
        module_slug=module.slug,
        module_title=module.title,
    )


def _in_words(item: Item, given: Given) -> str:
    if isinstance(given, Mapping):
        # In the question's order: PostgreSQL keeps the parts of an answer in an order of its own.
        return "; ".join(f"{left}: {given[left]}" for left, _ in item.pairs if left in given)
    if not item.options:
        return given if isinstance(given, str) else ", ".join(given)
    return ", ".join(option.text for option in item.options if option.id in given)


def _pair_results(item: Item, given: Given) -> tuple[PairResult, ...]:
    if not isinstance(given, Mapping):
        return ()
    return tuple(PairResult(left, given.get(left, ""), right, given.get(left) == right) for left, right in item.pairs)


def summary(ctx: Context, user_id: str, attempt_id: str) -> SummaryView:
    """How an attempt stands, finished or not."""
    with ctx.database.read() as session:
        found = attempts.attempt(session, user_id, attempt_id)
        if found is None:
            raise NotFound(attempt_id)
        asked = attempts.all_asked(session, attempt_id)
    attempt, module = found
    rows = tuple(_row(one) for one in asked)
    missed = [Item.from_dict(one.asked.payload) for one, row in zip(asked, rows, strict=True) if row.fraction == 0]
    places = {item.section: item.lines[0] for item in reversed(missed)}
    return SummaryView(
        attempt_id=attempt_id,
        module_slug=module.slug,
        module_title=module.title,
        section=tuple(attempt.section) if attempt.section else None,
        right=sum(row.correct for row in rows),
        total=attempt.size,
        rows=rows,
        read_again=tuple(
            SectionLink(path, line, module.slug, sum(item.section == path for item in missed))
            for path, line in places.items()
        ),
        next_pos=next((row.pos for row in rows if row.fraction is None), None),
    )


def _row(asked: Asked) -> SummaryRow:
    item = Item.from_dict(asked.asked.payload)
    fraction = asked.grade.fraction if asked.grade else None
    return SummaryRow(asked.asked.pos, item.prompt, item.kind, fraction, fraction == 1)


def report_question(ctx: Context, user_id: str, item_id: str, says: str) -> None:
    """Notes that somebody finds a question or card wrong or unclear; `says` may be empty."""
    with ctx.database.write() as session:
        item = items.visible_item(session, user_id, item_id)
        if item is None:
            raise NotFound(item_id)
        items.add_report(session, item, user_id, says[:1000], ctx.now())
