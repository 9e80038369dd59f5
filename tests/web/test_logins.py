"""A person's own logins and password: what ends a login ends it at once, for a cookie that somebody kept too."""

import re
import statistics
import time
from collections.abc import Callable

import pytest

from quizapp.services import logins, throttle, users
from quizapp.services.context import Context
from tests.web.parts import Clock, Visitor, pages_over, plain
from tests.web.test_login import PASSWORD, log_in

NEW = "another correct horse"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
CHROME = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36"
EDGE = f"{CHROME} Edg/156.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile/15E148 Safari/604.1"


@pytest.fixture
def another(server_context: Context, server: Visitor) -> Callable[..., Visitor]:
    """More browsers, logged in as ada unless told otherwise."""

    def one(agent: str = CHROME, name: str = "ada", password: str = PASSWORD) -> Visitor:
        client = pages_over(server_context).test_client()
        client.environ_base["HTTP_USER_AGENT"] = agent
        browser = Visitor(client, server.base_url)
        browser.post("/login", {"name": name, "password": password}, at="/login")
        return browser

    return one


def is_in(browser: Visitor) -> bool:
    """Whether a browser has a login that holds."""
    return browser.get("/account").status_code == 200


def handles(browser: Visitor) -> list[str]:
    return re.findall(r"/account/logins/([0-9a-f]{16})/end", browser.get("/account").text)


def change(browser: Visitor, current: str = PASSWORD, new: str = NEW, again: str = NEW) -> int:
    form = {"current": current, "new": new, "again": again}
    return browser.post("/account/password", form, at="/account").status_code


def test_a_person_sees_where_they_are_logged_in(server: Visitor, another: Callable[..., Visitor], clock: Clock) -> None:
    another(FIREFOX)
    clock.advance(hours=3)
    here = another(SAFARI)
    page = here.get("/account").text
    assert "Firefox on Linux" in page
    assert "3 hours ago" in page
    assert re.search(r"Safari on iPhone</strong> <span[^>]*>this one", page)
    assert len(handles(here)) == 1


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox on Linux"),
        (CHROME, "Chrome on Windows"),
        (EDGE, "Edge on Windows"),
        (SAFARI, "Safari on iPhone"),
        ("curl/8.0 <script>", "Another browser"),
        ("", "Another browser"),
    ],
)
def test_a_browser_is_told_in_two_words(another: Callable[..., Visitor], agent: str, words: str) -> None:
    page = another(agent).get("/account").text
    assert f"<strong>{words}</strong>" in page
    assert "script>" not in page.partition("Where you are")[2].partition("</ul>")[0]


def test_a_login_that_is_ended_elsewhere_opens_nothing_any_more(another: Callable[..., Visitor]) -> None:
    here, there, third = another(), another(), another()
    [first, second] = handles(here)
    assert here.post(f"/account/logins/{first}/end", at="/account").status_code == 302
    assert [is_in(here), is_in(there) + is_in(third)] == [True, 1]
    assert handles(here) == [second]


def test_all_others_are_ended_at_once(another: Callable[..., Visitor]) -> None:
    here, there, third = another(), another(), another()
    here.post("/account/logins/end-others", at="/account")
    assert [is_in(one) for one in (here, there, third)] == [True, False, False]


def test_nobody_ends_the_login_of_somebody_else(server_context: Context, another: Callable[..., Visitor]) -> None:
    users.create_user(server_context, "grace", PASSWORD, "admin")
    grace, ada, elsewhere = another(name="grace"), another(), another()
    missing = grace.post("/account/logins/0123456789abcdef/end", at="/account")
    for handle in [*handles(ada), "", "0", "%"]:
        if handle:
            reply = grace.post(f"/account/logins/{handle}/end", at="/account")
            assert (reply.status_code, plain(reply)) == (404, plain(missing))
    grace.post("/account/logins/end-others", at="/account")
    assert is_in(ada)
    assert is_in(elsewhere)


def test_another_password_ends_every_other_login_and_renews_this_one(another: Callable[..., Visitor]) -> None:
    here, there = another(), another()
    kept = here.client.get_cookie("__Host-quizapp", domain="quiz.example.org")
    assert kept
    assert change(here) == 302
    assert is_in(here)
    assert not is_in(there)
    assert not is_in(another())
    assert is_in(another(password=NEW))
    there.client.set_cookie("__Host-quizapp", kept.value, domain="quiz.example.org", path="/", secure=True)
    assert not is_in(there), "the cookie of before was replaced, not kept on"


@pytest.mark.parametrize(
    ("current", "new", "again", "says"),
    [
        ("wrong horse", NEW, NEW, "The current password is wrong."),
        (PASSWORD, NEW, "another", "repetition differ"),
        (PASSWORD, "short", "short", "8 to 1024 characters"),
        (PASSWORD, "", "", "8 to 1024 characters"),
    ],
)
def test_what_cannot_be_changed_is_said_and_ends_nothing(
    another: Callable[..., Visitor], current: str, new: str, again: str, says: str
) -> None:
    here, there = another(), another()
    form = {"current": current, "new": new, "again": again}
    reply = here.post("/account/password", form, at="/account")
    assert reply.status_code == 422
    assert says in reply.text
    assert is_in(there)
    assert is_in(another())


def test_who_took_a_browser_cannot_try_passwords_there_for_long(another: Callable[..., Visitor]) -> None:
    here = another()
    statuses = [change(here, current=f"wrong horse {n}") for n in range(7)]
    assert statuses[-1] == 429


def test_a_disabled_account_is_out_at_the_next_request(
    server_context: Context, another: Callable[..., Visitor]
) -> None:
    here = another()
    assert is_in(here)
    logins.disable(server_context, "Ada")
    assert not is_in(here)
    assert not is_in(another())
    logins.enable(server_context, "ada")
    assert not is_in(here), "an old login does not come back"
    assert is_in(another())


@pytest.mark.parametrize("what", ["password", "account"])
def test_a_login_that_just_begins_ends_too(
    server_context: Context, another: Callable[..., Visitor], monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """The password was right when it was looked at, and is not when the login would begin."""
    link, _ = logins.issue_link(server_context, "ada", 1)
    forget = throttle.forget_tries

    def meanwhile(*seen: object) -> None:
        forget(*seen)
        if what == "password":
            logins.use_link(server_context, link, NEW)
        else:
            logins.disable(server_context, "ada")

    monkeypatch.setattr(throttle, "forget_tries", meanwhile)
    browser = another(password="wrong")
    assert log_in(browser).status_code == 401
    monkeypatch.undo()
    assert not is_in(browser)


def test_a_cookie_that_was_planted_before_the_login_opens_nothing(another: Callable[..., Visitor]) -> None:
    victim, thief = another(password="wrong"), another(password="wrong")
    victim.get("/login")
    planted = victim.client.get_cookie("__Host-quizapp", domain="quiz.example.org")
    assert planted
    thief.client.set_cookie("__Host-quizapp", planted.value, domain="quiz.example.org", path="/", secure=True)
    log_in(victim)
    cookie = victim.client.get_cookie("__Host-quizapp", domain="quiz.example.org")
    assert cookie
    assert cookie.value != planted.value
    assert is_in(victim)
    assert not is_in(thief)


def test_logging_in_again_ends_the_login_that_the_browser_had(another: Callable[..., Visitor]) -> None:
    here, thief = another(), another(password="wrong")
    kept = here.client.get_cookie("__Host-quizapp", domain="quiz.example.org")
    assert kept
    form = {"name": "ada", "password": PASSWORD, "csrf_token": here.token("/account")}
    assert here.send("/login", form).status_code == 302
    thief.client.set_cookie("__Host-quizapp", kept.value, domain="quiz.example.org", path="/", secure=True)
    assert is_in(here)
    assert not is_in(thief)


def test_no_reply_tells_whether_a_name_is_known(server_context: Context, server: Visitor) -> None:
    users.create_user(server_context, "bob", PASSWORD, "learner")
    logins.disable(server_context, "bob")
    token = server.token("/login")
    pages = set()
    for name in ("ada", "bob", "eve"):
        form = {"name": name, "password": PASSWORD if name == "bob" else "wrong horse", "csrf_token": token}
        reply = server.send("/login", form)
        assert reply.status_code == 401
        headers = {key: value for key, value in reply.headers if key != "X-Request-ID"}
        pages.add((plain(reply).replace(f'value="{name}"', ""), str(headers)))
    assert len(pages) == 1


def test_a_name_that_is_not_known_takes_as_long_as_one_that_is(server_context: Context, clock: Clock) -> None:
    users.create_user(server_context, "ada", PASSWORD, "learner")
    taken: dict[str, list[float]] = {"ada": [], "nobody": []}
    for n in range(31):
        for name, seconds in taken.items():
            clock.advance(hours=2)
            began = time.perf_counter()
            assert users.authenticate(server_context, name, f"wrong horse {n}") is None
            seconds.append(time.perf_counter() - began)
    known, unknown = (statistics.median(seconds[1:]) for seconds in taken.values())
    assert 1 / 1.5 < known / unknown < 1.5
