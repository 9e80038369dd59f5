"""All cards to look through: found by module, section, state and words, and set aside many at a time."""

from urllib.parse import urlencode

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from quizapp.scheduling.events import Action
from quizapp.services import browse as service
from quizapp.services import review
from quizapp.services.browse import Wish
from quizapp.services.errors import BadInput
from quizapp.web.here import ctx, event_id, user_id, whole_number
from quizapp.web.wording import counted

page = Blueprint("browse", __name__)

DONE: dict[str, tuple[Action, str]] = {
    "suspend": ("suspend", "suspended"),
    "unsuspend": ("unsuspend", "asked again"),
    "bury": ("bury", "buried until tomorrow"),
    "unbury": ("unbury", "no longer buried"),
}


@page.get("/cards")
def browse() -> str:
    """A page of the cards that are looked for."""
    view = service.browse(ctx(), user_id(), _wish(), page=whole_number(request.args.get("page"), fallback=1))
    return render_template("browse.html", view=view, there=_there(view.wish))


@page.post("/cards")
def set_aside() -> Response:
    """Does something to the ticked cards, or to all that were found."""
    form = request.form
    if form.get("action") not in DONE:
        raise BadInput("action", f"is one of {', '.join(DONE)}")
    action, became = DONE[form["action"]]
    ticked = None if form.get("which") == "found" else form.getlist("card")
    if ticked == []:
        flash("Tick some cards first, or choose all that were found.", "care")
        return _back()
    changed = service.set_aside_many(ctx(), user_id(), _wish(), action, event_id(), item_ids=ticked)
    flash(f"{counted(changed, 'card').capitalize()} {became}." if changed else "There was nothing to change.", "good")
    return _back()


@page.post("/cards/undo")
def undo() -> Response:
    """Takes back what was done last, here or while reviewing."""
    done = review.undo(ctx(), user_id(), client_event_id=event_id())
    flash("Taken back." if done else "There is nothing of today to take back.", "quiet")
    return _back()


def _wish() -> Wish:
    return Wish(*(request.values.get(name, "")[:500] for name in ("module", "section", "state", "text")))


def _there(wish: Wish) -> dict[str, str]:
    """What leads to the same cards again."""
    parts = {"module": wish.module, "section": wish.section, "state": wish.state, "text": wish.text}
    return {name: value for name, value in parts.items() if value}


def _back() -> Response:
    query = urlencode({**_there(_wish()), "page": whole_number(request.form.get("page"), fallback=1)})
    return redirect(f"{url_for('browse.browse')}?{query}")
