"""Statistics as charts and tables: marks stand where their numbers say, and every number is in a table as well."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.services.context import Context
from quizapp.services.preferences import DEFAULTS
from quizapp.web.charts import FOOT, LEFT, SIDE, TOP, WIDTH, bars, heat, level, nice_top, square
from tests.databases import statements
from tests.web.parts import Visitor
from tests.web.test_card_pages import card_form

PATH = "/statistics"


@given(st.lists(st.integers(0, 100_000), min_size=1, max_size=60))
def test_bars_stand_on_the_floor_in_proportion_and_within_the_drawing(values: list[int]) -> None:
    chart = bars([(value, "", "") for value in values])
    drawn = [value for value in values if value]
    assert len(chart.boxes) == len(drawn)
    for box, value in zip(chart.boxes, drawn, strict=True):
        assert box.y + box.height == pytest.approx(chart.height - FOOT, abs=0.05)
        assert box.y >= TOP - 0.05
        assert box.x >= LEFT
        assert box.x + box.width <= WIDTH
        assert box.height == pytest.approx((chart.height - FOOT - TOP) * value / nice_top(max(values)), abs=0.01)


@pytest.mark.parametrize(
    ("most", "top"), [(0, 1), (1, 1), (2, 2), (3, 4), (7, 10), (10, 10), (11, 20), (61, 100), (999, 1000)]
)
def test_an_axis_ends_at_a_round_number(most: int, top: int) -> None:
    assert nice_top(most) == top


def test_a_day_is_as_strong_as_it_was_busy() -> None:
    assert [level(value, 40) for value in (0, 1, 10, 11, 30, 40)] == [0, 1, 1, 2, 3, 4]
    assert level(0, 0) == 0


def test_weeks_are_columns_from_monday_down() -> None:
    chart = heat([(n, str(n), "") for n in range(16)])
    xs, ys = {box.x for box in chart.boxes}, {box.y for box in chart.boxes}
    assert (len(xs), len(ys)) == (3, 7)
    assert [box.says for box in chart.boxes if box.y == min(ys)] == ["0", "7", "14"]


def test_dots_stand_on_the_line_when_what_was_predicted_came_true() -> None:
    found = square([(0.9, 0.9, 0.4, 0.95, 10, ""), (0.6, 0.8, 0.7, 0.9, 40, "")])
    on_line, above = found.dots
    assert found.floor == 0.5
    assert on_line.x - LEFT == pytest.approx(SIDE - (on_line.y - TOP), abs=0.05)
    assert above.y < TOP + SIDE - (above.x - LEFT)
    assert on_line.low == TOP + SIDE  # what lies deeper than the axis stands on the floor
    assert above.radius > on_line.radius


def answer(visitor: Visitor, rating: int) -> None:
    visitor.post("/review", {**card_form(visitor.get("/review").text, rating), "duration_ms": "60000"}, at="/review")


def tables(page: str) -> str:
    return " ".join(re.findall(r"<table>.*?</table>", page, re.DOTALL))


def test_who_has_done_nothing_is_led_to_the_first_card(visitor: Visitor) -> None:
    page = visitor.get(PATH).text
    assert "There is nothing to count yet" in page
    assert 'href="/review"' in page
    assert "<svg" not in page


def test_every_chart_has_its_numbers_in_a_table(visitor: Visitor) -> None:
    for rating in (4, 4, 3):
        answer(visitor, rating)
    page = visitor.get(PATH).text
    assert page.count("<svg") - 1 == len(re.findall(r"<svg[^>]*role=\"img\" aria-label=\"[^\"]+\"", page)) == 3
    assert "<title>Wed 25 Nov 2026: 3 reviews</title>" in page
    assert "2026-11-23" in tables(page)
    assert "<td>3</td>" in tables(page)
    assert "8–14 days" in tables(page)
    assert page.count("<table>") == 4


def test_a_card_that_came_back_is_set_against_its_prediction(visitor: Visitor, context: Context) -> None:
    answer(visitor, 4)
    context.now.advance(days=30)
    answer(visitor, 3)
    page = visitor.get(PATH).text
    assert re.search(r"<title>\d+% predicted, 100% known, 1 review</title>", page)
    assert "<circle" in page
    assert "1 review" in page


def test_a_streak_is_shown_until_it_is_hidden(visitor: Visitor) -> None:
    answer(visitor, 4)
    assert 'id="streak"' in visitor.get(PATH).text
    visitor.post("/preferences", DEFAULTS.texts() | {"show_streak": ""}, at="/preferences")
    page = visitor.get(PATH).text
    assert 'id="streak"' not in page
    assert "in a row" not in page


def test_the_page_costs_few_statements(visitor: Visitor, context: Context) -> None:
    answer(visitor, 4)
    with statements(context) as sent:
        visitor.get(PATH)
    assert len(sent) <= 8
