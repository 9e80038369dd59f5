"""Cards as downloads, and decks that a person brings by a form."""

import io
from html import unescape

import pytest
from werkzeug.test import TestResponse

from quizapp.web.security import LARGER, LARGEST_REQUEST
from tests.exchange.packages import NEW, look_inside
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


def bring(visitor: Visitor, content: bytes, file: str = "sample.apkg", **form: str) -> TestResponse:
    return visitor.post("/decks", {"upload": (io.BytesIO(content), file), **form}, at="/decks")


def test_a_deck_is_brought_by_a_form_and_is_there_to_review(visitor: Visitor) -> None:
    reply = bring(visitor, NEW.read_bytes())
    assert reply.status_code == 302
    page = visitor.get(reply.headers["Location"]).text
    assert "Brought: 4 new cards, 0 changed, 0 as they were, 0 from your notes; 3 reviews added." in page
    assert "Small things" in page
    assert "/curate" not in page
    slug = reply.headers["Location"].rpartition("/")[2]
    assert f'href="/modules/{slug}"' in visitor.get("/decks").text
    assert "Your decks" in visitor.get("/library").text
    assert visitor.get(f"/modules/{slug}/curate").status_code == 404
    review = visitor.get(f"/review?module={slug}").text
    assert f'<a href="/modules/{slug}">Cluster</a>' in review
    assert len(look_inside(visitor.get(f"/decks/cards.apkg?module={slug}").data).cards) == 4


def test_what_others_wrote_is_shown_as_text_and_never_as_markup(visitor: Visitor) -> None:
    bad = ["<script>alert(1)</script>x", '<img src=x onerror="alert(1)">', "&lt;script&gt;alert(1)&lt;/script&gt;"]
    table = "front,back,section,tags\n" + "".join(f'"{text}","{text}","{text}",{text[:1]}\n' for text in bad)
    table = table.replace('onerror="alert(1)"', "onerror=alert(1)")
    reply = bring(visitor, table.encode(), "<b>deck<b>.csv", name="<script>alert(2)</script>")
    slug = reply.headers["Location"].rpartition("/")[2]
    for path in (f"/modules/{slug}", f"/review?module={slug}", "/decks", "/library", "/"):
        page = visitor.get(path).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "<b>deck" not in page


def test_a_file_that_cannot_be_used_is_refused_on_the_page(visitor: Visitor) -> None:
    for content, file, says in (
        (b"", "", "Choose a file first."),
        (b"x" * 100, "cards.apkg", "cards.apkg is no Anki package"),
        (b"front\nx\n", "cards.csv", "cards.csv has no column"),
        (b"x", "cards.exe", "cards.exe ends in"),
    ):
        reply = bring(visitor, content, file)
        assert (reply.status_code, says in unescape(reply.text)) == (422, True), file
    assert 'class="plain-list"' not in visitor.get("/decks").text


def send(visitor: Visitor, size: int) -> int:
    """The status of a form with a file of that size; werkzeug's own would leave a large one open on the disk."""
    part = b'--x\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n'
    token = part % (b"csrf_token", b"", visitor.token("/decks").encode())
    upload = part % (b"upload", b'; filename="large.apkg"', bytes(size))
    kind = "multipart/form-data; boundary=x"
    return visitor.send("/decks", token + upload + b"--x--\r\n", content_type=kind).status_code


def test_decks_may_be_larger_than_other_forms_but_not_without_end(visitor: Visitor) -> None:
    assert send(visitor, LARGEST_REQUEST + 1000) == 422
    assert send(visitor, LARGER["/decks"] + 1000) == 413
    assert visitor.post("/notes/new", {"markdown": "x" * LARGEST_REQUEST}).status_code == 413
