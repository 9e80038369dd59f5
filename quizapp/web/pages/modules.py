"""One module: its notes to read, its sections with what can be asked, and the way into a quiz."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from quizapp.services import modules as service
from quizapp.services import quiz
from quizapp.services.errors import BadInput, NothingToAsk
from quizapp.services.users import may_curate
from quizapp.web.here import ctx, person, user_id, whole_number

page = Blueprint("modules", __name__)


@page.get("/modules/<slug>")
def module(slug: str) -> str:
    """The notes of a module."""
    curates = may_curate(ctx(), person())
    return render_template("module.html", view=service.module(ctx(), user_id(), slug), curates=curates)


@page.post("/modules/<slug>/quiz")
def start_quiz(slug: str) -> Response:
    """Begins a quiz on the module, or on the section that begins at the line given."""
    section = _section(slug, request.form.get("section"))
    try:
        attempt = quiz.start_quiz(ctx(), user_id(), slug, section=section)
    except NothingToAsk:
        flash("There is no question here yet. Choose another section, or the whole module.", "care")
        return redirect(url_for("modules.module", slug=slug))
    return redirect(url_for("quiz.question", attempt=attempt, pos=1))


def _section(slug: str, line: str | None) -> tuple[str, ...] | None:
    if not line:
        return None
    found = service.section_at(ctx(), user_id(), slug, whole_number(line))
    if found is None:
        raise BadInput("section", "This section is no longer in the notes; reload the page")
    return found
