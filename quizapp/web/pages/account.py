"""Logging in and out, in server mode only; self-study has one person and no password."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from quizapp.services.users import TooManyTries
from quizapp.web.login import end_session, log_in, server_only
from quizapp.web.way_back import safe_path

page = Blueprint("account", __name__)
page.before_request(server_only)

Shown = str | tuple[str, int] | tuple[str, int, dict[str, str]] | Response


@page.get("/login")
def login() -> Shown:
    """The form."""
    if current_user.is_authenticated:
        return redirect(url_for("home.home"))
    return _form(None)


@page.post("/login")
def authenticate() -> Shown:
    """Opens a session for the right name and password; a wrong name and a wrong password look the same."""
    form = request.form
    try:
        right = log_in(form.get("name", ""), form.get("password", ""))
    except TooManyTries as error:
        says = f"There were too many wrong tries. Wait {error.wait_seconds} seconds, then try again."
        return _form(says), 429, {"Retry-After": str(error.wait_seconds)}
    if not right:
        return _form("Name or password is wrong."), 401
    return redirect(safe_path(form.get("next")) or url_for("home.home"))


@page.post("/logout")
def logout() -> Response:
    """Ends the session on the server."""
    end_session()
    return redirect(url_for("account.login"))


def _form(says: str | None) -> str:
    return render_template(
        "login.html", says=says, name=request.form.get("name", ""), next=safe_path(request.values.get("next")) or ""
    )
