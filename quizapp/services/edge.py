"""Checks of what comes from outside, shared by services. Knows no table."""

import re

from quizapp.services.errors import BadInput

EVENT_ID = re.compile(r"[A-Za-z0-9._:-]{1,64}")


def check_event_id(client_event_id: str) -> None:
    """Raises BadInput for a name of an event that no page of ours makes."""
    if not EVENT_ID.fullmatch(client_event_id):
        raise BadInput("client_event_id", "has 1 to 64 letters, digits, dots, colons or dashes")
