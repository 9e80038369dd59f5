"""Texts of cards as the little HTML that Anki shows. Pure."""

import re
from html import escape

CODE = re.compile(r"`([^`\n]+)`")


def to_html(text: str) -> str:
    """Our text as a field of Anki's: words between backticks are code, line ends are breaks, nothing else is markup."""
    return CODE.sub(r"<code>\1</code>", escape(text, quote=False)).replace("\n", "<br>")
