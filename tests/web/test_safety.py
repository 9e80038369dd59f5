"""The walls: hosts, tokens, headers, sizes, and what a page may not do."""

import hashlib
import sqlite3
from pathlib import Path

import pytest
from flask import Flask

from quizapp.services.context import Context
from quizapp.web.security import is_trusted
from quizapp.web.way_back import safe_path
from tests.web.parts import MODULE, Visitor, pages_over

HERE = frozenset({"127.0.0.1", "localhost", "[::1]"})
VALUES = {"slug": MODULE, "attempt": "nowhere", "pos": "1", "item_id": "nothing", "build": "x", "name": "css/base.css"}
VALUES |= {"cohort_id": "nowhere", "membership_id": "nobody", "code": "0000-0000-0000", "code_id": "none"}
VALUES |= {"assignment_id": "none"}
VALUES |= {"token": "canary-token", "handle": "canary-handle"}


ELSEWHERE = [
    *(
        "//evil.test",
        "/\\evil.test/",
        "\\\\evil.test",
        "http:\\\\evil.test",
        "///evil.test",
        "https://evil.test",
        "evil.test",
    ),
    *("/\t/evil.test", "/ok\nSet-Cookie: a=b", "javascript:alert(1)", "", None, "/ü", "/a b", "/" + "a" * 3000),
]
GONE = [
    "/nowhere",
    "/modules/nowhere",
    "/quiz/nowhere/1",
    "/quiz/nowhere/summary",
    "/labs/nowhere",
    "/notes/nowhere/edit",
]


def walk(app: Flask, method: str) -> list[str]:
    """The address of every rule that takes the method."""
    adapter = app.url_map.bind("localhost")
    return [
        adapter.build(rule.endpoint, {name: VALUES[name] for name in rule.arguments}, method=method)
        for rule in app.url_map.iter_rules()
        if rule.methods and method in rule.methods
    ]


def digest(folder: Path) -> str:
    """All rows of all tables."""
    with sqlite3.connect(folder / "quizapp.db") as connection:
        text = "\n".join(connection.iterdump())
    connection.close()
    return hashlib.sha256(text.encode()).hexdigest()


def test_a_form_without_its_token_is_refused_everywhere(app: Flask) -> None:
    client = app.test_client()
    paths = walk(app, "POST")
    assert len(paths) >= 10
    assert {path: client.post(path).status_code for path in paths} == dict.fromkeys(paths, 400)


def test_a_wrong_token_is_refused_in_plain_words(visitor: Visitor) -> None:
    visitor.token()
    reply = visitor.send("/review/undo", {"csrf_token": "forged"})
    assert reply.status_code == 400
    assert "open for too long" in reply.text


def test_reading_changes_nothing(app: Flask, visitor: Visitor, folder: Path) -> None:
    visitor.get("/")
    before = digest(folder)
    for path in walk(app, "GET"):
        visitor.get(path)
    assert digest(folder) == before


def test_every_reply_carries_the_headers(app: Flask, visitor: Visitor) -> None:
    for path in [*walk(app, "GET"), "/nowhere"]:
        headers = visitor.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy, path
        assert "unsafe" not in policy, path
        assert "frame-ancestors 'none'" in policy, path
        assert headers["X-Content-Type-Options"] == "nosniff", path
        assert headers["Cache-Control"] == "no-store", path


def test_style_sheets_and_scripts_may_be_kept_for_good(visitor: Visitor) -> None:
    page = visitor.get("/notes/new").text
    path = page.split('rel="stylesheet" href="')[1].split('"')[0]
    reply = visitor.get(path, headers={"Accept-Encoding": "gzip"})
    assert reply.status_code == 200
    assert "immutable" in reply.headers["Cache-Control"]
    assert reply.headers["Content-Encoding"] == "gzip"
    assert visitor.get(path.replace("/static/", "/static/0")).status_code == 404


def test_no_page_has_script_or_style_in_it(app: Flask, visitor: Visitor) -> None:
    for path in walk(app, "GET"):
        text = visitor.get(path).data.decode(errors="replace")  # a download is no text
        assert "<style" not in text, path
        assert " style=" not in text, path
        assert " onclick=" not in text, path
        assert all("src=" in piece.split(">")[0] for piece in text.split("<script")[1:]), path


@pytest.mark.parametrize("host", ["evil.test", "localhost.evil.test", "127.0.0.1.nip.io", "", "127.0.0.1@evil.test"])
def test_another_host_name_is_refused(visitor: Visitor, host: str) -> None:
    reply = visitor.get("/", headers={"Host": host})
    assert reply.status_code == 400
    assert "Continue" not in reply.text


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "LOCALHOST:1", "[::1]:8000", "[::1]"])
def test_names_of_this_machine_are_trusted(host: str) -> None:
    assert is_trusted(host, HERE)


@pytest.mark.parametrize("host", ["[::1", "::1", "localhost:80:80", "localhost:x", "[::1].evil.test", ":8000"])
def test_what_only_looks_like_this_machine_is_not(host: str) -> None:
    assert not is_trusted(host, HERE)


@pytest.mark.parametrize("target", ELSEWHERE)
def test_a_way_back_leads_nowhere_else(target: str | None) -> None:
    assert safe_path(target) is None


@pytest.mark.parametrize("target", ["/", "/quiz/a/1", "/review?module=x", "/modules/x#L3"])
def test_a_way_back_within_the_site_is_taken(target: str) -> None:
    assert safe_path(target) == target


def test_a_request_that_is_too_large_is_explained_and_stores_nothing(visitor: Visitor, folder: Path) -> None:
    token = visitor.token()
    before = digest(folder)
    form = {"csrf_token": token, "markdown": "x" * (2 * 1024 * 1024), "action": "save"}
    reply = visitor.send("/notes/new", form)
    assert reply.status_code == 413
    assert "your text is still there" in reply.text
    assert digest(folder) == before


@pytest.mark.parametrize("path", GONE)
def test_what_is_not_there_is_said_in_plain_words(visitor: Visitor, path: str) -> None:
    reply = visitor.get(path)
    assert reply.status_code == 404
    assert "There is no such page" in reply.text


def test_a_broken_service_shows_a_page_and_no_secret(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    from quizapp.services import modules

    def broken(*_: object) -> object:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(modules, "library", broken)
    reply = pages_over(context).test_client().get("/library")
    assert reply.status_code == 500
    assert "Something broke on our side" in reply.text
    assert "secret detail" not in reply.text


def test_the_cookie_is_kept_from_scripts_and_other_sites(visitor: Visitor) -> None:
    cookie = visitor.get("/notes/new").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_self_study_has_no_login_page(visitor: Visitor) -> None:
    assert visitor.get("/login").status_code == 404


def test_the_health_page_answers(visitor: Visitor) -> None:
    assert visitor.get("/healthz").json == {"ok": True}
