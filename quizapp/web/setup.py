"""Puts the web side together: walls, people, assets, pages. Knows no page by name."""

from flask import Flask
from jinja2 import StrictUndefined

from quizapp.services.context import Context
from quizapp.web import wording
from quizapp.web.assets import serve_assets
from quizapp.web.here import fresh_event_id
from quizapp.web.login import know_people
from quizapp.web.observe import observe
from quizapp.web.problems import explain_problems
from quizapp.web.registry import PAGES
from quizapp.web.render import render_inline, render_notes, render_quote
from quizapp.web.security import protect


def build_app(context: Context) -> Flask:
    """The pages over a context."""
    app = Flask("quizapp.web", static_folder=None)
    app.extensions["quizapp"] = context
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    observe(app, context)
    protect(app, context.settings)
    know_people(app, context)
    serve_assets(app)
    explain_problems(app)
    for page in PAGES:
        app.register_blueprint(page)
    app.add_url_rule("/favicon.ico", "favicon", lambda: ("", 204))
    app.add_template_global(fresh_event_id)
    app.jinja_env.globals["has_accounts"] = context.settings.mode == "server"
    app.jinja_env.filters.update(notes=render_notes, quote=render_quote, inline=render_inline)
    wording.add_filters(app, context.now)
    return app
