"""Assignments: drawn by rules, between dates on the wall, taken as often as they say, told when they say."""

import dataclasses
import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from quizapp.questions import marks
from quizapp.questions.item import Item
from quizapp.questions.typed import NearMiss
from quizapp.services import assignments, cohorts, sittings
from quizapp.services.assignments import Wish, assignment, choices, create_assignment, edit_assignment
from quizapp.services.context import Context
from quizapp.services.curate import decide, module_to_curate
from quizapp.services.errors import BadInput, Closed, NotFound
from quizapp.services.home import home
from quizapp.services.modules import module
from quizapp.services.own_data import own_data
from quizapp.services.quiz import Answer, start_quiz, submit_answer, summary
from quizapp.services.quiz import question as practice_question
from quizapp.services.review import next_card
from quizapp.services.sittings import DueView, due, hand_in, question, save, sitting, start
from quizapp.services.users import UserView
from quizapp.storage import assignments as store
from tests.databases import statements
from tests.services.conftest import MODULE, person_of, rows, some_answer, together

# The clock of the tests stands at 2026-11-25 09:00 UTC, 10:00 in Berlin.
WISH = Wish(
    title="Week 1",
    module_slug=MODULE,
    size=4,
    opens="2026-11-25T09:00",
    due="2026-11-25T18:00",
    closes="2026-11-25T20:00",
)


@dataclass(frozen=True)
class Course:
    """A cohort in Berlin with two learners and an assistant."""

    ctx: Context
    id: str
    grace: UserView
    asa: UserView
    ada: UserView
    bea: UserView

    def give(self, **changes: object) -> str:
        """An assignment like WISH but for the changes."""
        return create_assignment(self.ctx, self.grace, self.id, dataclasses.replace(WISH, **changes))

    def start(self, assignment_id: str, who: UserView | None = None) -> str:
        return start(self.ctx, who or self.ada, self.id, assignment_id)

    def advance(self, **much: float) -> None:
        self.ctx.now.advance(**much)  # type: ignore[attr-defined]

    def due(self, who: UserView | None = None) -> DueView:
        return due(self.ctx, who or self.ada)[0]


@pytest.fixture
def course(server: Context, grace: UserView, cohort: str) -> Course:
    people = {name: person_of(server, name) for name in ("Asa", "Ada", "Bea")}
    for name, role in (("Asa", "assistant"), ("Ada", "learner"), ("Bea", "learner")):
        cohorts.add_member(server, grace, cohort, name, role)
    return Course(server, cohort, grace, people["Asa"], people["Ada"], people["Bea"])


def right_answer(ctx: Context, attempt_id: str, pos: int) -> Answer:
    """What the frozen key says."""
    with ctx.database.read() as session:
        return marks.right_answer(Item.from_dict(store.asked(session, attempt_id, pos)[0].asked.payload))


def answer_right(course: Course, attempt_id: str, positions: range, who: UserView | None = None) -> None:
    for pos in positions:
        right = right_answer(course.ctx, attempt_id, pos)
        save(course.ctx, who or course.ada, attempt_id, pos, right, f"right-{pos}")


def accept(course: Course, count: int) -> set[str]:
    """Accepts so many questions of the module."""
    view = module_to_curate(course.ctx, course.grace, MODULE)
    found = [one for section in view.sections for one in section.items if one.item.use == "quiz"][:count]
    for one in found:
        decide(course.ctx, course.grace, MODULE, one.item.id, "accept", one.version)
    return {one.item.id for one in found}


def drawn(course: Course, attempt_id: str) -> list[Item]:
    with course.ctx.database.read() as session:
        return [Item.from_dict(one.asked.payload) for one in store.asked(session, attempt_id)]


def test_a_quiz_is_drawn_from_the_sections_and_kinds_that_the_rules_name(course: Course) -> None:
    offered = choices(course.ctx, course.grace, course.id, MODULE)
    section = max(offered.sections[1:], key=lambda one: one.questions)
    kinds = tuple(name for name, _ in offered.kinds if name != "matching")
    made = course.give(sections=(section.path,), kinds=kinds, size=3)
    found = drawn(course, course.start(made))
    assert len(found) == len({item.id for item in found}) == 3
    assert all(item.section[: len(section.path)] == section.path and item.kind in kinds for item in found)


def test_what_is_graded_asks_accepted_questions_only(course: Course) -> None:
    with pytest.raises(BadInput, match="there are 0 accepted"):
        course.give(graded=True)
    accepted = accept(course, 5)
    made = course.give(graded=True, size=5, max_attempts=3)
    for _ in range(3):
        attempt = course.start(made)
        assert {item.id for item in drawn(course, attempt)} == accepted
        hand_in(course.ctx, course.ada, attempt)


def test_when_an_accepted_question_is_gone_no_attempt_is_used_up_and_none_is_shorter(course: Course) -> None:
    accepted = accept(course, 4)
    made = course.give(graded=True, size=4)
    view = module_to_curate(course.ctx, course.grace, MODULE)
    one = next(one for section in view.sections for one in section.items if one.item.id in accepted)
    decide(course.ctx, course.grace, MODULE, one.item.id, "take-back", one.version)
    with pytest.raises(Closed, match="No attempt was used up"):
        course.start(made)
    assert rows(course.ctx, "attempt") == 0


def test_dates_are_wall_time_where_the_cohort_is(course: Course) -> None:
    made = course.give()
    view = assignment(course.ctx, course.grace, course.id, made)
    assert view.card.due_at == datetime(2026, 11, 25, 17, tzinfo=UTC)
    cohorts.edit_cohort(course.ctx, course.grace, course.id, "Kubernetes in spring", "Asia/Kolkata")
    view = assignment(course.ctx, course.grace, course.id, made)
    assert (view.wish.due, view.card.due_at) == ("2026-11-25T18:00", datetime(2026, 11, 25, 12, 30, tzinfo=UTC))


def test_of_an_hour_that_comes_twice_it_opens_in_the_first_and_ends_in_the_second(course: Course) -> None:
    made = course.give(opens="2027-10-31T02:15", due="2027-10-31T02:30", closes="2027-10-31T02:30")
    card = assignment(course.ctx, course.grace, course.id, made).card
    assert card.opens_at == datetime(2027, 10, 31, 0, 15, tzinfo=UTC)
    assert card.due_at == card.closes_at == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("title", {"title": " "}),
        ("module", {"module_slug": "nowhere"}),
        ("size", {"size": 0}),
        ("size", {"size": 101}),
        ("size", {"sections": (("Nowhere",),)}),
        ("kinds", {"kinds": ("essay",)}),
        ("max_attempts", {"max_attempts": 0}),
        ("max_attempts", {"max_attempts": 21}),
        ("counts", {"counts": "worst"}),
        ("feedback", {"feedback": "before"}),
        ("opens", {"opens": "soon"}),
        ("closes", {"closes": "0001-01-01T00:00"}),
        ("due", {"due": "2027-03-28T02:30", "closes": "2027-03-29T12:00"}),
        ("due", {"due": "2026-11-25T09:00"}),
        ("due", {"closes": "2026-11-25T17:59"}),
    ],
)
def test_what_cannot_be_an_assignment_is_refused_by_its_field(
    course: Course, field: str, changes: dict[str, object]
) -> None:
    with pytest.raises(BadInput) as refused:
        course.give(**changes)
    assert refused.value.field == field
    assert rows(course.ctx, "assignment") == 0


def test_the_servers_clock_opens_and_closes(course: Course) -> None:
    made = course.give(opens="2026-11-25T11:00")
    assert course.due().state == "later"
    with pytest.raises(Closed, match="not open yet"):
        course.start(made)
    course.advance(hours=1)
    assert course.due().state == "open"
    attempt = course.start(made)
    assert course.due().state == "going"
    course.advance(hours=9, seconds=-1)
    answer_right(course, attempt, range(1, 2))
    course.advance(seconds=1)
    assert course.due().state == "closed"
    for late in (
        lambda: save(course.ctx, course.ada, attempt, 2, right_answer(course.ctx, attempt, 2), "late"),
        lambda: hand_in(course.ctx, course.ada, attempt),
        lambda: course.start(made, course.bea),
    ):
        with pytest.raises(Closed):
            late()
    assert rows(course.ctx, "attempt") == 1


def test_the_deadline_closes_with_what_was_saved(course: Course) -> None:
    attempt = course.start(course.give(size=4))
    answer_right(course, attempt, range(1, 4))
    course.advance(hours=10)
    view = sitting(course.ctx, course.ada, attempt)
    assert (view.open, view.handed_in_at, view.points) == (False, None, 3.0)
    assert course.due().share == 0.75
    results = {row.name: row.share for row in assignment(course.ctx, course.grace, course.id, course.due().id).rows}
    assert results == {"Ada": 0.75, "Bea": None}


def test_a_slip_is_not_told_before_its_time_and_is_noted_with_its_mark(course: Course) -> None:
    offered = dict(choices(course.ctx, course.grace, course.id, MODULE).kinds)
    attempt = course.start(course.give(kinds=("short",), size=offered["short"]))
    slips = 0
    for pos, item in enumerate(drawn(course, attempt), 1):
        slip = item.answers[0][:3] + "q" + item.answers[0][4:]
        save(course.ctx, course.ada, attempt, pos, slip, f"slip-{pos}")
        assert question(course.ctx, course.ada, attempt, pos).saved == slip
        with suppress(NearMiss):
            marks.mark(item, slip)
            continue
        slips += 1
    assert slips
    course.advance(hours=10)
    assert sitting(course.ctx, course.ada, attempt).points == 0
    assert question(course.ctx, course.ada, attempt, 1).question.answer
    told = own_data(course.ctx, course.ada.id)["quizzes"][0]["questions"]
    assert sum("near" in grade["breakdown"] for one in told for grade in one["answers"][0]["grades"]) == slips


def test_what_was_not_answered_tells_what_would_have_been_right_whatever_its_kind(course: Course) -> None:
    kinds = [name for name, _ in choices(course.ctx, course.grace, course.id, MODULE).kinds]
    attempts = [course.start(course.give(kinds=(kind,), size=1)) for kind in kinds]
    course.advance(hours=10)
    for attempt in attempts:
        answer = question(course.ctx, course.ada, attempt, 1).question.answer
        assert answer is not None
        assert (answer.fraction, answer.given) == (0.0, "")
        assert answer.right
    assert len(kinds) > 5


def test_the_answer_that_was_saved_last_counts(course: Course) -> None:
    attempt = course.start(course.give())
    wrong = some_answer(question(course.ctx, course.ada, attempt, 1).question, 1)
    right = right_answer(course.ctx, attempt, 1)
    for n, given in enumerate((wrong, right, wrong, right)):
        save(course.ctx, course.ada, attempt, 1, given, f"change-{n}")
    assert question(course.ctx, course.ada, attempt, 1).saved == right
    hand_in(course.ctx, course.ada, attempt)
    course.advance(hours=10)
    assert sitting(course.ctx, course.ada, attempt).points == 1.0


def test_one_saving_sent_twenty_times_is_one_answer_and_the_same_answer_again_is_none(course: Course) -> None:
    attempt = course.start(course.give())
    right = right_answer(course.ctx, attempt, 1)
    together(20, lambda _: save(course.ctx, course.ada, attempt, 1, right, "the-very-same"))
    save(course.ctx, course.ada, attempt, 1, right, "pressed-again")
    assert (rows(course.ctx, "answer_event"), rows(course.ctx, "grade_event")) == (1, 1)


def test_of_twenty_who_change_an_answer_at_once_none_is_lost(course: Course) -> None:
    attempt = course.start(course.give())
    view = question(course.ctx, course.ada, attempt, 1).question
    together(20, lambda n: save(course.ctx, course.ada, attempt, 1, some_answer(view, n % 2), f"change-{n}"))
    assert question(course.ctx, course.ada, attempt, 1).saved in (some_answer(view, 0), some_answer(view, 1))
    assert 1 <= rows(course.ctx, "answer_event") == rows(course.ctx, "grade_event") <= 20


def test_twenty_starts_at_once_are_one_attempt(course: Course) -> None:
    made = course.give(max_attempts=3)
    assert len(set(together(20, lambda _: course.start(made)))) == 1
    assert rows(course.ctx, "attempt") == 1


def test_nobody_gets_more_attempts_than_there_are(course: Course) -> None:
    made = course.give(max_attempts=2)

    def take(_: int) -> None:
        try:
            hand_in(course.ctx, course.ada, course.start(made))
        except Closed:
            return

    together(20, take)
    with pytest.raises(Closed, match="no attempt is left"):
        course.start(made)
    assert rows(course.ctx, "attempt") == 2
    assert course.due().state == "done"


@pytest.mark.parametrize(("counts", "share"), [("best", 0.75), ("last", 0.25)])
def test_the_best_or_the_last_attempt_counts(course: Course, counts: str, share: float) -> None:
    made = course.give(counts=counts, max_attempts=3, feedback="submit")
    for right in (2, 3, 1):
        attempt = course.start(made)
        answer_right(course, attempt, range(1, right + 1))
        hand_in(course.ctx, course.ada, attempt)
    assert course.due().share == share


def test_an_attempt_that_goes_on_does_not_count_yet(course: Course) -> None:
    made = course.give(counts="last", max_attempts=2, feedback="submit")
    first = course.start(made)
    answer_right(course, first, range(1, 5))
    hand_in(course.ctx, course.ada, first)
    course.start(made)
    assert course.due().share == 1.0
    course.advance(hours=10)
    assert course.due().share == 0.0


@pytest.mark.parametrize(("hours", "late"), [(8, False), (8.5, True)])
def test_an_answer_after_it_was_due_is_late_whenever_it_is_handed_in(course: Course, hours: float, late: bool) -> None:
    attempt = course.start(course.give(feedback="submit"))
    course.advance(hours=hours)
    answer_right(course, attempt, range(1, 2))
    course.advance(hours=1)
    hand_in(course.ctx, course.ada, attempt)
    assert course.due().late is late


def key_words(course: Course, attempt_id: str) -> set[str]:
    """What only a key says: the feedback of options and the lines that are cited, where the question shows them not."""
    items = drawn(course, attempt_id)
    shown = " ".join(f"{item.prompt} {item.shown} {[option.text for option in item.options]}" for item in items)
    words = {option.feedback for item in items for option in item.options} | {item.source for item in items}
    found = {word for word in words if len(word) > 12 and word not in shown}
    assert found
    return found


@pytest.mark.parametrize("feedback", ["submit", "close"])
def test_nothing_is_told_before_its_time(course: Course, feedback: str) -> None:
    attempt = course.start(course.give(feedback=feedback, max_attempts=2))
    answer_right(course, attempt, range(1, 5))

    def tells() -> bool:
        view = sitting(course.ctx, course.ada, attempt)
        pages = [question(course.ctx, course.ada, attempt, pos) for pos in range(1, 5)]
        quizzes = own_data(course.ctx, course.ada.id)["quizzes"]
        graded = [one["grades"] for quiz in quizzes for asked in quiz["questions"] for one in asked["answers"]]
        said = [view.points is not None, *(one.question.answer is not None for one in pages), course.due().share == 1.0]
        said += [bool(grades) for grades in graded]
        assert len(set(said)) == 1
        everything = json.dumps(quizzes) + repr(pages) + repr(view)
        leaked = [word for word in key_words(course, attempt) if json.dumps(word)[1:-1] in everything]
        assert bool(leaked) == said[0], leaked
        return said[0]

    assert not tells()
    hand_in(course.ctx, course.ada, attempt)
    assert tells() == (feedback == "submit")
    course.advance(hours=10)
    assert tells()


def test_work_for_a_cohort_is_not_reached_or_told_as_a_quiz_of_ones_own(course: Course) -> None:
    attempt = course.start(course.give())
    save(course.ctx, course.ada, attempt, 1, some_answer(question(course.ctx, course.ada, attempt, 1).question, 1), "x")
    for work in (
        lambda: practice_question(course.ctx, course.ada.id, attempt, 1),
        lambda: submit_answer(course.ctx, course.ada.id, attempt, 2, "x", "y"),
        lambda: summary(course.ctx, course.ada.id, attempt),
    ):
        with pytest.raises(NotFound):
            work()
    view = home(course.ctx, course.ada.id)
    assert (view.resume, view.recent) == (None, ())
    own = start_quiz(course.ctx, course.ada.id, MODULE)
    with pytest.raises(NotFound):
        sitting(course.ctx, course.ada, own)


@pytest.mark.parametrize("nth", [0, 1], ids=["some right", "others right"])
def test_a_mark_is_told_neither_by_the_cards_nor_by_what_is_known(course: Course, nth: int) -> None:
    def told() -> tuple[object, object]:
        return next_card(course.ctx, course.ada.id), module(course.ctx, course.ada.id, MODULE).sections

    before = told()
    attempt = course.start(course.give(size=20))
    for pos in range(1, 21):
        view = question(course.ctx, course.ada, attempt, pos).question
        save(course.ctx, course.ada, attempt, pos, some_answer(view, nth), f"x{pos}")
    assert told() == before


def test_the_attempt_of_another_and_an_assignment_of_another_cohort_are_not_there(course: Course) -> None:
    made = course.give()
    attempt = course.start(made)
    other = cohorts.create_cohort(course.ctx, course.grace, "Other", "UTC")
    eve = person_of(course.ctx, "Eve", "instructor")
    own = cohorts.create_cohort(course.ctx, eve, "Mine", "UTC")
    for who in (course.bea, course.grace, course.asa, eve):
        for work in (
            lambda who=who: sitting(course.ctx, who, attempt),
            lambda who=who: question(course.ctx, who, attempt, 1),
            lambda who=who: save(course.ctx, who, attempt, 1, "x", "y"),
            lambda who=who: hand_in(course.ctx, who, attempt),
        ):
            with pytest.raises(NotFound):
                work()
    for work in (
        lambda: start(course.ctx, course.ada, other, made),
        lambda: assignment(course.ctx, course.grace, other, made),
        lambda: assignment(course.ctx, eve, own, made),
        lambda: edit_assignment(course.ctx, eve, own, made, WISH),
        lambda: assignment(course.ctx, course.ada, course.id, made),
        lambda: edit_assignment(course.ctx, course.asa, course.id, made, WISH),
        lambda: create_assignment(course.ctx, course.asa, course.id, WISH),
        lambda: choices(course.ctx, course.asa, course.id, MODULE),
        lambda: start(course.ctx, course.grace, course.id, made),
        lambda: start(course.ctx, course.asa, course.id, made),
        lambda: assignments.assignments(course.ctx, eve, course.id),
    ):
        with pytest.raises(NotFound):
            work()


def test_who_was_taken_out_finds_no_work_and_saves_none(course: Course) -> None:
    attempt = course.start(course.give())
    place = next(one.id for one in cohorts.cohort(course.ctx, course.grace, course.id).people if one.name == "Ada")
    cohorts.remove_member(course.ctx, course.grace, course.id, place)
    assert due(course.ctx, course.ada) == ()
    with pytest.raises(NotFound):
        save(course.ctx, course.ada, attempt, 1, "x", "y")


def test_dates_and_attempts_change_later_and_what_is_asked_does_not(course: Course) -> None:
    made = course.give()
    attempt = course.start(made)
    wish = dataclasses.replace(WISH, closes="2026-11-26T20:00", max_attempts=2, size=9, module_slug="other", title="B")
    edit_assignment(course.ctx, course.grace, course.id, made, wish)
    view = assignment(course.ctx, course.asa, course.id, made)
    assert (view.wish.size, view.wish.module_slug, view.wish.title, view.begun) == (4, MODULE, "B", True)
    course.advance(hours=12)
    answer_right(course, attempt, range(1, 2))
    noted = own_data(course.ctx, course.grace.id)["changes_in_cohorts"][-1]
    assert noted["kind"] == "assignment edited"
    assert noted["detail"]["changed"]["closes"] == ["2026-11-25T20:00", "2026-11-26T20:00"]


def test_the_frozen_question_outlives_a_decision_about_it(course: Course) -> None:
    attempt = course.start(course.give())
    before = drawn(course, attempt)
    view = module_to_curate(course.ctx, course.grace, MODULE)
    for one in [one for section in view.sections for one in section.items if one.item.id in {x.id for x in before}]:
        decide(course.ctx, course.grace, MODULE, one.item.id, "hide", one.version)
    assert drawn(course, attempt) == before
    answer_right(course, attempt, range(1, 5))
    course.advance(hours=10)
    assert course.due().share == 1.0


def test_pages_cost_no_more_statements_with_many_rows_than_with_few(course: Course) -> None:
    made = course.give(max_attempts=9)
    attempt = course.start(made)

    def costs() -> list[int]:
        found = []
        for work in (
            lambda: due(course.ctx, course.ada),
            lambda: assignment(course.ctx, course.grace, course.id, made),
            lambda: sitting(course.ctx, course.ada, attempt),
            lambda: question(course.ctx, course.ada, attempt, 1),
        ):
            with statements(course.ctx) as sent:
                work()
            found.append(len(sent))
        return found

    few = costs()
    for n in range(12):
        who = person_of(course.ctx, f"Person {n}")
        cohorts.add_member(course.ctx, course.grace, course.id, f"Person {n}", "learner")
        theirs = course.start(made, who)
        answer_right(course, theirs, range(1, 5), who)
        course.give(title=f"Week {n}")
    assert costs() == few
    assert max(few) <= 6


def test_the_list_for_learners_is_theirs(course: Course) -> None:
    course.give(title="Second", due="2026-11-25T19:00")
    course.give(title="First")
    other = cohorts.create_cohort(course.ctx, course.grace, "Other", "UTC")
    create_assignment(course.ctx, course.grace, other, WISH)
    assert [one.title for one in due(course.ctx, course.ada)] == ["First", "Second"]
    assert due(course.ctx, course.asa) == due(course.ctx, course.grace) == ()
    assert [one.title for one in assignments.assignments(course.ctx, course.ada, course.id)] == ["First", "Second"]
    assert sittings.due(course.ctx, course.bea)[0].max_attempts == 1
