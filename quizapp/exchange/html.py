"""Texts of cards as the little HTML that Anki shows, and HTML of others as text. Pure.

What comes from others is parsed as a browser would (nh3), scripts and styles go with what is in them, and only text is
left: nothing of it is markup for us ever after.
"""

import re
from html import escape, unescape

import nh3

CODE = re.compile(r"`([^`\n]+)`")
KEPT = {"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "pre", "blockquote", "ul", "ol", "code"}
DROPPED = {"script", "style", "iframe", "object", "template", "noscript", "title"}
TAG = re.compile(r'<(/?)([a-z0-9]+)((?:\s+[a-z]+="[^"]*")*)\s*/?>')
SRC = re.compile(r'\s(?:alt|src)="([^"]{1,200})"')
SOUND = re.compile(r"\[sound:([^\[\]\n]{0,200})\]")
SPACES = re.compile(r"[ \t\r\n\f\0]+")
EDGES = re.compile(r"[ \0]*\0[ \0]*")  # where blocks begin and end, until it is clear whether a line ends there anyway
LONGEST = 20_000  # characters that are shown of one side; a parser takes its time over what is nested deeply


def to_html(text: str) -> str:
    """Our text as a field of Anki's: words between backticks are code, line ends are breaks, nothing else is markup."""
    marked = CODE.sub(r"<code>\1</code>", escape(text, quote=False))
    return marked.replace("  ", " \u00a0").replace("\n", "<br>")


def to_text(html: str) -> str:
    """What HTML says, line by line; code stands between backticks, pictures and sounds are named."""
    clean = nh3.clean(
        html[:LONGEST],
        tags=KEPT | {"img"},
        attributes={"img": {"alt", "src"}},
        clean_content_tags=DROPPED,
        url_schemes=set(),
        link_rel=None,
    )
    marked = unescape(TAG.sub(_said, SPACES.sub(" ", clean)))
    lines = EDGES.sub("\0", marked).replace("\n\0", "\n").replace("\0", "\n").replace("\u00a0", " ")
    return SOUND.sub(r"[sound: \1]", "\n".join(line.strip() for line in lines.split("\n"))).strip()


def _said(tag: re.Match[str]) -> str:
    _closing, name, attributes = tag.groups()
    if name == "code":
        return "`"
    if name == "img":
        named = SRC.search(attributes)
        return f"[picture: {named[1]}]" if named else "[picture]"
    return "\n" if name == "br" else "\0"
