"""A link by which a person chooses a password: once, for a while, and one answer for every link that does not hold."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from quizapp.services import logins, users
from quizapp.services.context import Context
from quizapp.services.errors import BadInput, NotFound
from tests.web.parts import Clock, Visitor, plain
from tests.web.test_login import PASSWORD, log_in

NEW = "another correct horse"


def choose(browser: Visitor, token: str, new: str = NEW, again: str = NEW) -> int:
    at = f"/password/{token}"
    return browser.post(at, {"new": new, "again": again}, at=at).status_code


@pytest.fixture
def link(server_context: Context, server: Visitor) -> str:
    token, _ = logins.issue_link(server_context, "ada", 24)
    return token


def test_a_link_gives_a_password_once(server: Visitor, link: str) -> None:
    assert server.get(f"/password/{link}").status_code == 200
    assert server.get(f"/password/{link}").status_code == 200, "looking uses nothing up"
    assert choose(server, link) == 302
    assert server.get("/account").status_code == 302, "nobody is logged in by a link"
    assert server.get(f"/password/{link}").status_code == 404
    assert log_in(server, PASSWORD).status_code == 401
    assert log_in(server, NEW).status_code == 302


def test_every_login_of_before_ends(server: Visitor, server_context: Context, link: str) -> None:
    log_in(server)
    token = users.open_session(server_context, users.person_named(server_context, "ada").id)
    logins.use_link(server_context, link, NEW)
    assert users.session_user(server_context, token) is None
    assert server.get("/account").status_code == 302


def test_the_old_password_holds_until_the_link_is_used(server: Visitor, link: str) -> None:
    assert log_in(server).status_code == 302


def test_every_link_that_does_not_hold_looks_the_same(
    server: Visitor, server_context: Context, link: str, clock: Clock
) -> None:
    form = {"new": NEW, "again": NEW, "csrf_token": server.token(f"/password/{link}")}
    later, _ = logins.issue_link(server_context, "ada", 1)
    replies = {plain(server.get(f"/password/{link}")), plain(server.send(f"/password/{link}", form))}
    clock.advance(hours=1)
    replies |= {plain(server.get(f"/password/{token}")) for token in (later, "never-was", "x" * 500)}
    replies |= {plain(server.send(f"/password/{later}", {**form, "again": "other"}))}
    logins.issue_link(server_context, "ada", 1)
    users.create_user(server_context, "bob", PASSWORD, "learner")
    taken_back, _ = logins.issue_link(server_context, "bob", 1)
    logins.disable(server_context, "bob")
    replies |= {plain(server.send(f"/password/{taken_back}", form))}
    assert len(replies) == 1
    assert "does not hold" in replies.pop()
    assert log_in(server).status_code == 302


@pytest.mark.parametrize(("new", "again"), [("short", "short"), (NEW, "other"), ("", "")])
def test_a_password_that_cannot_be_used_leaves_the_link(server: Visitor, link: str, new: str, again: str) -> None:
    assert choose(server, link, new, again) == 422
    assert choose(server, link) == 302


def test_a_link_used_many_times_at_once_counts_once(server_context: Context, link: str) -> None:
    def use(n: int) -> bool:
        try:
            logins.use_link(server_context, link, f"{NEW} {n}")
        except NotFound:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(use, range(8))) == 1


def test_a_new_password_takes_an_unused_link_back(server_context: Context, link: str) -> None:
    ada = users.person_named(server_context, "ada")
    logins.change_password(server_context, ada, PASSWORD, NEW)
    assert not logins.link_holds(server_context, link)


def test_the_database_does_not_know_the_token(server_context: Context, link: str, folder: object) -> None:
    server_context.database.close()
    assert link.encode() not in b"".join(path.read_bytes() for path in folder.glob("quizapp.db*"))  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["nobody", "", "(self-study)"])
def test_there_is_no_link_for_nobody(server_context: Context, server: Visitor, name: str) -> None:
    for does in (lambda: logins.issue_link(server_context, name, 1), lambda: logins.disable(server_context, name)):
        with pytest.raises(BadInput, match="no account"):
            does()


def test_the_only_admin_cannot_be_shut_out(server_context: Context) -> None:
    users.create_user(server_context, "root", PASSWORD, "admin")
    with pytest.raises(BadInput, match="only admin"):
        logins.disable(server_context, "root")
    users.create_user(server_context, "second", PASSWORD, "admin")
    assert logins.disable(server_context, "root").name == "root"
    with pytest.raises(BadInput, match="only admin"):
        logins.disable(server_context, "second")


def test_a_disabled_account_gets_no_link(server_context: Context, server: Visitor) -> None:
    logins.disable(server_context, "ada")
    with pytest.raises(BadInput, match="user enable"):
        logins.issue_link(server_context, "ada", 1)


def test_self_study_has_neither_page(visitor: Visitor) -> None:
    assert visitor.get("/account").status_code == 404
    assert visitor.get("/password/x").status_code == 404
