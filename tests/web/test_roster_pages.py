"""Rosters in the browser: a dirty list is looked at, put right in place, taken in; invitations come as a table."""

import csv
import html
import io
import re

import pytest

from quizapp.services.context import Context
from tests.web.parts import Visitor, pages_over
from tests.web.test_cohort_pages import Door, begin

DIRTY = (
    "Name;E-Mail;Gruppe;Handy\r\nJörg Müller;Joerg@x.de ;A;1\r\nZoë;zoe at x.de;B;2\r\nJörg Müller;joerg@X.DE;A;1\r\n"
)


@pytest.fixture
def door(server_context: Context) -> Door:
    return Door(server_context)


def text_of(page: str) -> str:
    """What the visible field for the list holds."""
    found = re.search(r'<textarea name="text" spellcheck[^>]*>\n?(.*?)</textarea>', page, re.DOTALL)
    assert found
    return html.unescape(found[1])


def send(visitor: Visitor, where: str, form: dict[str, object]) -> object:
    token = visitor.token(where)
    return visitor.send(where, {"csrf_token": token, "role": "learner", **form})


def test_a_dirty_file_is_named_line_by_line_put_right_and_taken_in(door: Door, server_context: Context) -> None:
    grace = door.account("Grace", "instructor")
    cohort = begin(grace)
    where = f"{cohort}/roster"
    reply = send(grace, where, {"upload": (io.BytesIO(DIRTY.encode("latin-1")), "liste.csv")})
    assert reply.status_code == 200
    assert "Line 3 has" in html.unescape(reply.text)
    assert "Take the list in" not in reply.text
    mended = text_of(reply.text).replace("zoe at ", "zoe@")
    assert "Jörg" in mended
    looked = send(grace, where, {"text": mended})
    assert "2 new" in looked.text
    assert "line 2" in looked.text
    assert "Handy" in looked.text
    assert "Zoë" not in grace.get(cohort).text
    digest = re.search(r'name="digest" value="(\w+)"', looked.text)
    assert digest
    form = {"text": mended, "action": "import", "digest": digest[1]}
    assert send(grace, where, form).headers["Location"] == cohort
    page = grace.get(cohort).text
    assert "2 people taken in" in page
    assert "not here yet" in page
    assert "Joerg@x.de" in page
    assert "2 as before" in send(grace, where, {"text": mended}).text
    assert send(grace, where, form).status_code == 409


def test_the_invitations_are_a_table_of_links_that_work(door: Door, server_context: Context) -> None:
    grace = door.account("Grace", "instructor")
    cohort = begin(grace)
    looked = send(grace, f"{cohort}/roster", {"text": "Ada <ada@x.de>"})
    digest = re.search(r'name="digest" value="(\w+)"', looked.text)
    assert digest
    send(grace, f"{cohort}/roster", {"text": "Ada <ada@x.de>", "action": "import", "digest": digest[1]})
    reply = grace.post(f"{cohort}/invitations.csv")
    assert reply.headers["Content-Disposition"] == 'attachment; filename="invitations.csv"'
    assert reply.data.startswith(b"\xef\xbb\xbf")
    table = list(csv.DictReader(io.StringIO(reply.data.decode("utf-8-sig"))))
    assert [(row["name"], row["email"]) for row in table] == [("Ada", "ada@x.de")]
    path = table[0]["link"].removeprefix("https://quiz.example.org")
    ada = Visitor(pages_over(server_context).test_client(), "https://quiz.example.org")
    form = {"code": path.removeprefix("/join/"), "name": "countess", "password": "a good password"}
    assert ada.post("/join", form, at=path).headers["Location"] == cohort
    assert "logs in as countess" in grace.get(cohort).text
    assert "not here yet" not in grace.get(cohort).text


def test_what_others_wrote_is_text_and_never_markup(door: Door) -> None:
    grace = door.account("Grace", "instructor")
    where = f"{begin(grace)}/roster"
    text = 'name,email,section\n"</textarea><script>alert(1)</script>",a@x.de,<b>\nx,<i>,y\n'
    for sent in (text, text.replace("x,<i>,y\n", "")):
        page = send(grace, where, {"text": sent}).text
        assert "<script>alert" not in page
        assert "<b>" not in page
        assert "<i>" not in page


def test_a_file_that_is_no_text_and_a_role_nobody_gives_are_refused(door: Door) -> None:
    grace = door.account("Grace", "instructor")
    where = f"{begin(grace)}/roster"
    reply = send(grace, where, {"upload": (io.BytesIO(b"PK\x03\x04\x81\x00"), "list.xlsx")})
    assert (reply.status_code, "save the list as CSV" in reply.text) == (422, True)
    assert send(grace, where, {"text": "a@x.de", "role": "instructor"}).status_code == 422


def test_to_a_learner_and_an_assistant_there_is_no_such_page(door: Door) -> None:
    grace = door.account("Grace", "instructor")
    cohort = begin(grace)
    for name, role in (("Lea", "learner"), ("Asa", "assistant")):
        visitor = door.account(name)
        grace.post(f"{cohort}/people", {"name": name, "role": role})
        assert visitor.get(f"{cohort}/roster").status_code == 404
        assert visitor.post(f"{cohort}/roster", {"text": "a@x.de", "role": "learner"}).status_code == 404
        assert visitor.post(f"{cohort}/invitations.csv").status_code == 404
