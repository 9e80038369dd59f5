"""Cards as files: downloads for Anki and for spreadsheets, and decks that a person brings."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Reply

from quizapp.services import take_along as service
from quizapp.services.bring_deck import Brought, bring_deck
from quizapp.services.errors import BadInput
from quizapp.services.modules import module_cards
from quizapp.web.here import ctx, user_id
from quizapp.web.wording import counted

page = Blueprint("decks", __name__)

TYPES = {".apkg": "application/octet-stream", ".csv": "text/csv", ".tsv": "text/tab-separated-values"}


@page.get("/decks")
def decks() -> str:
    """One's own decks, and a form to bring another one."""
    return _list()


@page.post("/decks")
def bring() -> str | tuple[str, int] | Reply:
    """Takes a file in, whole or not at all."""
    upload = request.files.get("upload")
    if upload is None or not upload.filename:
        return _list("Choose a file first."), 422
    file = upload.filename[-100:]
    try:
        done = bring_deck(ctx(), user_id(), upload.stream, file, name=request.form.get("name", "").strip() or None)
    except BadInput as error:
        return _list(f"{file} {error.says}."), 422
    flash(_told(done), "good")
    return redirect(url_for("modules.module", slug=done.slug) if done.slug else url_for("decks.decks"))


@page.get("/decks/cards.apkg")
def apkg() -> Response:
    """One's cards as an Anki package."""
    return _download(".apkg")


@page.get("/decks/cards.csv")
def csv() -> Response:
    """One's cards as a table that Excel reads too."""
    return _download(".csv")


@page.get("/decks/cards.tsv")
def tsv() -> Response:
    """One's cards as a table with tabs."""
    return _download(".tsv")


def _download(form: str) -> Response:
    module = request.args.get("module") or None
    content, _count = service.take_along(ctx(), user_id(), form, module_slug=module, bom=form == ".csv")
    response = Response(content, mimetype=TYPES[form])
    response.headers["Content-Disposition"] = f'attachment; filename="quizapp-cards{form}"'
    return response


def _list(trouble: str | None = None) -> str:
    own = [card for card in module_cards(ctx(), user_id()) if card.origin == "deck"]
    return render_template("decks.html", decks=own, trouble=trouble)


def _told(done: Brought) -> str:
    """What became of a file, in a sentence."""
    parts = [
        counted(done.new, "new card"),
        f"{done.changed} changed",
        f"{done.kept} as they were",
        f"{done.ours} from your notes",
    ]
    return f"Brought: {', '.join(parts)}; {counted(done.reviews, 'review')} added."
