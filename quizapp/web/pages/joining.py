"""Joining a cohort by a code or a link, and for instructors the codes of a cohort. In server mode only."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from quizapp.services import cohorts
from quizapp.services import joining as service
from quizapp.services.errors import BadInput
from quizapp.services.users import TooManyTries
from quizapp.web.here import ctx, person, whole_number
from quizapp.web.login import open_session, server_only

page = Blueprint("joining", __name__)
page.before_request(server_only)

Shown = str | tuple[str, int] | tuple[str, int, dict[str, str]] | Response


@page.get("/join", defaults={"code": ""})
@page.get("/join/<code>")
def form(code: str) -> str:
    """The form; whether the code opens anything is not looked at."""
    return _form(code)


@page.post("/join")
def join() -> Shown:
    """Lets somebody in, with the account they are logged in to or with a new one."""
    form, address = request.form, request.remote_addr or ""
    code = form.get("code", "")
    try:
        if current_user.is_authenticated:
            cohort_id = service.join(ctx(), person(), code, address=address)
        else:
            made, cohort_id = service.join_as_new(
                ctx(), form.get("name", ""), form.get("password", ""), code, address=address
            )
            open_session(made.id)
    except TooManyTries as error:
        says = f"There were too many tries. Wait {error.wait_seconds} seconds, then try again."
        return _form(code, says), 429, {"Retry-After": str(error.wait_seconds)}
    except BadInput as error:
        return _form(code, error.says), 422
    flash("You are in.", "good")
    return redirect(url_for("cohorts.cohort", cohort_id=cohort_id))


@page.get("/cohorts/<cohort_id>/codes")
def codes(cohort_id: str) -> str:
    """The codes of a cohort and a form for a new one."""
    return _codes(cohort_id)


@page.post("/cohorts/<cohort_id>/codes")
def make(cohort_id: str) -> Shown:
    """Makes a code and shows it, this once."""
    form = request.form
    try:
        made = service.new_code(
            ctx(),
            person(),
            cohort_id,
            form.get("role", ""),
            days=whole_number(form.get("days")),
            uses=whole_number(form.get("uses")),
            label=form.get("label", ""),
        )
    except BadInput as error:
        return _codes(cohort_id, trouble=error), 422
    return _codes(cohort_id, made=made)


@page.post("/cohorts/<cohort_id>/codes/<code_id>")
def revoke(cohort_id: str, code_id: str) -> Response:
    """Takes a code back."""
    service.revoke_code(ctx(), person(), cohort_id, code_id)
    flash("Taken back: it lets nobody in any more.", "good")
    return redirect(url_for("joining.codes", cohort_id=cohort_id))


def _form(code: str, says: str | None = None) -> str:
    return render_template("join.html", code=code[:40], says=says, name=request.form.get("name", ""))


def _codes(cohort_id: str, *, made: str | None = None, trouble: BadInput | None = None) -> str:
    rows = service.codes(ctx(), person(), cohort_id)
    link = url_for("joining.form", code=made, _external=True) if made else None
    view = cohorts.cohort_head(ctx(), person(), cohort_id)
    return render_template(
        "cohort_codes.html",
        view=view,
        rows=rows,
        made=made,
        link=link,
        trouble=trouble,
        typed=request.form,
        roles=service.GIVEN,
    )
