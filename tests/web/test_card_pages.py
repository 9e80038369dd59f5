"""Flashcards with forms alone."""

import re
from dataclasses import replace

import pytest

from quizapp.services.context import Context
from quizapp.services.preferences import keep_preferences, preferences
from quizapp.services.users import local_user
from tests.web.parts import Clock, Visitor

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


def shown(visitor: Visitor) -> str:
    return str(card_form(visitor.get("/review").text, 3)["item_id"])


@pytest.mark.parametrize(
    ("action", "says"),
    [
        ("bury-card", "rests until tomorrow"),
        ("bury-fact", "all cards of this fact rest"),
        ("suspend-card", "asked no more until you take it back"),
        ("suspend-fact", "no card of this fact is asked"),
    ],
)
def test_a_card_is_set_aside_and_undo_brings_it_back(visitor: Visitor, action: str, says: str) -> None:
    form = card_form(visitor.get("/review").text, 3)
    assert visitor.post("/review/aside", {**form, "action": action}, at="/review").status_code == 302
    page = visitor.get("/review").text
    assert says in page
    assert "0 done today" in page
    assert card_form(page, 3)["item_id"] != form["item_id"]
    visitor.post("/review/undo", {}, at="/review")
    assert shown(visitor) == form["item_id"]


def test_a_way_of_setting_aside_that_nobody_offers_is_refused(visitor: Visitor) -> None:
    form = card_form(visitor.get("/review").text, 3)
    assert visitor.post("/review/aside", {**form, "action": "forget"}, at="/review").status_code == 400
    assert visitor.post("/review/aside", {"action": "bury-card", "item_id": "x"}, at="/review").status_code == 404
    assert shown(visitor) == form["item_id"]


def test_setting_a_card_aside_that_changed_meanwhile_is_refused_kindly(visitor: Visitor) -> None:
    form = card_form(visitor.get("/review").text, 4)
    visitor.post("/review", form, at="/review")
    visitor.post("/review/aside", {**form, "event_id": "another", "action": "suspend-card"}, at="/review")
    assert "changed meanwhile, so that was not counted" in visitor.get("/review").text


def test_a_leech_is_told_of_when_it_is_suspended(visitor: Visitor, context: Context, clock: Clock) -> None:
    ada = local_user(context).id
    wanted = replace(preferences(context, ada), leech_lapses=1, new_per_day=1)
    keep_preferences(context, ada, wanted)
    visitor.post("/review", card_form(visitor.get("/review").text, 4), at="/review")
    keep_preferences(context, ada, replace(wanted, new_per_day=0))
    clock.advance(days=300)
    form = card_form(visitor.get("/review").text, 1)
    assert "leech" not in visitor.get("/review").text.split('id="front"')[0].split('id="card"')[1]
    visitor.post("/review", form, at="/review")
    page = visitor.get("/review").text
    assert "it is a leech, and suspended" in page
    assert "Nothing is due now" in page
