"""Numbers and times as words. Knows no page and no clock: it is handed one."""

from collections.abc import Callable
from datetime import datetime, timedelta

from flask import Flask

from quizapp.scheduling.studyday import zone

# Not strftime's names, which are those of the machine's language.
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
STEPS = (
    (timedelta(days=365), "year"),
    (timedelta(days=30), "month"),
    (timedelta(days=1), "day"),
    (timedelta(hours=1), "hour"),
    (timedelta(minutes=1), "minute"),
)


def add_filters(app: Flask, now: Callable[[], datetime]) -> None:
    """The filters of this file, for templates."""
    app.jinja_env.filters.update(
        counted=counted,
        relative=lambda when: relative(when, now()),
        wall=wall,
        path_text=path_text,
        line_range=line_range,
        sentence=sentence,
    )


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """`1 card`, `3 cards`, `no cards`."""
    words = noun if number == 1 else plural or f"{noun}s"
    return f"{number or 'no'} {words}"


def relative(when: datetime, now: datetime) -> str:
    """`in 3 hours`, `2 days ago`, `now`: true in every time zone."""
    gap = abs(when - now)
    for size, noun in STEPS:
        if gap >= size:
            words = counted(gap // size, noun)
            return f"in {words}" if when > now else f"{words} ago"
    return "in a moment" if when > now else "just now"


def wall(when: datetime, tz_name: str) -> str:
    """`Wed 28 Oct 2026, 18:00`: what clocks and calendars show there."""
    local = when.astimezone(zone(tz_name))
    return f"{DAYS[local.weekday()]} {local.day} {MONTHS[local.month - 1]} {local.year}, {local:%H:%M}"


def path_text(path: tuple[str, ...]) -> str:
    """A heading path as one line."""
    return " › ".join(path)


def line_range(lines: tuple[int, int]) -> str:
    """`line 4` or `lines 4 to 7`."""
    first, last = lines
    return f"line {first}" if first == last else f"lines {first} to {last}"


def sentence(says: str) -> str:
    """With a capital at its begin and a stop at its end."""
    says = says[:1].upper() + says[1:]
    return says if says.endswith((".", "!", "?")) else f"{says}."
