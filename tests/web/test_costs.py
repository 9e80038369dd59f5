"""What a page costs, in statements and bytes: counts, since seconds differ from machine to machine."""

import re

import pytest

from quizapp.services.context import Context
from tests.databases import statements
from tests.web.parts import MODULE, Visitor

LARGEST_FIRST_PAGE = 60 * 1024


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/", 15),
        ("/library", 10),
        (f"/modules/{MODULE}", 10),
        ("/review", 10),
        ("/notes", 6),
        ("/labs", 6),
        ("/preferences", 2),
        ("/cards", 5),
        ("/statistics", 8),
    ],
)
def test_a_page_asks_the_database_a_few_times_only(visitor: Visitor, context: Context, path: str, most: int) -> None:
    visitor.get(path)
    with statements(context) as sent:
        visitor.get(path)
    assert len(sent) <= most, sent


def test_the_first_page_is_light(visitor: Visitor) -> None:
    page = visitor.get("/")
    total = len(page.data)
    for path in re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text):
        total += len(visitor.get(path, headers={"Accept-Encoding": "gzip"}).data)
    assert total <= LARGEST_FIRST_PAGE
