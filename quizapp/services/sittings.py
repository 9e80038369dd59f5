"""Assignments as learners take them: what is due, an attempt from its start to its end, and what it earned.

The server's clock decides. What is saved before an assignment closes counts, handed in or not: every saved answer is
marked when it is stored, so that nothing has to happen at the deadline. What an answer earned, and which one is right,
is told at the time that the assignment says, and not before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from quizapp.questions.item import Item
from quizapp.questions.kind import Mark
from quizapp.questions.marks import mark
from quizapp.questions.typed import NearMiss
from quizapp.scheduling.rounds import choose_round
from quizapp.services.assignments import counting, fitting, has_ended, is_late
from quizapp.services.context import Context
from quizapp.services.desk import sit_down
from quizapp.services.edge import check_event_id
from quizapp.services.errors import BadInput, Closed, NotFound
from quizapp.services.quiz import (
    Answer,
    Given,
    QuestionView,
    answer_view,
    as_given,
    frozen,
    graded,
    question_view,
)
from quizapp.services.standing import Right, stand
from quizapp.services.users import UserView
from quizapp.storage import assignments as store
from quizapp.storage import attempts
from quizapp.storage.assignments import Scored
from quizapp.storage.columns import new_id
from quizapp.storage.database import Session
from quizapp.storage.tables.assignments import Assignment
from quizapp.storage.tables.cohorts import Cohort
from quizapp.storage.tables.notes import Module
from quizapp.storage.tables.quiz import AnswerEvent, Attempt

MOST_SAVES = 200


@dataclass(frozen=True, slots=True)
class DueView:
    """An assignment as a learner sees it.

    `state` is `later` (not open yet), `open`, `going` (an attempt is begun), `done` (no attempt is left) or `closed`.
    `share` is the fraction that counts, None before it is told or without an attempt.
    """

    id: str
    cohort_id: str
    cohort_title: str
    tz_name: str
    title: str
    size: int
    graded: bool
    state: str
    opens_at: datetime
    due_at: datetime
    closes_at: datetime
    counts: str
    max_attempts: int
    attempts: tuple[str, ...]
    share: float | None
    late: bool
    overdue: bool


@dataclass(frozen=True, slots=True)
class SittingRow:
    """One question of an attempt; `fraction` is None before it is told."""

    pos: int
    stem: str
    answered: bool
    fraction: float | None


@dataclass(frozen=True, slots=True)
class SittingView:
    """An attempt; while it is `open` answers can be saved, and `told` says that its marks are."""

    id: str
    title: str
    cohort_title: str
    tz_name: str
    due_at: datetime
    closes_at: datetime
    open: bool
    told: bool
    handed_in_at: datetime | None
    points: float | None
    rows: tuple[SittingRow, ...]


@dataclass(frozen=True, slots=True)
class SittingQuestion:
    """One question of an attempt, with the answer that was saved last; its key is there only when it is told."""

    title: str
    tz_name: str
    closes_at: datetime
    open: bool
    question: QuestionView
    saved: Given | None


def due(ctx: Context, person: UserView) -> tuple[DueView, ...]:
    """Everything that is asked of a learner in all their cohorts, the first that is due first."""
    now = ctx.now()
    with ctx.database.read() as session:
        rows = store.due_for(session, person.id)
        scored: dict[str, list[Scored]] = {row.id: [] for row, _ in rows}
        for one in store.attempts_at(session, list(scored), user_id=person.id) if rows else ():
            scored[one.attempt.assignment_id or ""].append(one)
    return tuple(_due(row, cohort, scored[row.id], now) for row, cohort in rows)


def start(ctx: Context, person: UserView, cohort_id: str, assignment_id: str) -> str:
    """Begins an attempt, or goes on with the one that is begun, and returns its id; raises Closed.

    However many ask at once, nobody gets more attempts than there are, and none is used up before it can begin.
    """
    seed = ctx.seed()
    with ctx.database.write() as session:
        stand(session, person, cohort_id, Right.LEARN)
        store.lock_place(session, cohort_id, person.id)
        row = store.assignment(session, cohort_id, assignment_id)
        if row is None:
            raise NotFound(assignment_id)
        now = ctx.now()
        if now < row.opens_at:
            raise Closed("it is not open yet")
        if now >= row.closes_at:
            raise Closed("it is closed")
        past = store.attempts_at(session, [row.id], user_id=person.id)
        going = next((one.attempt.id for one in past if one.attempt.closed_at is None), None)
        if going is not None:
            return going
        if len(past) >= row.max_attempts:
            raise Closed("no attempt is left")
        return _begin(session, person, row, seed, now, len(past) + 1)


def sitting(ctx: Context, person: UserView, attempt_id: str) -> SittingView:
    """An attempt of one's own with its questions."""
    with ctx.database.read() as session:
        attempt, row, cohort, _ = _mine(session, person, attempt_id)
        asked = store.asked(session, attempt_id)
    return _view(attempt, row, cohort, asked, ctx.now())


def question(ctx: Context, person: UserView, attempt_id: str, pos: int) -> SittingQuestion:
    """One question of it (from 1)."""
    with ctx.database.read() as session:
        attempt, row, cohort, module = _mine(session, person, attempt_id)
        if not 1 <= pos <= attempt.size:
            raise NotFound(attempt_id)
        one = store.asked(session, attempt_id, pos)[0]
    now = ctx.now()
    answer = answer_view(one, module) if is_told(row, attempt, now) else None
    return SittingQuestion(
        title=row.title,
        tz_name=cohort.tz_name,
        closes_at=row.closes_at,
        open=not has_ended(row, attempt, now),
        question=question_view(attempt, module, one, answer),
        saved=one.answer.answer if one.answer else None,
    )


def save(ctx: Context, person: UserView, attempt_id: str, pos: int, answer: Answer, client_event_id: str) -> None:
    """Stores an answer in place of the one before; raises Closed when it came too late, BadInput for what is none."""
    check_event_id(client_event_id)
    with ctx.database.write() as session:
        attempt, row, _, _ = _mine(session, person, attempt_id, lock=True)
        found = store.asked(session, attempt_id, pos)
        if not found:
            raise NotFound(attempt_id)
        _require_open(attempt, row, ctx.now())
        given, one = as_given(answer), found[0]
        if store.is_known(session, attempt_id, pos, client_event_id) or (one.answer and one.answer.answer == given):
            return
        earned, near = _earned(one, given)
        seq = store.next_seq(session, attempt_id, pos)
        if seq > MOST_SAVES:
            raise BadInput("answer", "was changed too often; what you saved last counts")
        desk = sit_down(session, person.id, ctx.now)
        event = AnswerEvent(
            user_id=person.id,
            client_event_id=client_event_id,
            attempt_id=attempt_id,
            pos=pos,
            seq=seq,
            autosave=False,
            answer=given,
            at=desk.moment.at,
            study_day=desk.deck.today,
        )
        grade = graded(ctx, person.id, one, earned, given)
        grade.breakdown |= {"near": True} if near else {}
        attempts.add_answer(session, event, grade)


def hand_in(ctx: Context, person: UserView, attempt_id: str) -> None:
    """Ends an attempt before the assignment closes; doing so twice is as once. Raises Closed after that."""
    with ctx.database.write() as session:
        attempt, row, _, _ = _mine(session, person, attempt_id, lock=True)
        if attempt.closed_at is None:
            _require_open(attempt, row, ctx.now())
            attempt.closed_at, attempt.close_reason = ctx.now(), "handed in"


def is_told(row: Assignment, attempt: Attempt, now: datetime) -> bool:
    """Whether the time has come to tell what an attempt earned and what was right."""
    return now >= row.closes_at or (row.feedback == "submit" and attempt.closed_at is not None)


def _earned(asked: attempts.Asked, given: Given) -> tuple[Mark, bool]:
    """(what an answer earns, whether it is a slip away from right); raises BadInput for what is no answer.

    To tell of a slip, or to refuse one, would be a way to feel for what is right: it is kept, and noted with its mark.
    """
    try:
        return mark(Item.from_dict(asked.asked.payload), given), False
    except NearMiss:
        return Mark(0.0, correct=False, right=""), True
    except ValueError as error:
        raise BadInput("answer", str(error)) from error


def _begin(session: Session, person: UserView, row: Assignment, seed: int, now: datetime, number: int) -> str:
    fit = fitting(store.pool(session, row.module_slug), row.sections, row.kinds, row.graded)
    chosen = choose_round(fit, row.size, seed)
    if len(chosen) < row.size:
        raise Closed("its questions are not all there any more; tell those who teach you. No attempt was used up")
    attempt = Attempt(
        id=new_id(),
        user_id=person.id,
        assignment_id=row.id,
        number=number,
        module_slug=row.module_slug,
        section=None,
        seed=seed,
        size=len(chosen),
        started_at=now,
    )
    versions = attempts.current_versions(session, chosen)
    asked = [frozen(attempt, pos, versions[item_id][1]) for pos, item_id in enumerate(chosen, 1)]
    attempts.add_attempt(session, attempt, asked)
    return attempt.id


def _mine(
    session: Session, person: UserView, attempt_id: str, *, lock: bool = False
) -> tuple[Attempt, Assignment, Cohort, Module]:
    found = store.sitting(session, person.id, attempt_id, lock=lock)
    if found is None:
        raise NotFound(attempt_id)
    return found


def _require_open(attempt: Attempt, row: Assignment, now: datetime) -> None:
    if attempt.closed_at is not None:
        raise Closed("this attempt was handed in; what you saved before counts")
    if now >= row.closes_at:
        raise Closed("the assignment is closed; what you saved before counts")


def _view(
    attempt: Attempt, row: Assignment, cohort: Cohort, asked: Sequence[attempts.Asked], now: datetime
) -> SittingView:
    told = is_told(row, attempt, now)
    rows = tuple(
        SittingRow(
            pos=one.asked.pos,
            stem=Item.from_dict(one.asked.payload).prompt,
            answered=one.answer is not None,
            fraction=(one.grade.fraction if one.grade else 0.0) if told else None,
        )
        for one in asked
    )
    return SittingView(
        id=attempt.id,
        title=row.title,
        cohort_title=cohort.title,
        tz_name=cohort.tz_name,
        due_at=row.due_at,
        closes_at=row.closes_at,
        open=not has_ended(row, attempt, now),
        told=told,
        handed_in_at=attempt.closed_at,
        points=sum(one.fraction or 0.0 for one in rows) if told else None,
        rows=rows,
    )


def _due(row: Assignment, cohort: Cohort, scored: Sequence[Scored], now: datetime) -> DueView:
    told = [one for one in scored if is_told(row, one.attempt, now)]
    counts = counting(row, told, now)
    return DueView(
        id=row.id,
        cohort_id=cohort.id,
        cohort_title=cohort.title,
        tz_name=cohort.tz_name,
        title=row.title,
        size=row.size,
        graded=row.graded,
        state=_state(row, scored, now),
        opens_at=row.opens_at,
        due_at=row.due_at,
        closes_at=row.closes_at,
        counts=row.counts,
        max_attempts=row.max_attempts,
        attempts=tuple(one.attempt.id for one in scored),
        share=counts.points / counts.attempt.size if counts else None,
        late=counts is not None and is_late(row, counts),
        overdue=now > row.due_at and not scored,
    )


def _state(row: Assignment, scored: Sequence[Scored], now: datetime) -> str:
    if now < row.opens_at:
        return "later"
    if now >= row.closes_at:
        return "closed"
    if any(not has_ended(row, one.attempt, now) for one in scored):
        return "going"
    return "open" if len(scored) < row.max_attempts else "done"
