"""The walls every page stands behind: hosts, sizes, tokens against forged forms, headers. Knows no page."""

from flask import Flask, Response, request
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from quizapp.settings import Settings

LARGEST_REQUEST = 2 * 1024 * 1024
LARGER = {"/decks": 32 * 1024 * 1024}  # decks of other programs; a file is kept on disk while it is read

LOOPBACK_NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})
WATCHED_FROM_HERE = frozenset({"health.healthz", "health.readyz", "health.metrics"})

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Frame-Options": "DENY",
}


def protect(app: Flask, settings: Settings) -> None:
    """Puts the walls up; nothing of them can be switched off by a page."""
    server = settings.mode == "server"
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        MAX_FORM_MEMORY_SIZE=LARGEST_REQUEST,
        WTF_CSRF_TIME_LIMIT=None,
        SESSION_COOKIE_NAME="__Host-quizapp" if server else f"quizapp_{settings.port}",
        SESSION_COOKIE_SECURE=server,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
    )
    if settings.proxies:
        # The client's address and scheme only: the name people type is in Host, which a proxy hands on.
        wsgi = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies, x_host=0, x_prefix=0)
        app.wsgi_app = wsgi  # type: ignore[method-assign]
    names = frozenset(host.lower() for host in settings.trusted_hosts)
    app.before_request(lambda: _refuse_strange_host(names))
    app.before_request(_allow_larger)
    CSRFProtect(app)
    app.after_request(_with_headers)


def is_trusted(header: str, names: frozenset[str]) -> bool:
    """Whether a Host header names one of our names, whatever the port.

    Werkzeug's TRUSTED_HOSTS has no way to say [::1], and it raises before a page can say so in plain words.
    """
    name, _, port = header.rpartition(":") if not header.endswith("]") else (header, "", "")
    if not name:
        name, port = port, ""
    return name.lower() in names and (not port or (port.isascii() and port.isdigit()))


def _refuse_strange_host(names: frozenset[str]) -> tuple[str, int, dict[str, str]] | None:
    if request.endpoint in WATCHED_FROM_HERE:  # who watches from this machine has no other name for it
        names |= LOOPBACK_NAMES
    if is_trusted(request.headers.get("Host", ""), names):
        return None
    says = "This address is not one of quizapp's own, so it does not answer here.\n"
    return says, 400, {"Content-Type": "text/plain; charset=utf-8"}


def _allow_larger() -> None:
    """Some addresses take more; this has to be said before anybody looks at the form."""
    if request.path in LARGER:
        request.max_content_length = LARGER[request.path]


def _with_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers[name] = value
    if request.endpoint != "static" or response.status_code != 200:
        response.headers["Cache-Control"] = "no-store"
    return response
