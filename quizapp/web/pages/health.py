"""For whoever watches over the server: it answers, it can serve, how much it does."""

import hmac
import ipaddress

from flask import Blueprint, Response, abort, request

from quizapp.services.readiness import READY, database_state
from quizapp.web.here import ctx
from quizapp.web.metrics import CONTENT_TYPE_LATEST
from quizapp.web.observe import metrics as counters
from quizapp.web.security import LOOPBACK_NAMES, is_trusted

page = Blueprint("health", __name__)

PASSED_ON = ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via")


@page.get("/healthz")
def healthz() -> dict[str, bool]:
    """The app serves requests."""
    return {"ok": True}


@page.get("/readyz")
def readyz() -> tuple[dict[str, object], int]:
    """People can be served: the database answers and has this version's shape."""
    state = database_state(ctx())
    return {"ok": state == READY, "database": state}, 200 if state == READY else 503


@page.get("/metrics")
def metrics() -> Response:
    """Counters for Prometheus; for everybody else there is no such page."""
    if not (_has_token() or _is_on_this_machine()):
        abort(404)
    return Response(counters().text(), content_type=CONTENT_TYPE_LATEST)


def _has_token() -> bool:
    token, given = ctx().settings.metrics_token, request.authorization
    if not token or given is None or given.type != "bearer" or not given.token:
        return False
    return hmac.compare_digest(token.encode(), given.token.encode("utf-8", "surrogatepass"))


def _is_on_this_machine() -> bool:
    """Asked by a program here and not through a proxy, for which every request comes from this machine as well."""
    before_proxies = request.environ.get("werkzeug.proxy_fix.orig") or request.environ
    try:
        near = ipaddress.ip_address(before_proxies.get("REMOTE_ADDR") or "").is_loopback
    except ValueError:
        return False
    by_name = is_trusted(request.headers.get("Host", ""), LOOPBACK_NAMES)
    return near and by_name and not any(name in request.headers for name in PASSED_ON)
