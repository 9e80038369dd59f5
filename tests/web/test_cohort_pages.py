"""Cohorts in the browser: a form for who may begin one, people for who teaches, nothing for everybody else."""

import re
from dataclasses import dataclass

import pytest

from quizapp.services import cohorts as service
from quizapp.services.context import Context
from quizapp.services.users import create_user, person_named
from tests.web.parts import Visitor, pages_over

PASSWORD = "correct horse"
NEW = {"title": "Kubernetes in spring", "tz_name": "Europe/Berlin"}


@dataclass(frozen=True)
class Door:
    """The app, opened for one person after the other."""

    context: Context

    def account(self, name: str, role: str = "learner") -> Visitor:
        """A browser in which a new account is logged in."""
        create_user(self.context, name, PASSWORD, role)
        visitor = Visitor(pages_over(self.context).test_client(), "https://quiz.example.org")
        reply = visitor.post("/login", {"name": name, "password": PASSWORD}, at="/login")
        assert reply.status_code == 302
        return visitor


@pytest.fixture
def door(server_context: Context) -> Door:
    return Door(server_context)


def begin(teacher: Visitor) -> str:
    reply = teacher.post("/cohorts", NEW)
    assert reply.status_code == 302
    return str(reply.headers["Location"])


def place_of(page: str, name: str) -> str:
    """The address that changes somebody's place."""
    entry = next(piece for piece in page.split("<li")[1:] if f"<strong>{name}</strong>" in piece)
    found = re.search(r'action="(/cohorts/[^"]+/people/[^"]+)"', entry)
    assert found
    return found[1]


def test_an_instructor_begins_a_cohort_takes_people_in_and_out_and_gives_roles(door: Door) -> None:
    grace, ada = door.account("Grace", "instructor"), door.account("Ada")
    assert 'href="/cohorts"' in grace.get("/").text
    where = begin(grace)
    assert "Kubernetes in spring" in grace.get("/cohorts").text
    assert ada.get(where).status_code == 404
    assert grace.post(f"{where}/people", {"name": "ada", "role": "learner"}).status_code == 302
    assert "You are here as learner" in ada.get(where).text
    place = place_of(grace.get(where).text, "Ada")
    grace.post(place, {"action": "role", "role": "assistant"})
    assert "You are here as assistant" in ada.get(where).text
    grace.post(place, {"action": "remove", "role": "assistant"})
    assert ada.get(where).status_code == 404
    assert "Not here any more" in grace.get(where).text


def test_who_is_not_in_it_gets_the_very_page_of_a_cohort_that_never_was(door: Door) -> None:
    where = begin(door.account("Grace", "instructor"))
    for name, role in (("Sam", "learner"), ("Eve", "instructor")):
        visitor = door.account(name, role)
        there, never = visitor.get(where), visitor.get("/cohorts/neverwasthere")
        token = re.compile(r'(value|data-zone-token)="[^"]{20,}"')
        assert there.status_code == never.status_code == 404
        assert token.sub("", there.text) == token.sub("", never.text)
        assert "Kubernetes in spring" not in visitor.get("/cohorts").text


def test_a_learner_has_no_form_and_a_post_without_one_changes_nothing(door: Door) -> None:
    grace, ada = door.account("Grace", "instructor"), door.account("Ada")
    where = begin(grace)
    grace.post(f"{where}/people", {"name": "Ada", "role": "learner"})
    page = grace.get(where).text
    assert "Kubernetes in spring" in ada.get("/cohorts").text
    assert "A new cohort" not in ada.get("/cohorts").text
    assert "/people" not in ada.get(where).text
    assert ada.post("/cohorts", NEW).status_code == 404
    assert ada.post(where, {"title": "Mine", "tz_name": "UTC"}).status_code == 404
    assert ada.post(f"{where}/people", {"name": "Ada", "role": "instructor"}).status_code == 404
    assert ada.post(place_of(page, "Ada"), {"action": "role", "role": "instructor"}).status_code == 404
    assert "You are here as learner" in ada.get(where).text


def test_what_was_refused_is_told_with_what_was_typed(door: Door) -> None:
    grace = door.account("Grace", "instructor")
    reply = grace.post("/cohorts", {"title": "Kept title", "tz_name": "Mars/Base"})
    assert reply.status_code == 422
    assert "Kept title" in reply.text
    assert "there is no time zone" in reply.text.lower()
    where = begin(grace)
    reply = grace.post(f"{where}/people", {"name": "<b>nobody", "role": "assistant"})
    assert reply.status_code == 422
    assert "&lt;b&gt;nobody" in reply.text
    assert "<b>nobody" not in reply.text
    reply = grace.post(place_of(grace.get(where).text, "Grace"), {"action": "remove"})
    assert (reply.status_code, "only instructor" in reply.text) == (422, True)


def test_a_title_is_text_and_never_markup(door: Door, server_context: Context) -> None:
    grace = door.account("Grace", "instructor")
    reply = grace.post("/cohorts", {"title": "<script>alert(1)</script>", "tz_name": "UTC"})
    for path in (reply.headers["Location"], "/cohorts"):
        assert "<script>alert" not in grace.get(path).text
    assert [one.title for one in service.my_cohorts(server_context, person_named(server_context, "Grace"))] == [
        "<script>alert(1)</script>"
    ]


def test_an_admin_looks_after_every_cohort(door: Door) -> None:
    where = begin(door.account("Grace", "instructor"))
    root = door.account("Root", "admin")
    assert "not in it" in root.get("/cohorts").text
    assert root.post(f"{where}/people", {"name": "Root", "role": "instructor"}).status_code == 302
    assert "Grace" in root.get(where).text


def test_in_self_study_there_is_nobody_to_learn_with(visitor: Visitor) -> None:
    assert 'href="/cohorts"' not in visitor.get("/").text
    assert visitor.get("/cohorts").status_code == 404
    assert visitor.post("/cohorts", NEW).status_code == 404
