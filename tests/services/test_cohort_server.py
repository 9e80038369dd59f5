"""Two workers on one PostgreSQL, as a cohort uses them."""

import http.client
import os
import re
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from quizapp.services.maintenance import upgrade_database
from quizapp.services.passwords import hash_password
from quizapp.storage import migrate
from tests.cohort_server import Browser, Server, cohort_server
from tests.postgres_fixture import Postgres
from tests.web.parts import settings_for

pytestmark = pytest.mark.postgres
PASSWORD = "correct horse"
OLDER = "0007"
ACCOUNT = """
INSERT INTO user_account (id, name, name_key, role, password_hash, tz_name, tz_fixed, rollover_h, new_per_day,
                          bury_siblings, reviews_per_day, created_at)
VALUES ('ada-id', 'ada', 'ada', 'admin', %s, 'UTC', false, 4, 20, true, 200, now())
"""


@pytest.fixture(scope="module")
def database(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A database of an older version with the account ada."""
    url = postgres.create()
    migrate.upgrade(url, backup_dir=tmp_path_factory.mktemp("backups"), to=OLDER)
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        connection.execute(ACCOUNT, [hash_password(PASSWORD)])
    yield url
    postgres.drop(url)


@pytest.fixture(scope="module")
def server(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with cohort_server(tmp_path_factory.mktemp("server"), database) as running:
        yield running


@pytest.fixture
def ada(server: Server) -> Browser:
    browser = Browser(server)
    assert browser.log_in("ada", PASSWORD).status == 302
    return browser


def at_once(browser: Browser, path: str, times: int) -> list[int]:
    """The statuses of requests that are sent at the same time."""
    with ThreadPoolExecutor(16) as pool:
        copies = [Browser(browser.server, dict(browser.cookies), browser.address) for _ in range(times)]
        return [reply.status for reply in pool.map(lambda one: one.ask(path), copies)]


def sockets(pid: int) -> set[str]:
    """The sockets that a process has open, by what the kernel calls them."""
    names = {str(link.readlink()) for link in Path(f"/proc/{pid}/fd").iterdir() if link.is_symlink()}
    return {name for name in names if name.startswith("socket:")}


def to_postgres(pid: int, port: int) -> set[str]:
    """The connections of a process to the database's port."""
    rows = [line.split() for line in Path(f"/proc/{pid}/net/tcp").read_text().splitlines()[1:]]
    there = {f"socket:[{row[9]}]" for row in rows if int(row[2].partition(":")[2], 16) == port}
    return sockets(pid) & there


def test_an_older_database_is_brought_up_to_date_before_anybody_asks(server: Server, database: str) -> None:
    assert migrate.current(database) == migrate.newest()
    assert len(server.workers) == 2


def test_a_login_holds_with_every_worker(server: Server, ada: Browser) -> None:
    assert set(at_once(ada, "/library", 60)) == {200}
    assert set(at_once(Browser(server), "/library", 20)) == {302}


def test_no_worker_shares_a_connection_to_the_database(server: Server, ada: Browser, postgres: Postgres) -> None:
    port = int(postgres.url.rpartition(":")[2].partition("/")[0])
    until = time.monotonic() + 30
    held: list[set[str]] = [set()]
    while not all(held) and time.monotonic() < until:
        at_once(ada, "/library", 30)
        held = [to_postgres(pid, port) for pid in server.workers]
    assert len(held) == 2
    assert all(held), "every worker has a connection"
    assert held[0] & held[1] == set()
    assert to_postgres(server.process.pid, port) == set()


def test_guesses_are_counted_by_all_workers_together(server: Server) -> None:
    guesser = Browser(server, address="203.0.113.77")
    statuses = [guesser.log_in("nobody", f"wrong horse {n}").status for n in range(7)]
    assert statuses == [401] * 5 + [401, 429] or statuses == [401] * 5 + [429] * 2


def test_a_worker_that_is_killed_is_replaced(server: Server, ada: Browser) -> None:
    gone = server.workers[0]
    os.kill(gone, signal.SIGKILL)
    until = time.monotonic() + 30
    while (gone in server.workers or len(server.workers) < 2) and time.monotonic() < until:
        time.sleep(0.1)
    assert len(server.workers) == 2
    assert set(at_once(ada, "/library", 20)) == {200}


def test_the_log_has_a_line_for_every_request_of_every_worker(server: Server, ada: Browser) -> None:
    known = len(server.lines())
    at_once(ada, "/labs?token=canary", 40)
    told = [line for line in server.lines()[known:] if line["route"] == "/labs"]
    assert len(told) == 40
    assert {line["worker"] for line in told} == set(server.workers)
    assert {line["user"] for line in told} == {"ada-id"}
    assert len({line["request_id"] for line in told}) == 40
    kept = server.log.read_text() + server.errors.read_text()
    assert [word for word in ("canary", PASSWORD, *ada.cookies.values()) if word in kept] == []


def test_counters_add_up_over_all_workers(server: Server, ada: Browser) -> None:
    counter = 'quizapp_http_requests_total{method="GET",route="/notes",status="200"}'
    at_once(ada, "/notes", 40)
    assert f"{counter} 40.0" in seen_from_here(server)
    at_once(ada, "/notes", 2)
    assert f"{counter} 42.0" in seen_from_here(server)
    assert ada.ask("/metrics").status == 404
    assert ada.ask("/metrics", Host="127.0.0.1").status == 404


def test_it_is_ready(server: Server) -> None:
    assert Browser(server).ask("/readyz").status == 200


def test_a_database_that_goes_away_and_comes_back_is_used_again(server: Server, ada: Browser, database: str) -> None:
    name = database.rpartition("/")[2]
    lost = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
    with psycopg.connect(database.replace("+psycopg", "").replace(name, "postgres"), autocommit=True) as connection:
        connection.execute(lost, [name])
    assert set(at_once(ada, "/library", 30)) == {200}


def seen_from_here(server: Server) -> str:
    """The counters, asked by a program on the same machine."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    connection.request("GET", "/metrics")
    text = connection.getresponse().read().decode()
    connection.close()
    return text


def test_it_stops_soon_and_lets_what_is_under_way_finish(database: str, tmp_path: Path) -> None:
    with cohort_server(tmp_path, database, TMPDIR=str(tmp_path)) as server:
        assert len(list(tmp_path.glob("quizapp-metrics-*"))) == 1
        idle = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        idle.request("GET", "/healthz")
        assert idle.getresponse().read()
        token = re.search(r'name="csrf_token" value="([^"]+)"', (browser := Browser(server)).ask("/login").text)
        assert token
        with ThreadPoolExecutor(8) as pool:
            form = {"name": "nobody", "password": "x" * 20, "csrf_token": token[1]}
            copies = [Browser(server, dict(browser.cookies), f"203.0.113.{n}") for n in range(8)]
            under_way = [pool.submit(one.ask, "/login", form) for one in copies]
            until = time.monotonic() + 20
            while not any(one.running() for one in under_way) and time.monotonic() < until:
                time.sleep(0.01)
            time.sleep(0.05)
            server.process.send_signal(signal.SIGTERM)
            began = time.monotonic()
            assert server.process.wait(timeout=30) == 0
        assert time.monotonic() - began < 10
        statuses = [one.result().status for one in under_way if one.exception() is None]
        assert statuses
        assert set(statuses) <= {401, 429}
        idle.close()
    assert list(tmp_path.glob("quizapp-metrics-*")) == []


def test_a_database_without_an_account_is_refused(postgres: Postgres, tmp_path: Path) -> None:
    url = postgres.create()
    try:
        upgrade_database(settings_for(tmp_path, database_url=url))
        refused = pytest.raises(AssertionError, match="needs a first account")
        with refused, cohort_server(tmp_path, url, TMPDIR=str(tmp_path)):
            pass
        assert list(tmp_path.glob("quizapp-metrics-*")) == []
    finally:
        postgres.drop(url)
