"""Flashcards with forms alone."""

import re

from tests.web.parts import Visitor

FIELD = re.compile(r'name="(item_id|ord|rev|event_id)" value="([^"]*)"')


def card_form(page: str, rating: int) -> dict[str, object]:
    ratings = page.split('id="ratings"')[1].split("</form>")[0]
    return {**dict(FIELD.findall(ratings)), "rating": str(rating)}


def done_today(visitor: Visitor) -> int:
    return int(re.search(r"(\d+) done today", visitor.get("/review").text)[1])


def test_the_answer_is_shown_by_a_link(visitor: Visitor) -> None:
    page = visitor.get("/review").text
    assert 'id="back" tabindex="-1" hidden' in page
    show = re.search(r'href="(/review\?show=[^"#]+)', page)[1].replace("&amp;", "&")
    assert 'id="back" tabindex="-1">' in visitor.get(show).text


def test_rating_a_card_brings_the_next_one(visitor: Visitor) -> None:
    form = card_form(visitor.get("/review").text, 3)
    assert visitor.post("/review", form, at="/review").status_code == 302
    assert done_today(visitor) == 1
    assert form["item_id"] not in visitor.get("/review").text.split('id="ratings"')[1]


def test_sending_a_rating_twice_counts_once(visitor: Visitor) -> None:
    form = card_form(visitor.get("/review").text, 4)
    for _ in range(3):
        visitor.post("/review", form, at="/review")
    assert done_today(visitor) == 1


def test_a_rating_from_another_tab_is_refused_kindly(visitor: Visitor) -> None:
    form = card_form(visitor.get("/review").text, 4)
    visitor.post("/review", form, at="/review")
    visitor.post("/review", {**form, "event_id": "another"}, at="/review")
    assert done_today(visitor) == 1


def test_the_last_answer_can_be_taken_back(visitor: Visitor) -> None:
    form = card_form(visitor.get("/review").text, 4)
    visitor.post("/review", form, at="/review")
    visitor.post("/review/undo", {}, at="/review")
    page = visitor.get("/review").text
    assert done_today(visitor) == 0
    assert str(form["item_id"]) in page


def test_the_buttons_say_when_the_card_comes_back(visitor: Visitor) -> None:
    ratings = visitor.get("/review").text.split('class="ratings"')[1].split("</form>")[0]
    assert len(re.findall(r"<small>\d+ ?\w+</small>", ratings)) == 4


def test_a_rating_nobody_offers_is_refused(visitor: Visitor) -> None:
    form = card_form(visitor.get("/review").text, 3)
    assert visitor.post("/review", {**form, "rating": "9"}, at="/review").status_code == 400
    assert done_today(visitor) == 0
