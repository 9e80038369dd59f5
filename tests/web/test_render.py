"""Notes as HTML: everything an author wants, nothing an attacker wants, and a place for every line."""

import re

import pytest

from quizapp.web.render import render_inline, render_notes, render_quote

VECTORS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt&colon;alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    '![x](x"onerror=alert(1))',
    "![x](https://evil.test/pixel.png)",
    "<a href='javascript:alert(1)'>x</a>",
    "<svg/onload=alert(1)>",
    '```"><script>alert(1)</script>\ncode\n```',
    "```yaml\n</code></pre><script>alert(1)</script>\n```",
    "|<script>|\n|---|\n|<img src=x onerror=alert(1)>|",
    '<https://evil.test/"onmouseover=alert(1)>',
    "[x]: javascript:alert(1)\n\n[x]",
    "<style>*{display:none}</style>",
    "<iframe src=//evil.test></iframe>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\x00<script>alert(1)</script>",
]
HOSTILE = ["[" * 20000, "*" * 20000, "> " * 5000 + "x", "- " * 3000 + "x", "`" * 20000, "|a" * 5000]
TAG = re.compile(r"<[a-z][^<>]*>", re.IGNORECASE)
SAFE_TAG = re.compile(r"<[a-z0-9]+( (id|class|href|title|rel|tabindex|start)=\"[^\"<>]*\")*>", re.IGNORECASE)


@pytest.mark.parametrize("text", VECTORS)
def test_no_vector_gets_through(text: str) -> None:
    html = str(render_notes(text)) + str(render_quote(text))
    for tag in TAG.findall(html):
        assert SAFE_TAG.fullmatch(tag), tag
        assert not re.match(r"<(script|img|svg|iframe|style|form|input)", tag), tag
        assert "javascript:" not in tag.lower(), tag
        assert "data:" not in tag.lower(), tag


def test_every_line_with_words_has_one_place() -> None:
    text = "# Title\n\none\ntwo\n\n- a\n- b\n  - c\n\n```yaml\nx: 1\n\ny: 2\n```\n\n| h |\n|---|\n| r |\n\n> q\n"
    ids = re.findall(r'id="L(\d+)"', str(render_notes(text)))
    assert len(ids) == len(set(ids))
    worth_citing = {n for n, line in enumerate(text.split("\n"), 1) if line.strip() and line not in ("```", "|---|")}
    assert worth_citing <= {int(number) for number in ids}


def test_the_title_is_not_said_twice() -> None:
    assert "<h2" not in render_notes("# Pods\n\nText.", "Pods")
    assert "<h2" in render_notes("# Other\n\nText.", "Pods")


def test_headings_leave_no_level_out() -> None:
    html = str(render_notes("### Deep\n\n##### Deeper\n\n# Top\n"))
    assert re.findall(r"<h(\d)", html) == ["2", "3", "2"]


def test_a_picture_becomes_a_link() -> None:
    html = render_quote("![A map](https://example.org/map.png)")
    assert "<img" not in html
    assert 'href="https://example.org/map.png"' in html


def test_code_is_coloured_by_classes() -> None:
    assert '<span class="nt">kind</span>' in render_quote("```yaml\nkind: Pod\n```")


def test_words_between_backticks_are_code_in_a_line() -> None:
    assert render_inline("a `<b>` c") == "a <code>&lt;b&gt;</code> c"


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_rendered_all_the_same(text: str) -> None:
    assert render_notes(text) is not None


def test_rows_quoted_out_of_a_table_are_shown_as_a_table() -> None:
    html = render_quote("| etcd | stores the state |\n| kubelet | runs the Pods of a node |")
    assert "|" not in html
    assert html.count("<td>") == 4
    assert "<td>runs the Pods of a node</td>" in html


@pytest.mark.parametrize("fence", ["quiz", "card"])
def test_questions_of_the_authors_own_are_not_shown_with_the_notes(fence: str) -> None:
    html = render_notes(f"# A\n\nbefore\n\n```{fence}\nWhich?\n* secret key\n```\n\n```yaml\nkind: Pod\n```\n\nafter\n")
    assert "secret key" not in html
    assert all(word in html for word in ("before", "Pod", "after"))
