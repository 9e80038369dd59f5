"""Server mode: nobody reads a page without a login, and a login ends when it is ended."""

import dataclasses

import pytest

from quizapp.services.context import Context
from tests.web.parts import Visitor, pages_over

PASSWORD = "correct horse"
PAGES = [
    "/",
    "/library",
    "/review",
    "/notes",
    "/notes/new",
    "/labs",
    "/labs/x",
    "/quiz/x/1",
    "/notes/export.zip",
    "/modules/x/curate",
]


def log_in(server: Visitor, password: str = PASSWORD, **form: object) -> object:
    return server.post("/login", {"name": "ada", "password": password, **form}, at="/login")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_sends_a_stranger_to_the_login(server: Visitor, path: str) -> None:
    reply = server.get(path)
    assert reply.status_code == 302
    assert reply.headers["Location"].startswith("/login?next=")


def test_the_right_password_opens_the_page_that_was_wanted(server: Visitor) -> None:
    reply = log_in(server, next="/notes/new")
    assert (reply.status_code, reply.headers["Location"]) == (302, "/notes/new")
    assert server.get("/notes/new").status_code == 200


def test_a_login_leads_to_no_other_site(server: Visitor) -> None:
    assert log_in(server, next="//evil.test").headers["Location"] == "/"


def test_a_wrong_password_and_a_wrong_name_look_the_same(server: Visitor) -> None:
    wrong = log_in(server, "wrong horse")
    unknown = server.post("/login", {"name": "eve", "password": "wrong horse"}, at="/login")
    assert wrong.status_code == unknown.status_code == 401
    assert "Name or password is wrong" in wrong.text
    assert server.get("/notes/new").status_code == 302


def test_guessing_is_slowed_down(server: Visitor) -> None:
    codes = [log_in(server, "wrong horse").status_code for _ in range(7)]
    assert codes[-1] == 429
    assert 401 in codes


def test_logging_out_ends_the_session_for_a_kept_cookie_too(server: Visitor) -> None:
    log_in(server)
    kept = server.client.get_cookie("__Host-quizapp", domain="quiz.example.org")
    assert kept
    server.post("/logout")
    server.client.set_cookie("__Host-quizapp", kept.value, domain="quiz.example.org", path="/", secure=True)
    assert server.get("/notes/new").status_code == 302


def test_logging_in_begins_a_new_session(server: Visitor) -> None:
    before = server.token("/login")
    log_in(server)
    reply = server.send("/review/undo", {"csrf_token": before})
    assert reply.status_code == 400


def test_the_cookie_of_a_server_is_for_https_only(server: Visitor) -> None:
    cookie = log_in(server).headers["Set-Cookie"]
    assert cookie.startswith("__Host-quizapp=")
    assert "Secure" in cookie
    assert "HttpOnly" in cookie


def test_a_page_that_swaps_pieces_is_sent_to_the_login_as_a_whole(server: Visitor) -> None:
    log_in(server)
    form = {"csrf_token": server.token()}
    token = server.client.get_cookie("__Host-quizapp", domain="quiz.example.org")
    server.post("/logout")
    server.client.set_cookie("__Host-quizapp", token.value, domain="quiz.example.org", path="/", secure=True)
    headers = {"HX-Request": "true", "Referer": server.base_url}
    reply = server.client.post("/review/undo", data=form, headers=headers, base_url=server.base_url)
    assert (reply.status_code, reply.headers["HX-Redirect"]) == (401, "/login")


def tries_from(server: Visitor, addresses: list[str]) -> list[int]:
    """Wrong tries for one name, each with the address that its request claims to come from."""
    token = server.token("/login")
    codes = []
    for address in addresses:
        form = {"name": "nobody", "password": "wrong horse", "csrf_token": token}
        headers = {"Referer": server.base_url, "X-Forwarded-For": address, "X-Forwarded-Proto": "https"}
        codes.append(server.client.post("/login", data=form, headers=headers, base_url=server.base_url).status_code)
    return codes


def behind(context: Context, proxies: int) -> Visitor:
    settings = dataclasses.replace(context.settings, proxies=proxies)
    return Visitor(
        pages_over(dataclasses.replace(context, settings=settings)).test_client(), "https://quiz.example.org"
    )


def test_a_made_up_address_does_not_help_who_guesses(server_context: Context) -> None:
    many = [f"203.0.113.{n}" for n in range(7)]
    assert 429 in tries_from(behind(server_context, 0), many)


def test_behind_a_proxy_of_ours_each_person_is_counted_alone(server_context: Context) -> None:
    many = [f"203.0.113.{n}" for n in range(7)]
    assert set(tries_from(behind(server_context, 1), many)) == {401}


def test_behind_a_proxy_only_what_the_proxy_added_counts(server_context: Context) -> None:
    many = [f"198.51.100.{n}, 203.0.113.9" for n in range(7)]
    assert 429 in tries_from(behind(server_context, 1), many)
