"""Checks of what comes from outside, shared by services. Knows no table."""

import re
import unicodedata

from quizapp.scheduling.studyday import zone
from quizapp.services.errors import BadInput

TITLE_LENGTH = 120
LONGEST_MS = 60_000
EVENT_ID = re.compile(r"[A-Za-z0-9._:-]{1,64}")


def check_event_id(client_event_id: str) -> None:
    """Raises BadInput for a name of an event that no page of ours makes."""
    if not EVENT_ID.fullmatch(client_event_id):
        raise BadInput("client_event_id", "has 1 to 64 letters, digits, dots, colons or dashes")


def checked_title(title: str) -> str:
    """A title as it is kept; raises BadInput for one that is none."""
    title = " ".join(unicodedata.normalize("NFC", title).split())
    if not title or len(title) > TITLE_LENGTH or not title.isprintable():
        raise BadInput("title", f"a title has 1 to {TITLE_LENGTH} characters, none of them control characters")
    return title


def check_zone(field: str, tz_name: str) -> None:
    """Raises BadInput for a time zone that nobody knows."""
    try:
        zone(tz_name)
    except ValueError as error:
        raise BadInput(field, f"{error}; an example is Europe/Berlin") from error


def kept_ms(took: int) -> int:
    """How long an answer took, in milliseconds: beyond a minute somebody was elsewhere."""
    return min(max(0, took), LONGEST_MS)
