"""What the person who runs the server is told: one line of JSON and one count a request, and why one broke.

A line has the route's pattern and never the address itself: an address may hold what was asked, or a link's token.
There is nothing of queries, forms, cookies or names in it; who asked is told by id.
"""

import json
import logging
import os
import re
import secrets
import traceback
from time import perf_counter
from types import TracebackType
from typing import Any, cast

from flask import Flask, Response, current_app, g, request

from quizapp.services.context import Context
from quizapp.services.readiness import watch_database_errors
from quizapp.web.metrics import Metrics

LOG = logging.getLogger("quizapp.requests")
ID_HEADER = "X-Request-ID"
USABLE_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
Broken = tuple[type, BaseException, TracebackType] | tuple[None, None, None]
VALUES = re.compile(r"^DETAIL:.*$", re.MULTILINE)  # where PostgreSQL repeats what was stored


def observe(app: Flask, context: Context) -> None:
    """Watches every request; called before anything that may answer one, so that refusals are seen too."""
    counters = Metrics(context.settings.metrics_dir)
    watch_database_errors(context, counters.count_database_error)
    app.extensions["quizapp-metrics"] = counters
    believed = context.settings.proxies > 0

    def begin() -> None:
        given = request.headers.get(ID_HEADER, "") if believed else ""
        g.request_id = given if USABLE_ID.fullmatch(given) else secrets.token_hex(8)
        g.started = perf_counter()

    def finish(response: Response) -> Response:
        seconds = perf_counter() - g.started
        route = request.url_rule.rule if request.url_rule else None
        counters.count_request(request.method, route, response.status_code, seconds)
        response.headers[ID_HEADER] = g.request_id
        if LOG.isEnabledFor(logging.INFO):
            told = {"status": response.status_code, "ms": round(seconds * 1000, 1), "user": g.get("person_id")}
            LOG.info(_line(context, **told))
        return response

    def log_exception(found: Broken) -> None:
        text = VALUES.sub("DETAIL: left out", "".join(traceback.format_exception(*found)))
        LOG.error(_line(context, error=found[0].__name__ if found[0] else "", traceback=text))

    app.before_request(begin)
    app.after_request(finish)
    if context.settings.mode == "server":
        app.log_exception = log_exception  # type: ignore[method-assign,assignment]


def metrics() -> Metrics:
    """The counters of this app."""
    return cast(Metrics, current_app.extensions["quizapp-metrics"])


def _line(context: Context, **told: Any) -> str:
    route = request.url_rule.rule if request.url_rule else None
    known = {"time": context.now().isoformat(timespec="milliseconds"), "request_id": g.get("request_id")}
    return json.dumps({**known, "method": request.method[:16], "route": route, **told, "worker": os.getpid()})
