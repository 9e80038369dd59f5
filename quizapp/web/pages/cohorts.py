"""Cohorts, in server mode: a person's own, and for instructors the people in each."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from quizapp.services import cohorts as service
from quizapp.services.assignments import assignments
from quizapp.services.errors import BadInput
from quizapp.services.standing import ROLES, may_found
from quizapp.web.here import ctx, person
from quizapp.web.login import server_only
from quizapp.web.zones import zones

page = Blueprint("cohorts", __name__)
page.before_request(server_only)

Shown = str | tuple[str, int] | Response


@page.get("/cohorts")
def cohorts() -> str:
    """The cohorts of this person, and for instructors a form for a new one."""
    return _list()


@page.post("/cohorts")
def create() -> Shown:
    """Begins a cohort."""
    form = request.form
    try:
        made = service.create_cohort(ctx(), person(), form.get("title", ""), form.get("tz_name", ""))
    except BadInput as error:
        return _list(error), 422
    flash("The cohort is there. Now take people in.", "good")
    return redirect(url_for("cohorts.cohort", cohort_id=made))


@page.get("/cohorts/<cohort_id>")
def cohort(cohort_id: str) -> str:
    """One cohort with its people."""
    return _cohort(cohort_id)


@page.post("/cohorts/<cohort_id>")
def edit(cohort_id: str) -> Shown:
    """Keeps another title or zone."""
    form = request.form
    return _done(
        cohort_id,
        lambda: service.edit_cohort(ctx(), person(), cohort_id, form.get("title", ""), form.get("tz_name", "")),
        "Kept.",
    )


@page.post("/cohorts/<cohort_id>/people")
def add(cohort_id: str) -> Shown:
    """Takes an account in by its name."""
    form = request.form
    return _done(
        cohort_id,
        lambda: service.add_member(ctx(), person(), cohort_id, form.get("name", ""), form.get("role", "")),
        "Taken in.",
    )


@page.post("/cohorts/<cohort_id>/people/<membership_id>")
def change(cohort_id: str, membership_id: str) -> Shown:
    """Gives somebody another role, or takes them out."""
    if request.form.get("action") == "remove":
        return _done(cohort_id, lambda: service.remove_member(ctx(), person(), cohort_id, membership_id), "Taken out.")
    role = request.form.get("role", "")
    return _done(
        cohort_id, lambda: service.change_role(ctx(), person(), cohort_id, membership_id, role), f"Now {role}."
    )


def _done(cohort_id: str, work: Callable[[], None], says: str) -> Shown:
    """Does it and shows the cohort again, with what was refused when it was."""
    try:
        work()
    except BadInput as error:
        return _cohort(cohort_id, error), 422
    flash(says, "good")
    return redirect(url_for("cohorts.cohort", cohort_id=cohort_id))


def _list(trouble: BadInput | None = None) -> str:
    return render_template(
        "cohorts.html",
        rows=service.my_cohorts(ctx(), person()),
        founds=may_found(ctx(), person()),
        trouble=trouble,
        title=request.form.get("title", ""),
        tz_name=request.form.get("tz_name") or person().tz_name,
        zones=zones(),
    )


def _cohort(cohort_id: str, trouble: BadInput | None = None) -> str:
    view = service.cohort(ctx(), person(), cohort_id)
    return render_template(
        "cohort.html",
        work=assignments(ctx(), person(), cohort_id),
        view=view,
        trouble=trouble,
        typed=request.form,
        roles=ROLES,
        zones=zones() if view.manages else (),
    )
