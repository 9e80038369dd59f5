"""The first page: what is due, what is new, what can be continued."""

from flask import Blueprint, render_template

from quizapp.services import home as service
from quizapp.web.here import ctx, user_id

page = Blueprint("home", __name__)


@page.get("/")
def home() -> str:
    """What waits for this person today."""
    return render_template("home.html", view=service.home(ctx(), user_id()))
