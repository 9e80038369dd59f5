"""Cards as downloads."""

import pytest

from tests.exchange.packages import look_inside
from tests.web.parts import MODULE, Visitor


def test_the_cards_page_links_to_ones_cards_as_files(visitor: Visitor) -> None:
    page = visitor.get("/review").text
    for form in ("apkg", "csv", "tsv"):
        path = f"/decks/cards.{form}"
        assert f'href="{path}"' in page
        reply = visitor.get(path)
        assert reply.status_code == 200
        assert reply.headers["Content-Disposition"] == f'attachment; filename="quizapp-cards.{form}"'
    assert len(look_inside(visitor.get("/decks/cards.apkg").data).cards) > 10
    assert visitor.get("/decks/cards.csv").data.startswith(b"\xef\xbb\xbfid,front")


def test_a_modules_cards_page_links_to_that_modules_cards(visitor: Visitor) -> None:
    page = visitor.get(f"/review?module={MODULE}").text
    assert f'href="/decks/cards.apkg?module={MODULE}"' in page
    assert visitor.get(f"/decks/cards.tsv?module={MODULE}").data.startswith(b"id\tfront")
    assert visitor.get("/decks/cards.tsv?module=nowhere").status_code == 404


@pytest.mark.parametrize("form", ["apkg", "csv", "tsv"])
def test_in_server_mode_nobody_gets_cards_without_a_login(server: Visitor, form: str) -> None:
    assert server.get(f"/decks/cards.{form}").status_code == 302
