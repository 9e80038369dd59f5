"""Who is asking: the local person in self-study, the owner of a session row in server mode. Knows no page.

The cookie holds a random token and nothing else that matters; the row behind it can be ended at any time.
"""

from dataclasses import dataclass

from flask import Flask, Request, redirect, request, session, url_for
from flask_login import LoginManager, current_user
from werkzeug.wrappers import Response

from quizapp.services import users
from quizapp.services.context import Context
from quizapp.services.users import UserView
from quizapp.web.here import ctx, wants_fragment

OPEN_ENDPOINTS = frozenset(
    {"static", "account.login", "account.authenticate", "health.healthz", "joining.form", "joining.join"}
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
    session[COOKIE_KEY] = users.open_session(ctx(), user_id)


def end_session() -> None:
    """Ends the session on the server and forgets it in the browser; the old cookie opens nothing any more."""
    token = session.get(COOKIE_KEY)
    if token:
        users.close_session(ctx(), token)
    session.clear()


def _local_person(_request: Request) -> Person:
    return Person(users.local_user(ctx()))


def _session_person(_request: Request) -> Person | None:
    token = session.get(COOKIE_KEY)
    found = users.session_user(ctx(), token) if token else None
    return Person(found) if found else None


def _require_login() -> Response | None:
    if request.endpoint in OPEN_ENDPOINTS or current_user.is_authenticated:
        return None
    if wants_fragment():
        return Response(status=401, headers={"HX-Redirect": url_for("account.login")})
    target = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("account.login", next=target))
