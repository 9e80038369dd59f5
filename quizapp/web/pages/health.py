"""For whoever watches over the server: it answers."""

from flask import Blueprint

page = Blueprint("health", __name__)


@page.get("/healthz")
def healthz() -> dict[str, bool]:
    """The app serves requests."""
    return {"ok": True}
