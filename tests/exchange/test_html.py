"""Texts of cards as HTML for Anki."""

from quizapp.exchange.html import to_html


def test_code_and_line_ends_are_kept_and_nothing_else_is_markup() -> None:
    text = 'Is `a < b` & "<b>"\nso?'
    assert to_html(text) == 'Is <code>a &lt; b</code> &amp; "&lt;b&gt;"<br>so?'
    assert to_html("<script>alert(1)</script>") == "&lt;script&gt;alert(1)&lt;/script&gt;"
