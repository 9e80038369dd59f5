"""Curating a module: accept, hide or rewrite what is asked, and take the decisions along as a file."""

from collections.abc import Sequence

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Reply

from quizapp.curation.texts import CHOSEN, FORMS, Choice, Problem, Texts
from quizapp.services import curate as service
from quizapp.services import curation_files as files
from quizapp.services.curate import BadTexts, EditView
from quizapp.services.curation_files import BadFile
from quizapp.services.errors import Stale
from quizapp.web.here import ctx, person, whole_number
from quizapp.web.wording import counted

page = Blueprint("curate", __name__)

Shown = str | tuple[str, int] | Reply
MOST_ROWS = 100
DONE = {
    "accept": "Accepted.",
    "hide": "Hidden: it is not asked any more.",
    "bring-back": "Brought back: it is asked again.",
    "take-back": "Taken back: it is as the notes give it.",
}
STALE = "This item was changed meanwhile, here or by new notes. Your texts are below: look at them and save again."


@page.get("/modules/<slug>/curate")
def module(slug: str) -> str:
    """Every item of a module by section, and what was decided about it."""
    return _list(slug)


@page.get("/modules/<slug>/curate/<item_id>")
def item(slug: str, item_id: str) -> str:
    """The texts of one item in a form."""
    view = service.item_to_edit(ctx(), person(), slug, item_id)
    return _form(view, view.texts)


@page.post("/modules/<slug>/curate/<item_id>/decide")
def decide(slug: str, item_id: str) -> Reply:
    """Accepts, hides, brings back or takes back, then shows the item where it stands now."""
    action = request.form.get("action", "")
    service.decide(ctx(), person(), slug, item_id, action, whole_number(request.form.get("version")))
    flash(DONE[action], "good")
    return redirect(url_for("curate.module", slug=slug, _anchor=item_id))


@page.post("/modules/<slug>/curate/<item_id>")
def edit(slug: str, item_id: str) -> Shown:
    """Shows what the lints say of new texts, or saves them."""
    view = service.item_to_edit(ctx(), person(), slug, item_id)
    texts = _texts(view)
    try:
        if request.form.get("action") != "save":
            checked = service.check_texts(view, texts)
            return _form(checked, checked.texts, says="Nothing is broken. It is not saved yet.")
        service.edit(ctx(), person(), slug, item_id, texts, whole_number(request.form.get("version")))
    except BadTexts as error:
        return _form(view, texts, problems=error.problems), 422
    except Stale:
        return _form(view, texts, says=STALE), 409
    flash("Saved and accepted: you vouch for it.", "good")
    return redirect(url_for("curate.module", slug=slug, _anchor=item_id))


@page.get("/modules/<slug>/curation.yaml")
def export(slug: str) -> Response:
    """Everything that was decided, as a file."""
    name, text = files.export_decisions(ctx(), person(), slug)
    response = Response(text, mimetype="application/yaml")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@page.post("/modules/<slug>/curation.yaml")
def bring(slug: str) -> Shown:
    """Takes the decisions of a file in: all of them, or none."""
    upload = request.files.get("upload")
    if upload is None or not upload.filename:
        return _list(slug, ("Choose a file first.",)), 422
    try:
        done = files.import_decisions(ctx(), person(), upload.read(), file=upload.filename[:100], slug=slug)
    except BadFile as error:
        return _list(slug, str(error).splitlines()), 422
    waits = f"; {counted(done.waiting, 'item')} of them not in the notes now" if done.waiting else ""
    flash(f"Imported: {counted(done.decisions, 'decision')}, {done.new or 'none'} of them new{waits}.", "good")
    return redirect(url_for("curate.module", slug=slug))


def _list(slug: str, troubles: Sequence[str] = ()) -> str:
    return render_template("curate.html", view=service.module_to_curate(ctx(), person(), slug), troubles=troubles)


def _form(view: EditView, texts: Texts, *, problems: Sequence[Problem] = (), says: str | None = None) -> str:
    troubles = {one.field: one.says for one in reversed(problems)}
    told = [f"{_named(one.field)} {one.says}" for one in problems]
    return render_template("curate_item.html", view=view, texts=texts, troubles=troubles, told=told, says=says)


def _named(field: str) -> str:
    """A field as the form calls it."""
    name, *path = field.split(".")
    if not path:
        return {"front": "The front", "back": "The back", "whole": "The whole command"}.get(name, "This question")
    number = int(path[0]) + 1
    if name == "pairs":
        return f"Pair {number}, its {'right' if path[1] == '1' else 'left'} side,"
    return f"Option {number}" if path[1] == "text" else f"What is said about option {number}"


def _texts(view: EditView) -> Texts:
    """What the form holds, rows that were left empty included, so that every trouble finds its field."""
    sent, form = request.form, view.texts.form
    right = {whole_number(place, fallback=-1) for place in sent.getlist("right")}
    options = (
        Choice(sent.get(f"{form}.{n}.text", ""), n in right, sent.get(f"{form}.{n}.feedback", ""))
        for n in _rows(form, "text")
    )
    pairs = ((sent.get(f"pairs.{n}.0", ""), sent.get(f"pairs.{n}.1", "")) for n in _rows("pairs", "0"))
    return Texts(
        form=form,
        prompt=sent.get(FORMS[form][0], ""),
        back=sent.get("back", ""),
        options=tuple(options) if form in CHOSEN else (),
        answers=tuple(sent.get("answers", "").splitlines()) if "answers" in FORMS[form] else (),
        whole=sent.get("whole", ""),
        pairs=tuple(pairs) if form == "pairs" else (),
        steps=tuple(sent.get("steps", "").splitlines()) if form == "steps" else (),
    )


def _rows(name: str, part: str) -> range:
    """The rows that were sent, from the first one to the first that is missing."""
    count = next((n for n in range(MOST_ROWS) if f"{name}.{n}.{part}" not in request.form), MOST_ROWS)
    return range(count)
