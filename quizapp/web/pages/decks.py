"""Cards as files: downloads for Anki and for spreadsheets."""

from flask import Blueprint, Response, request

from quizapp.services import take_along as service
from quizapp.web.here import ctx, user_id

page = Blueprint("decks", __name__)

TYPES = {".apkg": "application/octet-stream", ".csv": "text/csv", ".tsv": "text/tab-separated-values"}


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
