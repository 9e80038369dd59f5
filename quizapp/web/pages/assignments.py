"""Assignments of a cohort, for those who teach: a new one, what everybody earned, other dates."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from quizapp.services import assignments as service
from quizapp.services import cohorts
from quizapp.services.assignments import Choices, Wish
from quizapp.services.errors import BadInput
from quizapp.web.here import ctx, person, whole_number
from quizapp.web.login import server_only

page = Blueprint("assignments", __name__)
page.before_request(server_only)

Shown = str | tuple[str, int] | Response


@page.get("/cohorts/<cohort_id>/assignments/new")
def new(cohort_id: str) -> str:
    """First the module is chosen, then the form shows its sections."""
    slug = request.args.get("module", "")
    return _new(cohort_id, Wish(module_slug=slug), service.choices(ctx(), person(), cohort_id, slug))


@page.post("/cohorts/<cohort_id>/assignments/new")
def create(cohort_id: str) -> Shown:
    """Makes the assignment, or says what is wrong with the form."""
    choices = service.choices(ctx(), person(), cohort_id, request.form.get("module", ""))
    wish = _wish(choices)
    try:
        made = service.create_assignment(ctx(), person(), cohort_id, wish)
    except BadInput as error:
        return _new(cohort_id, wish, choices, error), 422
    flash("The assignment is there. Learners see it at once, and can begin when it opens.", "good")
    return redirect(url_for("assignments.assignment", cohort_id=cohort_id, assignment_id=made))


@page.get("/cohorts/<cohort_id>/assignments/<assignment_id>")
def assignment(cohort_id: str, assignment_id: str) -> str:
    """What is asked and what everybody earned."""
    return _one(cohort_id, assignment_id)


@page.post("/cohorts/<cohort_id>/assignments/<assignment_id>")
def edit(cohort_id: str, assignment_id: str) -> Shown:
    """Keeps another title, other dates or attempts."""
    wish = _wish(None)
    try:
        service.edit_assignment(ctx(), person(), cohort_id, assignment_id, wish)
    except BadInput as error:
        return _one(cohort_id, assignment_id, wish, error), 422
    flash("Kept.", "good")
    return redirect(url_for("assignments.assignment", cohort_id=cohort_id, assignment_id=assignment_id))


def _wish(choices: Choices | None) -> Wish:
    """What the form holds; a section that is not there any more is named by its line, so that it fits nothing."""
    form = request.form
    paths = {str(one.line): one.path for one in choices.sections} if choices else {}
    return Wish(
        title=form.get("title", ""),
        module_slug=form.get("module", ""),
        sections=tuple(paths.get(line, (line,)) for line in form.getlist("section")),
        kinds=tuple(form.getlist("kind")),
        size=whole_number(form.get("size")),
        graded=form.get("graded") == "yes",
        max_attempts=whole_number(form.get("max_attempts")),
        counts=form.get("counts", ""),
        feedback=form.get("feedback", ""),
        opens=form.get("opens", ""),
        due=form.get("due", ""),
        closes=form.get("closes", ""),
    )


def _new(cohort_id: str, wish: Wish, choices: Choices, trouble: BadInput | None = None) -> str:
    view = cohorts.cohort_head(ctx(), person(), cohort_id)
    return render_template("assignment_new.html", view=view, wish=wish, choices=choices, trouble=trouble)


def _one(cohort_id: str, assignment_id: str, wish: Wish | None = None, trouble: BadInput | None = None) -> str:
    one = service.assignment(ctx(), person(), cohort_id, assignment_id)
    view = cohorts.cohort_head(ctx(), person(), cohort_id)
    return render_template("assignment.html", view=view, one=one, wish=wish or one.wish, trouble=trouble)
