"""Assignments in the browser: an instructor gives one, a learner takes it, and what is not to be told is in no page."""

import html
import re
from dataclasses import dataclass

import pytest

from quizapp.questions.item import Item
from quizapp.services.context import Context
from quizapp.storage import assignments as store
from tests.web.parts import MODULE, Clock, Visitor
from tests.web.test_cohort_pages import Door, begin

FORM = {
    "module": MODULE,
    "title": "Week 1",
    "size": "3",
    "opens": "2026-11-25T09:00",
    "due": "2026-11-25T18:00",
    "closes": "2026-11-25T20:00",
    "max_attempts": "1",
    "counts": "best",
    "feedback": "close",
}


@dataclass(frozen=True)
class Room:
    """A cohort at `where` with Grace who teaches and Ada who learns."""

    context: Context
    grace: Visitor
    ada: Visitor
    where: str


@pytest.fixture
def room(server_context: Context) -> Room:
    door = Door(server_context)
    grace, ada = door.account("Grace", "instructor"), door.account("Ada")
    where = begin(grace)
    grace.post(f"{where}/people", {"name": "Ada", "role": "learner"})
    return Room(server_context, grace, ada, where)


def give(room: Room, **changes: object) -> str:
    """A new assignment; returns its address."""
    reply = room.grace.post(f"{room.where}/assignments/new", {**FORM, **changes})
    assert reply.status_code == 302, reply.text
    return str(reply.headers["Location"])


def start(room: Room, where: str) -> str:
    """The address of the attempt."""
    reply = room.ada.post(f"{where}/start")
    assert re.fullmatch(r"/sittings/\w+/1", reply.headers["Location"])
    return str(reply.headers["Location"]).removesuffix("/1")


def items(room: Room, attempt: str) -> list[Item]:
    with room.context.database.read() as session:
        asked = store.asked(session, attempt.rpartition("/")[2])
    return [Item.from_dict(one.asked.payload) for one in asked]


def right_form(page: str, item: Item) -> dict[str, object]:
    """The right answer as the form sends it."""
    if item.pairs:
        rights = dict(item.pairs)
        pieces = re.findall(
            r'<label for="(pair\d+)"><strong>(.*?)</strong></label>\s*<select.*?</select>', page, re.DOTALL
        )
        blocks = re.findall(r"<select id=\"pair\d+\".*?</select>", page, re.DOTALL)
        form = {}
        for (name, left), block in zip(pieces, blocks, strict=True):
            plain = html.unescape(re.sub("<[^>]+>", "", left))
            want = next(right for known, right in rights.items() if re.sub("`", "", known) == plain)
            options = re.findall(r'<option value="(\d+)"[^>]*>(.*?)</option>', block)
            form[name] = next(value for value, text in options if html.unescape(text) == want)
        return form
    if item.options:
        return {"answer": [option.id for option in item.options if option.correct]}
    return {"answer": item.answers[0]}


def test_an_instructor_gives_a_quiz_and_a_learner_takes_it(room: Room, clock: Clock) -> None:
    assert "A new assignment" in room.grace.get(room.where).text
    assert 'name="section"' in room.grace.get(f"{room.where}/assignments/new?module={MODULE}").text
    where = give(room)
    due = room.ada.get("/due").text
    assert "Week 1" in due
    assert 'Due Wed 25 Nov 2026, 18:00 <span class="soft">(in 8 hours)</span>, closes' in due
    attempt = start(room, where)
    for pos, item in enumerate(items(room, attempt), 1):
        page = room.ada.get(f"{attempt}/{pos}").text
        reply = room.ada.post(f"{attempt}/{pos}", right_form(page, item))
        assert reply.headers["Location"] == (f"{attempt}/{pos + 1}" if pos < 3 else attempt)
    assert room.ada.get(attempt).text.count(">saved<") == 3
    assert "at it" in room.grace.get(where).text
    room.ada.post(attempt)
    assert "How it went is told after it closes" in room.ada.get(attempt).text
    assert "100.0 %" not in room.ada.get("/due").text
    assert "100.0 %" in room.grace.get(where).text
    clock.advance(hours=10)
    assert "100.0 %" in room.ada.get("/due").text
    assert room.ada.get(attempt).text.count("✓ right") == 3
    assert "From the notes" in room.ada.get(f"{attempt}/1").text


def test_what_was_saved_is_there_again_and_can_be_changed(room: Room) -> None:
    attempt = start(room, give(room))
    for pos, item in enumerate(items(room, attempt), 1):
        form = right_form(room.ada.get(f"{attempt}/{pos}").text, item)
        room.ada.post(f"{attempt}/{pos}", {**form, "to": "overview"})
        page = room.ada.get(f"{attempt}/{pos}").text
        if item.options:
            chosen = re.findall(r'value="([^"]+)"[^>]*? checked', page)
            assert chosen == [
                one for one in re.findall(r'name="answer" value="([^"]+)"', page) if one in form["answer"]
            ]
        elif item.pairs:
            assert page.count(" selected>") == len(item.pairs)
        else:
            assert f'value="{html.escape(item.answers[0])}"' in page


def test_no_page_before_its_time_holds_a_key(room: Room, clock: Clock) -> None:
    where = give(room)
    attempt = start(room, where)
    asked = items(room, attempt)
    shown = " ".join(f"{item.prompt} {item.shown} {[option.text for option in item.options]}" for item in asked)
    secrets = {option.feedback for item in asked for option in item.options} | {item.source for item in asked}
    secrets = {html.escape(word, quote=False) for word in secrets if len(word) > 12 and word not in shown}
    assert secrets
    paths = [attempt, "/due", "/", "/preferences/my-data.json", *(f"{attempt}/{pos}" for pos in (1, 2, 3))]

    def told() -> bool:
        everything = "".join(html.unescape(room.ada.get(path).text) for path in paths)
        return any(html.unescape(word) in everything for word in secrets)

    assert not told()
    for pos, item in enumerate(asked, 1):
        room.ada.post(f"{attempt}/{pos}", right_form(room.ada.get(f"{attempt}/{pos}").text, item))
    assert not told()
    room.ada.post(attempt)
    assert not told()
    assert room.ada.get(f"/quiz/{attempt.rpartition('/')[2]}/1").status_code == 404
    assert room.ada.get(f"/quiz/{attempt.rpartition('/')[2]}/summary").status_code == 404


def test_an_answer_that_comes_too_late_says_so_and_what_was_saved_stays(room: Room, clock: Clock) -> None:
    attempt = start(room, give(room))
    forms = [
        right_form(room.ada.get(f"{attempt}/{pos}").text, item) for pos, item in enumerate(items(room, attempt), 1)
    ]
    room.ada.post(f"{attempt}/1", forms[0])
    token = room.ada.token()
    clock.advance(hours=10)
    reply = room.ada.send(f"{attempt}/2", {"csrf_token": token, **forms[1]})
    assert reply.headers["Location"] == attempt
    page = room.ada.get(attempt).text
    assert "This answer came too late" in page
    assert (page.count("✓ right"), page.count("not answered")) == (1, 2)
    assert "✗ No answer" in room.ada.get(f"{attempt}/2").text


def test_an_empty_answer_is_asked_for_again(room: Room) -> None:
    attempt = start(room, give(room))
    reply = room.ada.post(f"{attempt}/1", {})
    assert reply.status_code == 422
    assert 'id="trouble"' in reply.text
    assert ">saved<" not in room.ada.get(attempt).text


def test_what_was_refused_is_told_with_what_was_typed(room: Room) -> None:
    reply = room.grace.post(
        f"{room.where}/assignments/new", {**FORM, "title": "Kept", "graded": "yes", "kind": "choice"}
    )
    assert reply.status_code == 422
    assert "0 accepted questions" in reply.text
    assert 'value="Kept"' in reply.text
    assert 'name="graded" value="yes" checked' in reply.text
    where = give(room)
    reply = room.grace.post(where, {**FORM, "due": "2027-03-28T02:30", "closes": "2027-03-29T02:30"})
    assert (reply.status_code, "jump over it" in reply.text) == (422, True)
    reply = room.grace.post(f"{room.where}/assignments/new", {**FORM, "section": "99999"})
    assert reply.status_code == 422


def test_a_learner_sees_no_results_and_nobody_else_sees_a_sitting(room: Room, server_context: Context) -> None:
    where = give(room)
    attempt = start(room, where)
    assert room.ada.get(where).status_code == 404
    assert room.ada.post(where, FORM).status_code == 404
    assert room.ada.get(f"{room.where}/assignments/new").status_code == 404
    assert room.ada.post(f"{room.where}/assignments/new", FORM).status_code == 404
    bea = Door(server_context).account("Bea")
    for visitor in (room.grace, bea):
        assert visitor.get(attempt).status_code == 404
        assert visitor.get(f"{attempt}/1").status_code == 404
        assert visitor.post(f"{attempt}/1", {"answer": "x"}).status_code == 404
        assert visitor.post(attempt).status_code == 404
        assert visitor.post(f"{where}/start").status_code == 404


def test_pages_of_a_learner_cost_few_statements(room: Room) -> None:
    from tests.databases import statements

    attempt = start(room, give(room))
    for path, most in (("/due", 3), (attempt, 3), (f"{attempt}/1", 3), (room.where, 7)):
        with statements(room.context) as sent:
            assert room.ada.get(path).status_code == 200
        assert len(sent) <= most, path
