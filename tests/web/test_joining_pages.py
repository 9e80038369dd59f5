"""Joining in the browser: a code is shown once, its link opens a form, and a stranger can make an account with it."""

import html
import re

import pytest

from quizapp.services.context import Context
from tests.web.parts import Visitor, pages_over
from tests.web.test_cohort_pages import Door, begin

NEW = {"role": "learner", "uses": "2", "days": "14", "label": "Group A"}


@pytest.fixture
def door(server_context: Context) -> Door:
    return Door(server_context)


@pytest.fixture
def stranger(server_context: Context) -> Visitor:
    return Visitor(pages_over(server_context).test_client(), "https://quiz.example.org")


def made(teacher: Visitor, where: str) -> tuple[str, str]:
    """A new code and its link."""
    text = teacher.post(f"{where}/codes", NEW).text
    code, link = re.search(r'id="code">([^<]+)<', text), re.search(r'id="link">([^<]+)<', text)
    assert code
    assert link
    return code[1], html.unescape(link[1])


def test_a_code_is_shown_once_and_lets_a_stranger_in(door: Door, stranger: Visitor) -> None:
    grace = door.account("Grace", "instructor")
    where = begin(grace)
    code, link = made(grace, where)
    assert link == f"https://quiz.example.org/join/{code}"
    assert code not in grace.get(f"{where}/codes").text
    path = link.removeprefix("https://quiz.example.org")
    assert f'value="{code}"' in stranger.get(path).text
    form = {"code": code, "name": "Ada", "password": "a good password"}
    reply = stranger.post("/join", form, at=path)
    assert (reply.status_code, reply.headers["Location"]) == (302, where)
    assert "You are here as learner" in stranger.get(where).text
    assert "1 of 2 used" in grace.get(f"{where}/codes").text


def test_who_is_logged_in_joins_with_their_account(door: Door) -> None:
    grace, ada = door.account("Grace", "instructor"), door.account("Ada")
    where = begin(grace)
    code, _ = made(grace, where)
    page = ada.get(f"/join/{code}").text
    assert "You join as Ada" in page
    assert 'name="password"' not in page
    assert ada.post("/join", {"code": code}).headers["Location"] == where


def test_looking_at_a_link_tells_nothing_about_its_code(door: Door, stranger: Visitor) -> None:
    grace = door.account("Grace", "instructor")
    code, _ = made(grace, begin(grace))
    token = re.compile(r'value="[^"]{20,}"')
    right, wrong = stranger.get(f"/join/{code}"), stranger.get("/join/0000-0000-0000")
    plain = [token.sub("", page.text) for page in (right, wrong)]
    assert plain[0].replace(code, "X") == plain[1].replace("0000-0000-0000", "X")


def test_the_login_leads_back_to_the_link(door: Door, stranger: Visitor) -> None:
    door.account("Ada")
    way = re.search(r'href="(/login\?next=[^"]+)"', stranger.get("/join/abcd-abcd-abcd").text)
    assert way
    form = {"name": "Ada", "password": "correct horse", "next": "/join/abcd-abcd-abcd"}
    assert "/join/abcd-abcd-abcd" in html.unescape(stranger.get(html.unescape(way[1])).text)
    assert stranger.post("/login", form, at="/login").headers["Location"] == "/join/abcd-abcd-abcd"


def test_a_wrong_and_a_revoked_code_give_the_same_page_and_no_session(door: Door, stranger: Visitor) -> None:
    grace = door.account("Grace", "instructor")
    where = begin(grace)
    code, _ = made(grace, where)
    revoke = re.search(r'action="(/cohorts/[^"]+/codes/[^"]+)"', grace.get(f"{where}/codes").text)
    assert revoke
    assert grace.post(revoke[1]).status_code == 302
    assert "taken back" in grace.get(f"{where}/codes").text
    pages = []
    for tried in (code, "0000-0000-0000"):
        reply = stranger.post("/join", {"code": tried, "name": "Ada", "password": "a good password"}, at="/join")
        assert reply.status_code == 422
        pages.append(re.sub(r'value="[^"]{20,}"', "", reply.text).replace(tried, "X"))
    assert pages[0] == pages[1]
    assert "a good password" not in pages[0]
    assert stranger.get("/library").status_code == 302


def test_guessing_is_answered_with_a_wait(stranger: Visitor) -> None:
    form = {"code": "0000-0000-0000", "name": "Ada", "password": "a good password"}
    replies = [stranger.post("/join", form, at="/join") for _ in range(7)]
    assert [reply.status_code for reply in replies][-1] == 429
    assert int(replies[-1].headers["Retry-After"]) > 0


def test_joining_begins_a_new_session(door: Door, stranger: Visitor) -> None:
    grace = door.account("Grace", "instructor")
    code, _ = made(grace, begin(grace))
    before = stranger.token("/join")
    stranger.post("/join", {"code": code, "name": "Ada", "password": "a good password"}, at="/join")
    assert stranger.send("/review/undo", {"csrf_token": before}).status_code == 400


def test_what_was_refused_is_told_and_learners_see_no_codes(door: Door) -> None:
    grace, ada = door.account("Grace", "instructor"), door.account("Ada")
    where = begin(grace)
    grace.post(f"{where}/people", {"name": "Ada", "role": "learner"})
    reply = grace.post(f"{where}/codes", NEW | {"uses": "many"})
    assert (reply.status_code, "1 to 1000 people" in reply.text, "Group A" in reply.text) == (422, True, True)
    assert ada.get(f"{where}/codes").status_code == 404
    assert ada.post(f"{where}/codes", NEW).status_code == 404


def test_in_self_study_there_is_nobody_to_join(visitor: Visitor) -> None:
    assert visitor.get("/join").status_code == 404
    assert visitor.post("/join", {"code": "0000-0000-0000"}).status_code == 404
