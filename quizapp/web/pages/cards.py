"""Flashcards: show the answer, say how well it was known, take the last one back."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from quizapp.scheduling.events import Action
from quizapp.services import aside
from quizapp.services import review as service
from quizapp.services.errors import BadInput
from quizapp.services.review import CardView, Outcome
from quizapp.web.here import ctx, event_id, user_id, wants_fragment, whole_number

page = Blueprint("cards", __name__)

LONGEST_MS = 600_000
STALE = "This card has changed meanwhile, so {} was not counted."
AFTER = {
    Outcome.STALE: STALE.format("that answer"),
    Outcome.LEECH: "You missed that card over and over: it is a leech. Better read the fact again, or reword the card.",
    Outcome.SUSPENDED: "You missed that card over and over: it is a leech, and suspended until you take it back.",
}
ASIDE: dict[str, tuple[Action, bool, str]] = {
    "bury-card": ("bury", False, "Buried: the card rests until tomorrow."),
    "bury-fact": ("bury", True, "Buried: all cards of this fact rest until tomorrow."),
    "suspend-card": ("suspend", False, "Suspended: the card is asked no more until you take it back."),
    "suspend-fact": ("suspend", True, "Suspended: no card of this fact is asked until you take them back."),
}


@page.get("/review")
def review() -> str:
    """The card to answer now; `show` names a card whose back is to be seen without JavaScript."""
    card = service.next_card(ctx(), user_id(), module_slug=_module())
    shown = card is not None and request.args.get("show") == f"{card.item_id}.{card.ord}"
    return render_template("cards.html", card=card, shown=shown, module=_module())


@page.post("/review")
def answer() -> Response | str:
    """Stores how well a card was known."""
    form = request.form
    outcome = service.answer_card(
        ctx(),
        user_id(),
        item_id=form.get("item_id", ""),
        ord=whole_number(form.get("ord")),
        rating=whole_number(form.get("rating")),
        expected_rev=whole_number(form.get("rev")),
        client_event_id=event_id(),
        duration_ms=min(LONGEST_MS, whole_number(form.get("duration_ms"))) or None,
    )
    return _go_on(AFTER.get(outcome))


@page.post("/review/aside")
def set_aside() -> Response | str:
    """Buries or suspends a card, or all cards of its fact."""
    form = request.form
    if form.get("action") not in ASIDE:
        raise BadInput("action", f"is one of {', '.join(ASIDE)}")
    action, whole_fact, says = ASIDE[form["action"]]
    outcome = aside.set_aside(
        ctx(),
        user_id(),
        item_id=form.get("item_id", ""),
        action=action,
        whole_fact=whole_fact,
        expected_rev=whole_number(form.get("rev")),
        client_event_id=event_id(),
    )
    return _go_on(STALE.format("that") if outcome is Outcome.STALE else says)


def _go_on(says: str | None) -> Response | str:
    """The next card, with a word about the last one."""
    if wants_fragment():
        return _fragment(service.next_card(ctx(), user_id(), module_slug=_module()), says)
    if says:
        flash(says, "care")
    return redirect(url_for("cards.review", module=_module()))


@page.post("/review/undo")
def undo() -> Response | str:
    """Takes back what was done last and shows its card again."""
    card = service.undo(ctx(), user_id(), client_event_id=event_id())
    says = "Taken back." if card else "There is nothing of today to take back."
    if wants_fragment():
        return _fragment(card or service.next_card(ctx(), user_id(), module_slug=_module()), says)
    flash(says, "quiet")
    return redirect(url_for("cards.review", module=_module()))


def _fragment(card: CardView | None, says: str | None) -> str:
    return render_template("_card.html", card=card, shown=False, module=_module(), says=says)


def _module() -> str | None:
    return request.values.get("module") or None
