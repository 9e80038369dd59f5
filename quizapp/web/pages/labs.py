"""Labs: the list, and a lab with its steps as the cluster stands. Looking is a POST: it may store a pass."""

import hashlib

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from quizapp.labs.trouble import ClusterTrouble
from quizapp.services import labs as service
from quizapp.services.labs import LabPage, Verification
from quizapp.web.here import ctx, user_id, wants_fragment

page = Blueprint("labs", __name__)


@page.get("/labs")
def labs() -> str:
    """Every lab and how far this person is."""
    return render_template("labs.html", labs=service.labs_index(ctx(), user_id()))


@page.get("/labs/<slug>")
def lab(slug: str) -> str:
    """A lab with the steps passed so far; the cluster is not asked."""
    return _page(service.lab_page(ctx(), user_id(), slug), None)


@page.post("/labs/<slug>/start")
def start(slug: str) -> Response | tuple[str, int]:
    """Makes the lab's namespace in the chosen cluster."""
    context, allowed = _chosen()
    try:
        service.start_lab(ctx(), user_id(), slug, context=context, allow_context=allowed)
    except ClusterTrouble as trouble:
        return _page(service.lab_page(ctx(), user_id(), slug), None, refused=trouble), 409
    return redirect(url_for("labs.lab", slug=slug))


@page.post("/labs/<slug>/check")
def check(slug: str) -> str:
    """Looks at the cluster now; the page asks about once a second. Who made the namespace by hand starts here."""
    context, allowed = _chosen()
    seen = service.verify_lab(ctx(), user_id(), slug, context=context, allow_context=allowed)
    view = service.lab_page(ctx(), user_id(), slug)
    return _state(view, seen) if wants_fragment() else _page(view, seen)


@page.post("/labs/<slug>/end")
def end(slug: str) -> Response:
    """Ends the run and removes what it made."""
    try:
        service.end_lab(ctx(), user_id(), slug)
    except ClusterTrouble as trouble:
        flash(f"{trouble.says} {trouble.hint}".strip(), "care")
    else:
        flash("The lab has ended.", "good")
    return redirect(url_for("labs.lab", slug=slug))


def _chosen() -> tuple[str | None, str | None]:
    """The context chosen on the page, and the one that may be used although it is not minikube."""
    context = request.form.get("context") or None
    return context, context if request.form.get("allow") == "yes" else None


def _page(view: LabPage, seen: Verification | None, *, refused: ClusterTrouble | None = None) -> str:
    return render_template("lab.html", view=view, state=_state(view, seen), refused=refused)


def _state(view: LabPage, seen: Verification | None) -> str:
    """The part that follows the cluster; its digest tells the page whether anything in it has changed."""
    steps = seen.steps if seen else view.steps
    body = render_template("_steps.html", view=view, steps=steps, seen=seen)
    done = sum(step.state == "passed" for step in steps)
    return render_template(
        "_lab_state.html",
        body=body,
        digest=hashlib.sha256(body.encode()).hexdigest()[:16],
        done=done,
        total=len(steps),
        seen=seen,
    )
