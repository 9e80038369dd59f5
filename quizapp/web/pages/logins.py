"""The person's own account, in server mode: where they are logged in, and another password."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from quizapp.services import logins as service
from quizapp.services.errors import BadInput
from quizapp.services.users import PASSWORD_LENGTH, TooManyTries
from quizapp.web.here import ctx, person, user_id
from quizapp.web.login import new_password, open_session, server_only, token
from quizapp.web.wording import sentence

page = Blueprint("logins", __name__)
page.before_request(server_only)

Shown = str | tuple[str, int] | Response


@page.get("/account")
def account() -> str:
    """Who one is, the open logins, and the form for a password."""
    return _page()


@page.post("/account/password")
def change_password() -> Shown:
    """Another password for the current one; this browser stays logged in, all others do not."""
    try:
        service.change_password(
            ctx(), person(), request.form.get("current", ""), new_password(), address=request.remote_addr or ""
        )
    except BadInput as error:
        return _page(sentence(error.says)), 422
    except TooManyTries as error:
        return _page(f"There were too many wrong tries. Wait {error.wait_seconds} seconds, then try again."), 429
    open_session(user_id())
    flash("Your password is changed. You are logged in here alone now.", "good")
    return redirect(url_for("logins.account"))


@page.post("/account/logins/<handle>/end")
def end(handle: str) -> Response:
    """Ends one login; the browser there is asked for the password again."""
    service.end_login(ctx(), user_id(), handle)
    flash("That login is ended.", "good")
    return redirect(url_for("logins.account"))


@page.post("/account/logins/end-others")
def end_others() -> Response:
    """Ends every login but this one."""
    service.end_other_logins(ctx(), user_id(), token())
    flash("You are logged in here alone now.", "good")
    return redirect(url_for("logins.account"))


def _page(says: str | None = None) -> str:
    opened = service.open_logins(ctx(), user_id(), token())
    return render_template("account.html", logins=opened, says=says, shortest=PASSWORD_LENGTH[0])
