"""One click says that a question or card is wrong or unclear."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from quizapp.services import quiz as service
from quizapp.web.here import ctx, user_id, wants_fragment
from quizapp.web.way_back import safe_path

page = Blueprint("errata", __name__)

LONGEST = 2000


@page.post("/items/<path:item_id>/report")
def report(item_id: str) -> Response | str:
    """Notes the report and goes back to where the question was."""
    service.report_question(ctx(), user_id(), item_id, request.form.get("says", "")[:LONGEST])
    if wants_fragment():
        return render_template("_reported.html")
    flash("Thank you, the report was saved.", "good")
    return redirect(safe_path(request.form.get("next")) or url_for("home.home"))
