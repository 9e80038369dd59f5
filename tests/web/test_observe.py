"""What who runs the server is told: ready or not, one line a request, counters; and never a secret."""

import dataclasses
import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from werkzeug.test import TestResponse

from quizapp.services import modules, users
from quizapp.services.context import Context
from quizapp.settings import SettingsError, read_settings
from tests.test_settings import SERVER
from tests.web.parts import Clock, Visitor, pages_over
from tests.web.test_login import log_in
from tests.web.test_safety import walk

TOKEN = "a token for who counts"
NEAR = {"REMOTE_ADDR": "127.0.0.1"}
FAR = {"REMOTE_ADDR": "203.0.113.5"}


@pytest.fixture
def lines() -> Iterator[list[str]]:
    """What is logged meanwhile, as `serve-cohort` writes it."""
    told: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            told.append(record.getMessage())

    log, kept = logging.getLogger("quizapp"), Kept()
    level = log.level
    log.addHandler(kept)
    log.setLevel(logging.INFO)
    yield told
    log.removeHandler(kept)
    log.setLevel(level)


def served(context: Context, **changes: object) -> Visitor:
    settings = dataclasses.replace(context.settings, **changes)
    app = pages_over(dataclasses.replace(context, settings=settings))
    return Visitor(app.test_client(), "https://quiz.example.org")


def counters(visitor: Visitor, host: str = "localhost", **kwargs: object) -> TestResponse:
    kwargs = {"environ_overrides": NEAR, **kwargs}
    return visitor.client.get("/metrics", base_url=f"http://{host}", **kwargs)


def test_it_is_ready_when_the_database_answers(server: Visitor) -> None:
    reply = server.get("/readyz")
    assert (reply.status_code, reply.json) == (200, {"ok": True, "database": "ok"})


def test_it_is_not_ready_on_a_database_of_another_version(server: Visitor, server_context: Context) -> None:
    with server_context.database.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    reply = server.get("/readyz")
    assert reply.status_code == 503
    assert reply.json == {"ok": False, "database": "is at another revision than this version"}
    assert server.get("/healthz").status_code == 200


def test_a_database_that_is_gone_makes_it_not_ready_and_is_said_in_plain_words(
    server: Visitor, server_context: Context, folder: Path
) -> None:
    log_in(server)
    server_context.database.close()
    (folder / "quizapp.db").rename(folder / "away.db")
    (folder / "quizapp.db").mkdir()
    reply = server.get("/readyz")
    assert (reply.status_code, reply.json) == (503, {"ok": False, "database": "does not answer"})
    page = server.get("/library")
    assert page.status_code == 503
    assert "What you saved before is safe" in page.text
    assert str(folder) not in page.text + reply.text
    assert 'quizapp_database_errors_total{kind="OperationalError"}' in counters(server).text


def test_who_watches_from_this_machine_may_use_its_name(server: Visitor) -> None:
    assert [server.get(path, headers={"Host": "127.0.0.1:8000"}).status_code for path in ("/healthz", "/readyz")] == [
        200,
        200,
    ]
    assert server.get("/healthz", headers={"Host": "evil.test"}).status_code == 400
    assert server.get("/login", headers={"Host": "127.0.0.1:8000"}).status_code == 400


def test_each_request_is_one_line_with_these_fields_and_no_other(server: Visitor, lines: list[str]) -> None:
    log_in(server)
    lines.clear()
    reply = server.get("/modules/no-such-module?q=canary-in-a-query")
    [line] = [json.loads(one) for one in lines]
    assert list(line) == ["time", "request_id", "method", "route", "status", "ms", "user", "worker"]
    assert (line["method"], line["route"], line["status"]) == ("GET", "/modules/<slug>", 404)
    assert line["time"] == "2026-11-25T09:00:00.000+00:00"
    assert line["request_id"] == reply.headers["X-Request-ID"]
    assert len(line["user"]) > 10
    assert 0 < line["ms"] < 60_000


def test_who_is_not_logged_in_and_what_is_not_there_are_told_as_such(server: Visitor, lines: list[str]) -> None:
    server.get("/no/such/page/canary")
    server.get("/library", headers={"Host": "evil.test"})
    first, second = (json.loads(one) for one in lines)
    assert (first["route"], first["user"]) == (None, None)
    assert (second["status"], second["route"]) == (400, "/library")


def test_neither_log_nor_counters_tell_what_was_sent(server_context: Context, lines: list[str]) -> None:
    users.create_user(server_context, "ada", "correct horse", "admin")
    server = served(server_context, proxies=1, metrics_token=TOKEN)
    log_in(server)
    cookie = server.client.get_cookie("__Host-quizapp", domain="quiz.example.org")
    assert cookie
    form = {"csrf_token": server.token(), "name": "canary-form", "password": "canary-password", "answer": "canary"}
    headers = {"Authorization": f"Bearer {TOKEN}", "Referer": server.base_url, "User-Agent": "canary-agent"}
    app = server.client.application
    for method in ("GET", "POST"):
        for path in walk(app, method):
            if path != "/logout":
                told = {"method": method, "base_url": server.base_url, "headers": headers, "data": form}
                server.client.open(f"{path}?token=canary-query", **told)
    kept = "\n".join(lines) + counters(server, "quiz.example.org", headers=headers).text
    assert len(lines) > 50
    assert [word for word in ("canary", cookie.value, form["csrf_token"], TOKEN, '"ada"') if word in kept] == []


def test_why_a_request_broke_is_one_line_too(
    server: Visitor, lines: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    log_in(server)
    lines.clear()

    says = f"some reason\nDETAIL: Key (name)=({'can' + 'ary'}) is there"

    def broken(*_: object) -> object:
        raise RuntimeError(says)

    monkeypatch.setattr(modules, "library", broken)
    reply = server.get("/library?q=canary")
    why, line = (json.loads(one) for one in lines)
    assert (why["error"], line["status"]) == ("RuntimeError", 500)
    assert why["request_id"] == line["request_id"] == reply.headers["X-Request-ID"]
    assert "some reason" in why["traceback"]
    assert "DETAIL: left out" in why["traceback"]
    assert "canary" not in "".join(lines)


def test_self_study_logs_a_broken_page_as_ever(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(modules, "library", lambda *_: 1 / 0)
    visitor.get("/library")
    assert "ZeroDivisionError" in caplog.text
    assert not caplog.messages[-1].startswith("{")


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("0af7651916cd43dd-8448eb211c80319c", True),
        ("short", False),
        ("x" * 65, False),
        ('forged", "user": "admin', False),
        ("with a space in it", False),
    ],
)
def test_a_proxy_of_ours_names_a_request_in_plain_letters(
    server_context: Context, lines: list[str], given: str, taken: bool
) -> None:
    reply = served(server_context, proxies=1).get("/healthz", headers={"X-Request-ID": given})
    assert (reply.headers["X-Request-ID"] == given) is taken
    assert json.loads(lines[-1])["request_id"] == reply.headers["X-Request-ID"]


def test_without_a_proxy_nobody_names_a_request(server_context: Context) -> None:
    given = "0af7651916cd43dd-8448eb211c80319c"
    replies = [served(server_context).get("/healthz", headers={"X-Request-ID": given}) for _ in range(2)]
    names = {reply.headers["X-Request-ID"] for reply in replies}
    assert len(names) == 2
    assert given not in names


def test_requests_are_counted_by_their_route_and_status(server: Visitor) -> None:
    log_in(server)
    for slug in ("a", "b", "c"):
        server.get(f"/modules/{slug}")
    server.get("/nowhere/1")
    server.get("/nowhere/2")
    told = counters(server).text
    assert 'quizapp_http_requests_total{method="GET",route="/modules/<slug>",status="404"} 3.0' in told
    assert 'quizapp_http_requests_total{method="GET",route="none",status="404"} 2.0' in told
    assert 'quizapp_http_requests_total{method="POST",route="/login",status="302"} 1.0' in told
    assert 'quizapp_http_request_seconds_count{route="/modules/<slug>"} 3.0' in told
    assert 'quizapp_http_request_seconds_bucket{le="0.5",route="/modules/<slug>"}' in told


def test_made_up_methods_and_addresses_make_no_new_counters(server: Visitor) -> None:
    before = len(counters(server).text.splitlines())
    server.client.open("/x", method="BREW", base_url=server.base_url)
    grown = len(counters(server).text.splitlines())
    for n in range(5):
        server.client.open(f"/x{n}", method=f"BREW{n}", base_url=server.base_url)
    assert before < grown == len(counters(server).text.splitlines())


def test_counters_are_for_programs_on_this_machine(server: Visitor) -> None:
    assert counters(server).status_code == 200
    assert counters(server, "127.0.0.1:8000").status_code == 200
    assert counters(server, "[::1]:8000", environ_overrides={"REMOTE_ADDR": "::1"}).status_code == 200
    assert counters(server, environ_overrides=FAR).status_code == 404
    assert counters(server, environ_overrides={"REMOTE_ADDR": ""}).status_code == 404


@pytest.mark.parametrize("proxies", [0, 1])
@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"])
def test_what_comes_through_a_proxy_on_this_machine_is_not_from_here(
    server_context: Context, proxies: int, header: str
) -> None:
    server = served(server_context, proxies=proxies)
    for claimed in ("203.0.113.5", "127.0.0.1", ""):
        assert counters(server, headers={header: claimed}).status_code == 404, claimed
    assert counters(server, "quiz.example.org").status_code == 404


def test_from_elsewhere_counters_want_the_token(server_context: Context) -> None:
    server = served(server_context, metrics_token=TOKEN)
    statuses = {
        given: counters(server, "quiz.example.org", environ_overrides=FAR, headers={"Authorization": given}).status_code
        for given in (f"Bearer {TOKEN}", f"Bearer {TOKEN}x", "Bearer ", "Basic YTpi", TOKEN, "Bearer ü")
    }
    assert statuses == dict.fromkeys(statuses, 404) | {f"Bearer {TOKEN}": 200}


def test_no_token_is_no_key(server: Visitor) -> None:
    for given in ("Bearer ", "Bearer None", "Bearer"):
        headers = {"Authorization": given}
        assert counters(server, "quiz.example.org", environ_overrides=FAR, headers=headers).status_code == 404


def test_a_token_that_could_be_guessed_is_refused() -> None:
    with pytest.raises(SettingsError, match="QUIZAPP_METRICS_TOKEN"):
        read_settings({**SERVER, "QUIZAPP_METRICS_TOKEN": "short"})
    assert read_settings({**SERVER, "QUIZAPP_METRICS_TOKEN": TOKEN}).metrics_token == TOKEN


def test_errors_of_the_database_do_not_repeat_what_a_statement_was_given(context: Context, clock: Clock) -> None:
    from quizapp.services.errors import DatabaseTrouble

    with pytest.raises(DatabaseTrouble) as refused, context.database.read() as session:
        session.execute(text("SELECT :what FROM no_such_table"), {"what": "canary"})
    assert "no_such_table" in str(refused.value)
    assert "canary" not in str(refused.value)
