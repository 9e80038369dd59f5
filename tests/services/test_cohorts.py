"""Cohorts: who may see and change what, and that nobody else learns that there is one."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from quizapp.services import cohorts as service
from quizapp.services.cohorts import CohortView
from quizapp.services.context import Context
from quizapp.services.errors import BadInput, NotFound
from quizapp.services.own_data import own_data
from quizapp.services.standing import ROLES
from quizapp.services.users import UserView, local_user
from tests.databases import statements
from tests.services.conftest import person_of, rows, together


@dataclass(frozen=True)
class Course:
    """A cohort with one person in each role, and people who are not in it."""

    id: str
    instructor: UserView
    assistant: UserView
    observer: UserView
    learner: UserView
    other: UserView
    stranger: UserView
    admin: UserView


@pytest.fixture
def course(server: Context) -> Course:
    teacher, admin = person_of(server, "Grace", "instructor"), person_of(server, "Root", "admin")
    made = service.create_cohort(server, teacher, "Kubernetes in spring", "Europe/Berlin")
    people = {name: person_of(server, name) for name in ("Asa", "Obi", "Lea", "Lou", "Sam")}
    for name, role in (("Asa", "assistant"), ("Obi", "observer"), ("Lea", "learner"), ("Lou", "learner")):
        service.add_member(server, teacher, made, name, role)
    return Course(made, teacher, people["Asa"], people["Obi"], people["Lea"], people["Lou"], people["Sam"], admin)


def look(ctx: Context, who: UserView, course: Course) -> CohortView:
    return service.cohort(ctx, who, course.id)


def named(ctx: Context, course: Course, name: str) -> str:
    """The id of somebody's place."""
    return next(one.id for one in look(ctx, course.instructor, course).people if one.name == name)


def test_an_instructor_begins_a_cohort_and_stands_in_it(server: Context) -> None:
    teacher = person_of(server, "Grace", "instructor")
    made = service.create_cohort(server, teacher, "  Kubernetes \t in  spring ", "Asia/Kolkata")
    view = service.cohort(server, teacher, made)
    assert (view.title, view.tz_name, view.role, view.manages) == (
        "Kubernetes in spring",
        "Asia/Kolkata",
        "instructor",
        True,
    )
    assert [(one.name, one.you) for one in view.people] == [("Grace", True)]


def test_a_learner_of_the_server_begins_none_and_nobody_does_in_self_study(server: Context, ctx: Context) -> None:
    for where, who in ((server, person_of(server, "Lea")), (ctx, local_user(ctx))):
        with pytest.raises(NotFound):
            service.create_cohort(where, who, "Mine", "UTC")
    assert rows(ctx, "cohort") == 0


@pytest.mark.parametrize(
    ("title", "tz_name", "field"),
    [
        ("", "UTC", "title"),
        ("x" * 121, "UTC", "title"),
        ("a\0b", "UTC", "title"),
        ("\u202ereversed", "UTC", "title"),
        ("Fine", "Mars/Base", "tz_name"),
        ("Fine", "../etc/passwd", "tz_name"),
        ("Fine", "", "tz_name"),
    ],
)
def test_a_title_or_zone_that_cannot_be_used_is_refused(server: Context, title: str, tz_name: str, field: str) -> None:
    with pytest.raises(BadInput) as refused:
        service.create_cohort(server, person_of(server, "Grace", "instructor"), title, tz_name)
    assert refused.value.field == field
    assert rows(server, "cohort") == 0


def test_one_person_learns_in_one_cohort_and_assists_in_another(server: Context, course: Course) -> None:
    other = service.create_cohort(server, course.instructor, "Second", "UTC")
    service.add_member(server, course.instructor, other, "lea", "assistant")
    assert {one.id: one.role for one in service.my_cohorts(server, course.learner)} == {
        course.id: "learner",
        other: "assistant",
    }
    assert service.cohort(server, course.learner, other).sees_people
    assert not look(server, course.learner, course).sees_people


def test_a_learner_sees_who_teaches_and_no_other_learner(server: Context, course: Course) -> None:
    view = look(server, course.learner, course)
    assert [one.name for one in view.people] == ["Grace", "Asa"]
    assert (view.manages, view.left) == (False, ())


@pytest.mark.parametrize("role", ["instructor", "assistant", "observer", "admin"])
def test_who_teaches_or_observes_sees_everybody(server: Context, course: Course, role: str) -> None:
    view = look(server, getattr(course, role), course)
    assert [one.name for one in view.people] == ["Grace", "Asa", "Lea", "Lou", "Obi"]
    assert view.manages == (role in ("instructor", "admin"))


def changes(ctx: Context, who: UserView, course: Course, place: str) -> list[Callable[[], object]]:
    return [
        lambda: service.edit_cohort(ctx, who, course.id, "Stolen", "UTC"),
        lambda: service.add_member(ctx, who, course.id, "Sam", "instructor"),
        lambda: service.change_role(ctx, who, course.id, place, "instructor"),
        lambda: service.remove_member(ctx, who, course.id, place),
    ]


@pytest.mark.parametrize("role", ["assistant", "observer", "learner", "stranger"])
def test_nobody_but_an_instructor_changes_anything(server: Context, course: Course, role: str) -> None:
    before = look(server, course.instructor, course)
    events = rows(server, "cohort_event")
    for change in changes(server, getattr(course, role), course, named(server, course, "Lou")):
        with pytest.raises(NotFound):
            change()
    assert look(server, course.instructor, course) == before
    assert rows(server, "cohort_event") == events


def test_to_who_is_not_in_it_a_cohort_and_one_that_never_was_look_the_same(server: Context, course: Course) -> None:
    for who in (course.stranger, person_of(server, "Eve", "instructor")):
        assert service.my_cohorts(server, who) == ()
        for cohort_id in (course.id, "never-was"):
            with pytest.raises(NotFound):
                service.cohort(server, who, cohort_id)


def test_the_place_of_another_cohort_is_not_reached_through_ones_own(server: Context, course: Course) -> None:
    eve = person_of(server, "Eve", "instructor")
    own = service.create_cohort(server, eve, "Mine", "UTC")
    with pytest.raises(NotFound):
        service.change_role(server, eve, own, named(server, course, "Lou"), "observer")
    with pytest.raises(NotFound):
        service.remove_member(server, eve, own, named(server, course, "Lou"))


def test_who_was_taken_out_finds_nothing_and_can_be_brought_back(server: Context, course: Course) -> None:
    service.remove_member(server, course.instructor, course.id, named(server, course, "Lea"))
    with pytest.raises(NotFound):
        look(server, course.learner, course)
    assert service.my_cohorts(server, course.learner) == ()
    assert [one.name for one in look(server, course.instructor, course).left] == ["Lea"]
    service.add_member(server, course.instructor, course.id, "Lea", "learner")
    assert look(server, course.learner, course).role == "learner"
    assert rows(server, "membership") == 5


def test_a_cohort_keeps_an_instructor(server: Context, course: Course) -> None:
    grace = named(server, course, "Grace")
    for change in (
        lambda: service.change_role(server, course.instructor, course.id, grace, "learner"),
        lambda: service.remove_member(server, course.admin, course.id, grace),
    ):
        with pytest.raises(BadInput, match="only instructor"):
            change()
    service.change_role(server, course.instructor, course.id, named(server, course, "Asa"), "instructor")
    service.change_role(server, course.instructor, course.id, grace, "observer")
    assert look(server, course.assistant, course).manages


def test_of_two_instructors_who_take_each_other_out_at_once_one_stays(server: Context, course: Course) -> None:
    service.change_role(server, course.instructor, course.id, named(server, course, "Asa"), "instructor")
    pairs = [(course.instructor, named(server, course, "Asa")), (course.assistant, named(server, course, "Grace"))]

    def take_out(number: int) -> bool:
        who, place = pairs[number]
        try:
            service.remove_member(server, who, course.id, place)
        except (BadInput, NotFound):
            return False
        return True

    assert sorted(together(2, take_out)) == [False, True]


def test_the_same_person_taken_in_twenty_times_at_once_is_there_once(server: Context, course: Course) -> None:
    def take_in(_: int) -> bool:
        try:
            service.add_member(server, course.instructor, course.id, "Sam", "learner")
        except BadInput:
            return False
        return True

    assert sum(together(20, take_in)) == 1
    assert rows(server, "membership") == 6


@pytest.mark.parametrize(("name", "role"), [("Nobody", "learner"), ("(self-study)", "learner"), ("Sam", "admin")])
def test_who_cannot_be_taken_in_is_named(server: Context, course: Course, name: str, role: str) -> None:
    local_user(server)
    with pytest.raises(BadInput):
        service.add_member(server, course.instructor, course.id, name, role)
    assert rows(server, "membership") == 5


def test_every_change_leaves_a_line_and_is_in_the_data_of_who_made_it(server: Context, course: Course) -> None:
    service.change_role(server, course.instructor, course.id, named(server, course, "Lou"), "observer")
    service.edit_cohort(server, course.instructor, course.id, "Autumn", "UTC")
    service.edit_cohort(server, course.instructor, course.id, "Autumn", "UTC")
    service.remove_member(server, course.admin, course.id, named(server, course, "Lou"))
    told = own_data(server, course.instructor.id)
    kinds = [one["kind"] for one in told["changes_in_cohorts"]]
    assert kinds == ["created", "added", "added", "added", "added", "role", "edited"]
    assert told["changes_in_cohorts"][5]["detail"]["before"] == "learner"
    assert [(one["title"], one["role"]) for one in told["cohorts"]] == [("Autumn", "instructor")]
    assert [one["kind"] for one in own_data(server, course.admin.id)["changes_in_cohorts"]] == ["removed"]


def test_a_cohort_costs_no_more_statements_with_many_people(server: Context, course: Course) -> None:
    def cost() -> tuple[int, int]:
        with statements(server) as page:
            look(server, course.instructor, course)
        with statements(server) as index:
            service.my_cohorts(server, course.instructor)
        return len(page), len(index)

    few = cost()
    for n in range(20):
        person_of(server, f"Person {n}")
        service.add_member(server, course.instructor, course.id, f"Person {n}", ROLES[n % 4])
        service.create_cohort(server, course.instructor, f"Cohort {n}", "UTC")
    assert cost() == few
    assert max(few) <= 3
