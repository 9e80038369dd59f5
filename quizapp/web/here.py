"""What a page asks about the request it serves: the context, the person, the way back. Knows no page."""

import secrets
from typing import cast

from flask import current_app, request
from flask_login import current_user

from quizapp.services.context import Context
from quizapp.services.users import UserView


def ctx() -> Context:
    """What services work with."""
    return cast(Context, current_app.extensions["quizapp"])


def person() -> UserView:
    """Who is asking; pages without a login never call this."""
    return cast(UserView, current_user.view)


def user_id() -> str:
    """The id of who is asking."""
    return person().id


def wants_fragment() -> bool:
    """Whether htmx asks for the piece that changes instead of the whole page."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-Boosted") != "true"


def fresh_event_id() -> str:
    """A name for one submission of one form, so that sending it twice counts once."""
    return secrets.token_urlsafe(16)


def event_id() -> str:
    """The name the form came with; a form without one counts as new."""
    return request.form.get("event_id", "")[:64] or fresh_event_id()


def whole_number(text: str | None, *, fallback: int = 0) -> int:
    """A small whole number that came from outside, or the fallback."""
    text = text or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else fallback
