"""Every course and module, and the person's own notes."""

from flask import Blueprint, render_template

from quizapp.services import modules as service
from quizapp.web.here import ctx, user_id

page = Blueprint("library", __name__)


@page.get("/library")
def library() -> str:
    """All courses with what each module offers."""
    return render_template("library.html", courses=service.library(ctx(), user_id()))
