"""What a page costs, in statements and bytes: counts, since seconds differ from machine to machine."""

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import event

from quizapp.services.context import Context
from tests.web.parts import MODULE, Visitor

LARGEST_FIRST_PAGE = 60 * 1024


@pytest.fixture
def statements(context: Context) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    event.listen(context.database.engine, "before_cursor_execute", note)
    yield seen
    event.remove(context.database.engine, "before_cursor_execute", note)


@pytest.mark.parametrize(
    ("path", "most"),
    [("/", 14), ("/library", 10), (f"/modules/{MODULE}", 10), ("/review", 10), ("/notes", 6), ("/labs", 6)],
)
def test_a_page_asks_the_database_a_few_times_only(
    visitor: Visitor, statements: list[str], path: str, most: int
) -> None:
    visitor.get(path)
    statements.clear()
    visitor.get(path)
    assert len([text for text in statements if not text.startswith(("BEGIN", "PRAGMA"))]) <= most, statements


def test_the_first_page_is_light(visitor: Visitor) -> None:
    page = visitor.get("/")
    total = len(page.data)
    for path in re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text):
        total += len(visitor.get(path, headers={"Accept-Encoding": "gzip"}).data)
    assert total <= LARGEST_FIRST_PAGE
