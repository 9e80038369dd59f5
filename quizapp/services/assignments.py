"""Assignments as those who teach see them: what is asked, between which dates, and what learners earned. Knows no page.

Dates are wall time in the cohort's zone. Graded ones draw from questions that a person vouches for, and from no others.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from quizapp.questions.registry import KINDS
from quizapp.scheduling.rounds import Candidate
from quizapp.scheduling.walltime import exists, instant, read_wall, written
from quizapp.services.context import Context
from quizapp.services.edge import checked_title
from quizapp.services.errors import BadInput, NotFound
from quizapp.services.standing import Right, stand
from quizapp.services.users import UserView
from quizapp.storage import assignments as store
from quizapp.storage import cohorts
from quizapp.storage.assignments import Scored
from quizapp.storage.database import Session
from quizapp.storage.tables.assignments import Assignment
from quizapp.storage.tables.cohorts import Cohort
from quizapp.storage.tables.quiz import Attempt

MOST_QUESTIONS, MOST_ATTEMPTS = 100, 20
COUNTS, FEEDBACK = ("best", "last"), ("close", "submit")
QUIZ_KINDS = tuple(name for use, name in KINDS if use == "quiz")
DATES = {"opens": "It opens at", "due": "It is due at", "closes": "It closes at"}

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """What the form holds; dates are as typed, no `sections` or `kinds` mean all of them."""

    title: str = ""
    module_slug: str = ""
    sections: tuple[Path, ...] = ()
    kinds: tuple[str, ...] = ()
    size: int = 10
    graded: bool = False
    max_attempts: int = 1
    counts: str = "best"
    feedback: str = "close"
    opens: str = ""
    due: str = ""
    closes: str = ""


@dataclass(frozen=True, slots=True)
class SectionChoice:
    """A section that can be chosen, named by its line: how many questions, and how many of these are accepted."""

    path: Path
    line: int
    questions: int
    accepted: int


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to choose from; sections and kinds are those of the chosen module."""

    modules: tuple[tuple[str, str], ...]
    sections: tuple[SectionChoice, ...]
    kinds: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class AssignmentCard:
    """An assignment in a list."""

    id: str
    title: str
    module_title: str
    size: int
    graded: bool
    opens_at: datetime
    due_at: datetime
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class ResultRow:
    """What a learner did: `share` is the fraction that counts, None without an attempt that has ended."""

    name: str
    attempts: int
    going: bool
    share: float | None
    late: bool


@dataclass(frozen=True, slots=True)
class AssignmentView:
    """An assignment with what everybody earned; `begun` while its rules cannot change any more."""

    id: str
    wish: Wish
    module_title: str
    card: AssignmentCard
    begun: bool
    rows: tuple[ResultRow, ...]


def choices(ctx: Context, person: UserView, cohort_id: str, module_slug: str) -> Choices:
    """The modules that everybody may see, and what the chosen one has; an unknown one has nothing."""
    with ctx.database.read() as session:
        stand(session, person, cohort_id, Right.MANAGE)
        modules = store.shared_modules(session)
        chosen = next((module for module in modules if module.slug == module_slug), None)
        pool = store.pool(session, module_slug) if chosen else []
    kinds = Counter(one.kind for _, _, one in pool)
    sections = []
    for entry in chosen.outline if chosen else ():
        path = tuple(entry["path"])
        here = [sure for section, sure, _ in pool if section[: len(path)] == path]
        if here:
            sections.append(SectionChoice(path, int(entry["line"]), len(here), sum(here)))
    return Choices(tuple((one.slug, one.title) for one in modules), tuple(sections), tuple(sorted(kinds.items())))


def create_assignment(ctx: Context, person: UserView, cohort_id: str, wish: Wish) -> str:
    """A new assignment; raises BadInput with the field that cannot be used, and why."""
    with ctx.database.write() as session:
        cohort = stand(session, person, cohort_id, Right.MANAGE, lock=True).cohort
        _check_draw(session, wish)
        new = Assignment(
            cohort_id=cohort_id,
            module_slug=wish.module_slug,
            sections=[list(path) for path in wish.sections],
            kinds=list(wish.kinds),
            size=wish.size,
            graded=wish.graded,
            created_by=person.id,
            created_at=ctx.now(),
        )
        _settle(new, wish, cohort)
        store.add_assignment(session, new)
        detail = {"assignment": new.id, "title": new.title}
        cohorts.add_event(session, cohort_id, person.id, "assignment made", detail, new.created_at)
        return new.id


def edit_assignment(ctx: Context, person: UserView, cohort_id: str, assignment_id: str, wish: Wish) -> None:
    """Another title, other dates or attempts; which questions are asked stays. Raises BadInput."""
    with ctx.database.write() as session:
        cohort = stand(session, person, cohort_id, Right.MANAGE, lock=True).cohort
        found = _assignment(session, cohort_id, assignment_id)
        before = wish_of(found)
        _settle(found, wish, cohort)
        after = wish_of(found)
        if before != after:
            names = ("title", "opens", "due", "closes", "max_attempts", "counts", "feedback")
            was, is_now = ({name: getattr(one, name) for name in names} for one in (before, after))
            changed = {name: [was[name], is_now[name]] for name in names if was[name] != is_now[name]}
            detail = {"assignment": found.id, "changed": changed}
            cohorts.add_event(session, cohort_id, person.id, "assignment edited", detail, ctx.now())


def assignments(ctx: Context, person: UserView, cohort_id: str) -> tuple[AssignmentCard, ...]:
    """The assignments of a cohort for who is in it, the first that is due first."""
    with ctx.database.read() as session:
        stand(session, person, cohort_id, Right.ENTER)
        return tuple(_card(row, title) for row, title in store.of_cohort(session, cohort_id))


def assignment(ctx: Context, person: UserView, cohort_id: str, assignment_id: str) -> AssignmentView:
    """An assignment and what everybody earned, for those who may see results."""
    now = ctx.now()
    with ctx.database.read() as session:
        stand(session, person, cohort_id, Right.RESULTS)
        found = _assignment(session, cohort_id, assignment_id)
        module_title = store.module_title(session, found)
        people = cohorts.members(session, cohort_id)
        scored: dict[str, list[Scored]] = {}
        for one in store.attempts_at(session, [assignment_id]):
            scored.setdefault(one.attempt.user_id, []).append(one)
    learners = [(place, user) for place, user in people if place.role == "learner" and place.left_at is None]
    rows = [
        _row(place.name or (user.name if user else "somebody without a name"), found, theirs, now)
        for place, user in learners
        for theirs in [scored.get(place.user_id or "", [])]
    ]
    return AssignmentView(
        id=found.id,
        wish=wish_of(found),
        module_title=module_title,
        card=_card(found, module_title),
        begun=bool(scored),
        rows=tuple(sorted(rows, key=lambda row: row.name.casefold())),
    )


def resolve_again(session: Session, cohort: Cohort) -> None:
    """After another zone was chosen for a cohort: the same wall times, at the instants that they mean there."""
    for row, _ in store.of_cohort(session, cohort.id):
        _resolve(row, cohort.tz_name)


def fitting(
    pool: Iterable[tuple[Path, bool, Candidate]], sections: Sequence[Sequence[str]], kinds: Sequence[str], graded: bool
) -> list[Candidate]:
    """The questions that the rules of an assignment allow."""
    paths = [tuple(path) for path in sections]
    return [
        one
        for section, accepted, one in pool
        if (accepted or not graded)
        and (not kinds or one.kind in kinds)
        and (not paths or any(section[: len(path)] == path for path in paths))
    ]


def counting(row: Assignment, scored: Sequence[Scored], now: datetime) -> Scored | None:
    """The attempt that counts, of those that have ended: the best (the first of equals), or the last."""
    ended = [one for one in scored if has_ended(row, one.attempt, now)]
    if not ended or row.counts == "last":
        return ended[-1] if ended else None
    return max(ended, key=lambda one: one.points / one.attempt.size)


def has_ended(row: Assignment, attempt: Attempt, now: datetime) -> bool:
    """Whether an attempt was handed in, or the assignment is closed."""
    return attempt.closed_at is not None or now >= row.closes_at


def is_late(row: Assignment, one: Scored) -> bool:
    """Whether an answer of an attempt was given after the assignment was due."""
    return one.last_at is not None and one.last_at > row.due_at


def wish_of(row: Assignment) -> Wish:
    """A stored assignment as its form."""
    return Wish(
        title=row.title,
        module_slug=row.module_slug,
        sections=tuple(tuple(path) for path in row.sections),
        kinds=tuple(row.kinds),
        size=row.size,
        graded=row.graded,
        max_attempts=row.max_attempts,
        counts=row.counts,
        feedback=row.feedback,
        opens=row.opens_wall,
        due=row.due_wall,
        closes=row.closes_wall,
    )


def _assignment(session: Session, cohort_id: str, assignment_id: str) -> Assignment:
    found = store.assignment(session, cohort_id, assignment_id)
    if found is None:
        raise NotFound(assignment_id)
    return found


def _check_draw(session: Session, wish: Wish) -> None:
    """Whether the rules can be met now."""
    if store.shared_module(session, wish.module_slug) is None:
        raise BadInput("module", "there is no such module that everybody in the cohort may see")
    if not set(wish.kinds) <= set(QUIZ_KINDS):
        raise BadInput("kinds", f"a kind is one of {', '.join(QUIZ_KINDS)}")
    if not 1 <= wish.size <= MOST_QUESTIONS:
        raise BadInput("size", f"an assignment has 1 to {MOST_QUESTIONS} questions")
    fit = len(fitting(store.pool(session, wish.module_slug), wish.sections, wish.kinds, wish.graded))
    if fit < wish.size:
        which = (
            "accepted questions that fit (curate the module to accept more)" if wish.graded else "questions that fit"
        )
        raise BadInput("size", f"there are {fit} {which}, fewer than {wish.size}; ask fewer, or allow more of them")


def _settle(row: Assignment, wish: Wish, cohort: Cohort) -> None:
    """What can change after the first attempt; raises BadInput and leaves the row alone then."""
    title = checked_title(wish.title)
    if not 1 <= wish.max_attempts <= MOST_ATTEMPTS:
        raise BadInput("max_attempts", f"there are 1 to {MOST_ATTEMPTS} attempts")
    if wish.counts not in COUNTS or wish.feedback not in FEEDBACK:
        raise BadInput("counts" if wish.counts not in COUNTS else "feedback", "is none of those that the form offers")
    dates = {name: _date(name, getattr(wish, name), cohort.tz_name) for name in DATES}
    if not dates["opens"] < dates["due"] <= dates["closes"]:
        raise BadInput("due", "it opens first, then it is due, and it closes then or later")
    row.title, row.max_attempts, row.counts, row.feedback = title, wish.max_attempts, wish.counts, wish.feedback
    row.opens_wall, row.due_wall, row.closes_wall = (written(one) for one in dates.values())
    _resolve(row, cohort.tz_name)


def _date(name: str, text: str, tz_name: str) -> datetime:
    """A wall time that there is; raises BadInput."""
    try:
        wall = read_wall(text)
        there = exists(wall, tz_name)
    except (ValueError, OverflowError) as error:
        raise BadInput(name, f"{DATES[name]} … is no date and time such as 2026-10-21 18:00") from error
    if not there:
        says = f"{DATES[name]} {written(wall).replace('T', ' ')} is not there: clocks in {tz_name} jump over it"
        raise BadInput(name, f"{says}; choose an hour before or after")
    return wall


def _resolve(row: Assignment, tz_name: str) -> None:
    """Of an hour that comes twice an assignment opens in the first and ends in the second."""
    row.opens_at = instant(read_wall(row.opens_wall), tz_name)
    row.due_at = instant(read_wall(row.due_wall), tz_name, later=True)
    row.closes_at = instant(read_wall(row.closes_wall), tz_name, later=True)


def _card(row: Assignment, module_title: str) -> AssignmentCard:
    return AssignmentCard(
        row.id, row.title, module_title, row.size, row.graded, row.opens_at, row.due_at, row.closes_at
    )


def _row(name: str, row: Assignment, theirs: Sequence[Scored], now: datetime) -> ResultRow:
    counts = counting(row, theirs, now)
    return ResultRow(
        name=name,
        attempts=len(theirs),
        going=any(not has_ended(row, one.attempt, now) for one in theirs),
        share=counts.points / counts.attempt.size if counts else None,
        late=counts is not None and is_late(row, counts),
    )
