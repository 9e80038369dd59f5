"""The time zones that a form offers. Knows no page."""

from functools import cache
from zoneinfo import available_timezones


@cache
def zones() -> tuple[str, ...]:
    """The zones that a person would name: a continent or ocean, and a place there."""
    return tuple(
        sorted(name for name in available_timezones() if "/" in name and not name.startswith(("Etc", "SystemV")))
    )
