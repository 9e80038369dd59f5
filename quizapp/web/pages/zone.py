"""Where a person is, as their browser says: study days begin in the small hours there."""

from flask import Blueprint, request

from quizapp.services.errors import BadInput
from quizapp.services.users import set_time_zone
from quizapp.web.here import ctx, user_id

page = Blueprint("zone", __name__)


@page.post("/time-zone")
def time_zone() -> tuple[str, int]:
    """Keeps the zone; one that nobody knows is refused and changes nothing."""
    try:
        set_time_zone(ctx(), user_id(), request.form.get("zone", ""))
    except BadInput as error:
        return error.says, 422
    return "", 204
