"""What a person sees when something is not possible, in plain words and with a way on. Knows no page."""

import sys

from flask import Flask, current_app, render_template
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from quizapp.services.errors import BadInput, DatabaseTrouble, NoRoom, NotFound, Stale
from quizapp.web.wording import sentence

WORDS = {
    400: (
        "That could not be read",
        "The page sent something that cannot be used. Go back, reload it and try again.",
    ),
    403: ("That is not open to you", "You are logged in, but this page belongs to somebody else."),
    404: ("There is no such page", "It may have been renamed or removed, or the address has a typing mistake."),
    405: ("That address wants a form", "It cannot be opened like a page. Go back and use the button there."),
    409: ("It has changed meanwhile", "Somebody, perhaps you in another tab, was faster. Go back and reload the page."),
    413: (
        "That is too large",
        "Notes may have 1 MB, a deck 32 MB. Nothing is lost: go back, your text is still there; split it in two.",
    ),
    429: ("Too many tries", "Wait a little, then try again."),
    507: (
        "The disk is full",
        "This was not saved; what you saved before is safe. Make room where the database is, go back, send it again.",
    ),
    500: (
        "Something broke on our side",
        "It was noted in the log. What you saved before is safe. Try again soon.",
    ),
}
TOKEN_WORDS = (
    "This page was open for too long",
    "Your answer was not sent, so that nobody else can answer for you. Go back, reload the page and send it again.",
)


def explain_problems(app: Flask) -> None:
    """Gives every error a page of its own."""
    app.register_error_handler(CSRFError, lambda _error: _page(400, TOKEN_WORDS))
    app.register_error_handler(HTTPException, _http_problem)
    app.register_error_handler(NotFound, lambda _error: _page(404, WORDS[404]))
    app.register_error_handler(BadInput, lambda error: _page(400, (WORDS[400][0], sentence(error.says))))
    for trouble in DatabaseTrouble:
        app.register_error_handler(trouble, _database_trouble)
    app.register_error_handler(NoRoom, lambda _error: _page(507, WORDS[507]))
    app.register_error_handler(Stale, lambda _error: _page(409, WORDS[409]))


def _http_problem(error: HTTPException) -> HTTPException | tuple[str, int]:
    code = error.code or 500
    if code < 400:
        return error
    return _page(code, WORDS.get(code, (error.name, error.description or "")))


def _database_trouble(_error: Exception) -> tuple[str, int, dict[str, str]]:
    """No page: a page greets its reader, and who that is stands in the database."""
    current_app.log_exception(sys.exc_info())
    says = "The database does not answer just now. What you saved before is safe. Try again in a minute.\n"
    return says, 503, {"Content-Type": "text/plain; charset=utf-8", "Retry-After": "30"}


def _page(code: int, words: tuple[str, str]) -> tuple[str, int]:
    title, says = words
    return render_template("problem.html", code=code, title=title, says=says), code
