"""Both sides of a card by its template, as text that is nothing but text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.exchange.bundle import BundleNote, NoteType, Template
from quizapp.exchange.html import LONGEST, to_html, to_text
from quizapp.exchange.sides import NOTHING, Sides, sides_of


def sides(front: str, back: str, *fields: str, ord: int = 0, cloze: bool = False) -> Sides:  # noqa: A002
    kind = NoteType(1, "Kind", ("A", "B", "C")[: len(fields)], (Template("One", front, back),), "", cloze)
    return sides_of(BundleNote("g", 1, fields, ("x", "y::z"), ()), kind, ord)


@pytest.mark.parametrize(
    ("front", "back", "shown"),
    [
        ("{{A}}", "{{FrontSide}}<hr id=answer>{{B}}", Sides("one", "two")),
        ("{{A}}", "{{A}}<hr id='answer' />{{B}}", Sides("one", "two")),
        ("{{ A }}?", "{{type:B}} {{hint:A}}", Sides("one?", "two one")),
        ("{{A}}{{#C}} not shown{{A}}{{/C}}", "{{^C}}{{B}}{{/C}}", Sides("one", "two")),
        ("{{#A}}{{#C}}x{{/C}}y{{/A}}", "{{#B}}{{^A}}x{{/A}}z{{/B}}", Sides("y", "z")),
        ("{{Tags}} {{Type}}", "{{Unknown}}", Sides("x y::z Kind", NOTHING)),
        ("{{A", "}}{{/A}}{{", Sides("{{A", "}}{{")),
    ],
)
def test_templates_are_filled_in(front: str, back: str, shown: Sides) -> None:
    assert sides(front, back, "one", "two", "") == shown


@pytest.mark.parametrize(
    ("ord", "front", "back"),
    [
        (0, "[...] and b", "a and b"),
        (1, "a and [letter]", "a and b"),
        (2, "a and b", "a and b"),
    ],
)
def test_gaps_are_hidden_by_number(ord: int, front: str, back: str) -> None:  # noqa: A002
    shown = sides("{{cloze:A}}", "{{cloze:A}}", "{{c1::a}} and {{c2::b::letter}}", ord=ord, cloze=True)
    assert (shown.front, shown.back) == (front, back)


def test_gaps_within_gaps_and_broken_ones_are_survived() -> None:
    text = "{{c1::a {{c2::b}} c}} }} {{c1::z"
    assert sides("{{cloze:A}}", "{{cloze:A}}", text, ord=1, cloze=True) == Sides("a [...] c }} z", "a b c }} z")


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("a<div>b</div><div><br></div><div>c</div>", "a\nb\n\nc"),
        ("<p>a</p>\n<p>b</p>", "a\nb"),
        ("<ul><li>a</li><li>b</li></ul>", "a\nb"),
        ("run <code>kubectl get pods -A</code>", "run `kubectl get pods -A`"),
        ("&lt;b&gt; &amp;amp; a&nbsp;b", "<b> &amp; a b"),
        ('<img src="x>y.png"> [sound:a.mp3]', "[picture: x>y.png] [sound: a.mp3]"),
        ("<b>a</b><script>alert(1)</script><style>x</style>", "a"),
        ('<a href="javascript:alert(1)" onclick="alert(1)">a</a>', "a"),
        ("<svg><script>alert(1)</script></svg><math><x></math>a", "a"),
        ("<img src=x onerror=alert(1)>", "[picture: x]"),
        ("<scr<script>ipt>alert(1)</script>", "ipt>alert(1)"),
        ("a < b", "a < b"),
    ],
)
def test_html_of_others_is_text(html: str, text: str) -> None:
    assert to_text(html) == text


@given(st.lists(st.text("ab`<>&\"' ", max_size=9), max_size=4))
def test_our_own_text_comes_back_from_anki_as_it_was(lines: list[str]) -> None:
    text = "\n".join(line.strip() for line in lines).strip()
    assert to_text(to_html(text)) == text


@pytest.mark.parametrize(
    "piece", ["<", "<div>", "<b>", "<li><ul>", "&", "[sound:", "{{c1::", "{{A}}", "{{#A}}", "\u00a0 "]
)
def test_no_text_takes_long_or_grows(piece: str) -> None:
    long = piece * (2_000_000 // len(piece))
    begin = time.process_time()
    shown = sides(long, "{{cloze:A}}", long, ord=0, cloze=True)
    assert time.process_time() - begin < 5
    assert len(shown.front) + len(shown.back) < 12 * LONGEST
