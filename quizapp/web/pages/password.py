"""Choosing a password by a link that an admin gave, in server mode. Whoever has the link needs no login."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from quizapp.services import logins as service
from quizapp.services.errors import BadInput, NotFound
from quizapp.services.users import PASSWORD_LENGTH
from quizapp.web.here import ctx
from quizapp.web.login import end_session, new_password, server_only
from quizapp.web.wording import sentence

page = Blueprint("password", __name__)
page.before_request(server_only)

Shown = str | tuple[str, int] | Response


@page.get("/password/<token>")
def choose(token: str) -> Shown:
    """The form. Looking at it uses nothing up: programs that preview links look as well."""
    return _form() if service.link_holds(ctx(), token) else _gone()


@page.post("/password/<token>")
def keep(token: str) -> Shown:
    """Keeps the password and leads to the login, which then wants it."""
    if not service.link_holds(ctx(), token):
        return _gone()
    try:
        service.use_link(ctx(), token, new_password())
    except NotFound:
        return _gone()
    except BadInput as error:
        return _form(sentence(error.says)), 422
    end_session()
    flash("Your password is chosen. Log in with it.", "good")
    return redirect(url_for("account.login"))


def _form(says: str | None = None) -> str:
    return render_template("password.html", says=says, shortest=PASSWORD_LENGTH[0])


def _gone() -> tuple[str, int]:
    """The same for a link that was used, ran out, or never was."""
    says = "It may have been used, or be too old. Ask who runs the course for another one."
    return render_template("problem.html", code=404, title="This link does not hold", says=says), 404
