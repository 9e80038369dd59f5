"""Labs: the list, and a lab with its steps as the cluster stands. Looking is a POST: it may store a pass."""

import hashlib
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from quizapp.labs.finding import ASKED
from quizapp.labs.trouble import ClusterTrouble
from quizapp.services import labs as service
from quizapp.services.errors import BadInput
from quizapp.services.labs import LabPage, TooManyAnswers, Verification
from quizapp.web.here import ctx, user_id, wants_fragment, whole_number

page = Blueprint("labs", __name__)


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said beside the question that was answered."""

    key: str
    tone: str
    says: str


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


@page.post("/labs/<slug>/hint")
def hint(slug: str) -> Response:
    """Opens the next hint of a step."""
    step, number = request.form.get("step", ""), whole_number(request.form.get("rung"))
    service.open_hint(ctx(), user_id(), slug, step, number)
    return redirect(url_for("labs.lab", slug=slug, _anchor=f"hint-{step}-{number}"))


@page.post("/labs/<slug>/answer")
def answer(slug: str) -> str | tuple[str, int]:
    """Stores what was typed and looks at the cluster; the reply is the page itself, as for a look."""
    step, key = request.form.get("step", ""), request.form.get("key", "")
    try:
        seen = service.answer_step(ctx(), user_id(), slug, step, key, request.form.get("typed", ""))
    except TooManyAnswers as error:
        says = f"Many answers in a short time. Look at your cluster, and answer again in {error.wait_seconds} seconds."
        return _page(service.lab_page(ctx(), user_id(), slug), None, reply=Reply(key, "care", says)), 429
    except BadInput as error:
        return _page(service.lab_page(ctx(), user_id(), slug), None, reply=Reply(key, "care", error.says)), 422
    view = service.lab_page(ctx(), user_id(), slug)
    return _page(view, seen, reply=_reply(view, seen, step, key))


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


def _reply(view: LabPage, seen: Verification, step_id: str, key: str) -> Reply:
    """What the look says of an answer, without the right one."""
    step = next(step for step in seen.steps if step.id == step_id)
    ask = next(question.ask for question in view.help[step_id].questions if question.key == key)
    if step.state == "unknown":
        return Reply(key, "care", "Your cluster could not be observed, so nobody knows yet. Your answer is kept.")
    if any(finding.path == f"{ASKED}{ask}" for finding in step.findings):
        return Reply(key, "bad", "That is not what your cluster says now. Look again.")
    if step.state == "passed" or not any(key.startswith(finding.path) for finding in step.findings):
        return Reply(key, "good", "That is right.")
    return Reply(key, "care", "There is nothing to compare it with yet. Your answer is kept.")


def _page(
    view: LabPage, seen: Verification | None, *, refused: ClusterTrouble | None = None, reply: Reply | None = None
) -> str:
    return render_template("lab.html", view=view, state=_state(view, seen), refused=refused, reply=reply)


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
