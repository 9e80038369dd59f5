"""Statistics: what was done with cards day by day, what is due, and whether memory keeps what was predicted."""

from collections.abc import Sequence
from datetime import date

from flask import Blueprint, render_template

from quizapp.scheduling.recall import Share
from quizapp.services import statistics as service
from quizapp.services.statistics import Bar, Studied
from quizapp.web import charts
from quizapp.web.charts import Chart
from quizapp.web.here import ctx, user_id
from quizapp.web.wording import counted

page = Blueprint("statistics", __name__)


@page.get("/statistics")
def statistics() -> str:
    """All numbers, each as a chart and as a table."""
    view = service.statistics(ctx(), user_id())
    waits = [
        (bar.count, f"{say_wait(bar)}: {counted(bar.count, 'card')}", str(bar.last or "more")) for bar in view.waits
    ]
    return render_template(
        "statistics.html",
        view=view,
        weeks=[view.calendar[start : start + 7] for start in range(0, len(view.calendar), 7)],
        say_wait=say_wait,
        forecast=charts.bars(_forecast(view.forecast)),
        heat=_heat(view.calendar),
        waits=charts.bars(waits),
        square=charts.square([point for one in view.calibration for point in _point(one[2])]),
    )


def say_wait(bar: Bar) -> str:
    """`1 day`, `2–3 days`, `over 365 days`."""
    if bar.last is None:
        return f">{bar.first - 1} days"
    return f"{bar.first}–{bar.last} days" if bar.last > bar.first else counted(bar.first, "day")


def say_day(day: date) -> str:
    """`Wed 25 Nov 2026`."""
    return f"{day:%a} {day.day} {day:%b %Y}"


def _forecast(bars: Sequence[Bar]) -> list[tuple[int, str, str]]:
    made = []
    for number, bar in enumerate(bars):
        assert bar.day, "a forecast is by day"
        word = "today" if number == 0 else f"+{number}" if number % 7 == 0 else ""
        made.append((bar.count, f"{say_day(bar.day)}: {counted(bar.count, 'card')}", word))
    return made


def _heat(days: Sequence[Studied]) -> Chart:
    made = []
    for number, one in enumerate(days):
        first = number % 7 == 0 and one.day.day <= 7 and number + 14 < len(days)
        off = ", a day off" if one.frozen else ""
        says = f"{say_day(one.day)}: {counted(one.answers, 'review')}{off}"
        made.append((one.answers, says, f"{one.day:%b}" if first else ""))
    return charts.heat(made)


def _point(one: Share) -> list[tuple[float, float, float, float, int, str]]:
    if one.predicted is None or one.known is None or one.low is None or one.high is None:
        return []
    says = f"{one.predicted:.0%} predicted, {one.known:.0%} known, {counted(one.count, 'review')}"
    return [(one.predicted, one.known, one.low, one.high, one.count, says)]
