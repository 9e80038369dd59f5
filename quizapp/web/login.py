"""Who is asking: the local person in self-study, the owner of a session row in server mode. Knows no page.

The cookie holds a random token and nothing else that matters; the row behind it can be ended at any time.
"""

from dataclasses import dataclass

from flask import Flask, Request, abort, g, redirect, request, session, url_for
from flask_login import LoginManager, current_user
from werkzeug.wrappers import Response

from quizapp.services import users
from quizapp.services.context import Context
from quizapp.services.errors import BadInput
from quizapp.services.users import UserView
from quizapp.web.agents import agent_words
from quizapp.web.here import ctx, wants_fragment

OPEN_ENDPOINTS = frozenset(
    {
        *("static", "account.login", "account.authenticate", "password.choose", "password.keep"),
        *("health.healthz", "health.readyz", "health.metrics"),
        *("joining.form", "joining.join"),
    }
)
COOKIE_KEY = "session"


@dataclass(frozen=True, slots=True)
class Person:
    """A person as flask-login wants one."""

    view: UserView
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        """The id of the person."""
        return self.view.id


def know_people(app: Flask, context: Context) -> None:
    """Every page knows who asks; in server mode none but the login page opens without."""
    manager = LoginManager(app)
    manager.session_protection = None
    if context.settings.mode == "self-study":
        manager.request_loader(_local_person)
        return
    manager.request_loader(_session_person)
    app.before_request(_require_login)


def open_session(user_id: str) -> None:
    """Begins a session that shares nothing with what the browser had before."""
    end_session()
    session[COOKIE_KEY] = users.open_session(ctx(), user_id, agent_words(request.headers.get("User-Agent", "")))


def log_in(name: str, password: str) -> bool:
    """Begins a session for the right name and password; whether they were right. Raises TooManyTries."""
    agent, address = agent_words(request.headers.get("User-Agent", "")), request.remote_addr or ""
    token = users.log_in(ctx(), name, password, address=address, agent=agent)
    if token is None:
        return False
    end_session()
    session[COOKIE_KEY] = token
    return True


def end_session() -> None:
    """Ends the session on the server and forgets it in the browser; the old cookie opens nothing any more."""
    token = session.get(COOKIE_KEY)
    if token:
        users.close_session(ctx(), token)
    session.clear()


def token() -> str:
    """What the cookie of who asks proves itself by; empty when it has none."""
    return str(session.get(COOKIE_KEY, ""))


def server_only() -> None:
    """Without accounts there is nothing to log in to, and no page about it."""
    if ctx().settings.mode != "server":
        abort(404)


def new_password() -> str:
    """The password that a form has twice; raises BadInput when the two differ."""
    first, second = request.form.get("new", ""), request.form.get("again", "")
    if first != second:
        raise BadInput("again", "the new password and its repetition differ")
    return first


def _local_person(_request: Request) -> Person:
    return _seen(users.local_user(ctx()))


def _session_person(_request: Request) -> Person | None:
    token = session.get(COOKIE_KEY)
    found = users.session_user(ctx(), token) if token else None
    return _seen(found) if found else None


def _seen(view: UserView) -> Person:
    """Notes for the log who asks, without asking the database a second time."""
    g.person_id = view.id
    return Person(view)


def _require_login() -> Response | None:
    if request.endpoint in OPEN_ENDPOINTS or current_user.is_authenticated:
        return None
    if wants_fragment():
        return Response(status=401, headers={"HX-Redirect": url_for("account.login")})
    target = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("account.login", next=target))
