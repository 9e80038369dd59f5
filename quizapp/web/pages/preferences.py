"""Preferences: how cards come back, how many a day, and when a day begins."""

import json
from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from quizapp.services import preferences as service
from quizapp.services.own_data import own_data
from quizapp.services.preferences import BadPreferences
from quizapp.web.here import ctx, user_id
from quizapp.web.zones import zones

page = Blueprint("preferences", __name__)


@page.get("/preferences")
def preferences() -> str:
    """What holds now, in a form."""
    return _form(service.preferences(ctx(), user_id()).texts())


@page.post("/preferences")
def keep() -> Response | tuple[str, int]:
    """Keeps the form, or says beside each field what is wrong with it; then nothing is kept."""
    texts = {name: request.form.get(name, "")[: service.LONGEST_TEXT] for name in service.DEFAULTS.texts()}
    try:
        service.keep_preferences(ctx(), user_id(), service.parse(texts))
    except BadPreferences as error:
        return _form(texts, error.troubles), 422
    flash("Kept. It holds from your next answer on.", "good")
    return redirect(url_for("preferences.preferences"))


@page.get("/preferences/my-data.json")
def my_data() -> Response:
    """Everything that is kept about the person, to take along."""
    data = own_data(ctx(), user_id())
    response = Response(json.dumps(data, indent=2, ensure_ascii=False), mimetype="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="quizapp-{data["exported_at"][:10]}.json"'
    return response


def _form(texts: Mapping[str, str], troubles: Mapping[str, str] | None = None) -> str:
    usual = service.DEFAULTS.texts()
    return render_template("preferences.html", texts=texts, troubles=troubles or {}, usual=usual, zones=zones())
