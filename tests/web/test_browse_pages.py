"""The page of all cards: what is looked for stays in the form, and what is done there can be taken back there."""

import re

from quizapp.services.browse import PAGE
from quizapp.services.context import Context
from tests.databases import statements
from tests.web.parts import MODULE, Visitor

PATH = "/cards"


def ticked(page: str, count: int) -> list[str]:
    return re.findall(r'name="card" value="([^"]+)"', page)[:count]


def total(page: str) -> int:
    found = re.search(r'<h2 id="found">(\w+) cards?</h2>', page)
    assert found
    return 0 if found[1] == "No" else int(found[1])


def test_what_is_looked_for_stays_in_the_form_and_on_the_next_page(visitor: Visitor) -> None:
    page = visitor.get(f"{PATH}?module={MODULE}&state=new&text=a").text
    assert f'<option value="{MODULE}" selected>' in page
    assert '<option value="new" selected>' in page
    assert 'name="text" value="a"' in page
    follow = re.search(r'href="(/cards\?page=2[^"]+)">Next', page)
    assert follow
    following = visitor.get(follow[1].replace("&amp;", "&")).text
    assert total(following) == total(page) > PAGE
    assert not set(ticked(page, PAGE)) & set(ticked(following, PAGE))


def test_ticked_cards_are_suspended_and_the_search_stays(visitor: Visitor) -> None:
    cards = ticked(visitor.get(PATH).text, 2)
    form = {"card": cards, "action": "suspend", "text": "a", "page": "1"}
    reply = visitor.post(PATH, form, at=PATH)
    assert reply.headers["Location"] == "/cards?text=a&page=1"
    assert "2 cards suspended." in visitor.get(PATH).text
    page = visitor.get(f"{PATH}?state=suspended").text
    assert ticked(page, 9) == cards
    visitor.post("/cards/undo", {}, at=PATH)
    assert total(visitor.get(f"{PATH}?state=suspended").text) == 0


def test_all_that_were_found_are_changed_although_none_is_ticked(visitor: Visitor) -> None:
    found = total(visitor.get(f"{PATH}?text=kubelet").text)
    assert found
    visitor.post(PATH, {"which": "found", "action": "suspend", "text": "kubelet"}, at=PATH)
    assert total(visitor.get(f"{PATH}?state=suspended").text) == found
    visitor.post(PATH, {"which": "found", "action": "unsuspend", "state": "suspended"}, at=PATH)
    assert "Show all cards" in visitor.get(f"{PATH}?state=suspended").text


def test_pressing_a_button_with_nothing_ticked_changes_nothing(visitor: Visitor) -> None:
    visitor.post(PATH, {"which": "ticked", "action": "suspend"}, at=PATH)
    assert "Tick some cards first" in visitor.get(PATH).text
    assert total(visitor.get(f"{PATH}?state=suspended").text) == 0


def test_an_action_that_nobody_offers_is_refused(visitor: Visitor) -> None:
    assert visitor.post(PATH, {"which": "found", "action": "delete"}, at=PATH).status_code == 400


def test_what_is_searched_stays_text(visitor: Visitor) -> None:
    page = visitor.get(PATH, query_string={"text": '"><script>alert(1)</script>'}).text
    assert "<script>alert" not in page
    assert "No card is so." in page


def test_the_page_costs_few_statements(visitor: Visitor, context: Context) -> None:
    visitor.get(PATH)
    for query in ("", f"?module={MODULE}", "?text=pod&state=new"):
        with statements(context) as sent:
            visitor.get(PATH + query)
        assert len(sent) <= 5
