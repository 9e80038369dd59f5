"""One question a screen, the explanation at once, and how it went."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from quizapp.services import quiz as service
from quizapp.services.errors import BadInput
from quizapp.services.quiz import QuestionView
from quizapp.web.answers import answer_in_form
from quizapp.web.here import ctx, event_id, user_id, wants_fragment

page = Blueprint("quiz", __name__)

Shown = str | tuple[str, int] | Response


@page.get("/quiz/<attempt>/<int:pos>")
def question(attempt: str, pos: int) -> str:
    """A question, with its explanation once it is answered."""
    view = service.question(ctx(), user_id(), attempt, pos)
    return render_template("question.html", view=view, trouble=None)


@page.post("/quiz/<attempt>/<int:pos>")
def answer(attempt: str, pos: int) -> Shown:
    """Stores an answer, then shows what it was worth."""
    view = service.question(ctx(), user_id(), attempt, pos)
    try:
        given = answer_in_form(view)
        service.submit_answer(ctx(), user_id(), attempt, pos, given, event_id())
    except BadInput as error:
        return _refused(view, error)
    if wants_fragment():
        answered = service.question(ctx(), user_id(), attempt, pos)
        return render_template("_question.html", view=answered, trouble=None)
    return redirect(url_for("quiz.question", attempt=attempt, pos=pos, _anchor="result"))


@page.get("/quiz/<attempt>/summary")
def summary(attempt: str) -> str:
    """How the quiz went and what to read again."""
    return render_template("summary.html", view=service.summary(ctx(), user_id(), attempt))


def _refused(view: QuestionView, error: BadInput) -> Shown:
    """The question again, with what was typed."""
    typed = request.form.get("answer", "") if view.typed else ""
    if wants_fragment():
        return render_template("_question.html", view=view, trouble=error.says, typed=typed)
    return render_template("question.html", view=view, trouble=error.says, typed=typed), 422
