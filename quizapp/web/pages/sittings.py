"""What is due for a learner, and an attempt from its start to its end."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from quizapp.services import sittings as service
from quizapp.services.errors import BadInput, Closed
from quizapp.web.answers import answer_in_form
from quizapp.web.here import ctx, event_id, person
from quizapp.web.login import server_only
from quizapp.web.wording import sentence

page = Blueprint("sittings", __name__)
page.before_request(server_only)

Shown = str | tuple[str, int] | Response


@page.get("/due")
def due() -> str:
    """Everything that is asked of this person, the first that is due first."""
    return render_template("due.html", rows=service.due(ctx(), person()))


@page.post("/cohorts/<cohort_id>/assignments/<assignment_id>/start")
def start(cohort_id: str, assignment_id: str) -> Response:
    """Begins an attempt, or goes on with the one that is begun."""
    try:
        attempt = service.start(ctx(), person(), cohort_id, assignment_id)
    except Closed as error:
        flash(f"You cannot begin: {error.says}.", "bad")
        return redirect(url_for("sittings.due"))
    rows = service.sitting(ctx(), person(), attempt).rows
    pos = next((row.pos for row in rows if not row.answered), 1)
    return redirect(url_for("sittings.question", attempt=attempt, pos=pos))


@page.get("/sittings/<attempt>")
def sitting(attempt: str) -> str:
    """Which questions have an answer; when it is told, how it went."""
    return render_template("sitting.html", view=service.sitting(ctx(), person(), attempt))


@page.get("/sittings/<attempt>/<int:pos>")
def question(attempt: str, pos: int) -> str:
    """One question with what was saved, or with its explanation when that is told."""
    return _question(attempt, pos)


@page.post("/sittings/<attempt>/<int:pos>")
def save(attempt: str, pos: int) -> Shown:
    """Saves an answer and goes on."""
    one = service.question(ctx(), person(), attempt, pos)
    try:
        service.save(ctx(), person(), attempt, pos, answer_in_form(one.question), event_id())
    except BadInput as error:
        return _question(attempt, pos, trouble=error.says), 422
    except Closed as error:
        flash(f"This answer came too late: {error.says}.", "bad")
        return redirect(url_for("sittings.sitting", attempt=attempt))
    if pos < one.question.total and request.form.get("to") != "overview":
        return redirect(url_for("sittings.question", attempt=attempt, pos=pos + 1))
    return redirect(url_for("sittings.sitting", attempt=attempt))


@page.post("/sittings/<attempt>")
def hand_in(attempt: str) -> Response:
    """Ends the attempt."""
    try:
        service.hand_in(ctx(), person(), attempt)
        flash("Handed in.", "good")
    except Closed as error:
        flash(sentence(error.says), "care")
    return redirect(url_for("sittings.sitting", attempt=attempt))


def _question(attempt: str, pos: int, *, trouble: str | None = None) -> str:
    one = service.question(ctx(), person(), attempt, pos)
    saved = request.form.get("answer", "") if trouble else one.saved
    typed = saved if one.question.typed and isinstance(saved, str) else ""
    chosen = None if trouble else ([saved] if isinstance(saved, str) else saved)
    return render_template(
        "sitting_question.html", one=one, view=one.question, saved=chosen, typed=typed, trouble=trouble
    )
