"""Markdown inside a line to plain text. Knows no lines and no blocks.

Backticks stay: whether something is code decides what may be asked about it. Every pattern is linear, since notes may
be one line of a megabyte.
"""

import html
import re

LONGEST = 50_000
CODE = re.compile(r"`+[^`\n]{1,300}`+")
IMAGE = re.compile(r"!\[[^\]\n]{0,200}\]\([^)\n]{0,400}\)")
LINK = re.compile(r"\[([^\]\[\n]{1,200})\](?:\((?:[^()\n]|\([^()\n]{0,100}\)){0,400}\)|\[[^\]\n]{0,100}\])")
TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,200}>|<!--[^>\n]{0,400}-->")
STRONG = re.compile(r"(\*{1,3}|~~|(?<!\w)_{1,2}(?=\S))(?=\S)([^*~_\n]{1,300}|[^*~\n]{1,300})(?<=\S)\1(?!\w)")
ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
UNSEEN = dict.fromkeys(
    [*range(9), *range(11, 32), 127, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
QUOTES = str.maketrans(
    {"\u201c": '"', "\u201d": '"', "\u2018": "'", "\u2019": "'", "\u00a0": " "} | {chr(sign): "" for sign in UNSEEN}
)


def plain(text: str) -> str:
    """One line without links, emphasis, tags and entities."""
    text = text[:LONGEST].translate(QUOTES)
    parts: list[str] = []
    last = 0
    for code in CODE.finditer(text):
        parts += [_prose(text[last : code.start()]), "`" + code.group().strip("`").strip() + "`"]
        last = code.end()
    parts.append(_prose(text[last:]))
    return _emphasis("".join(parts)).strip()


def without_code_marks(text: str) -> str:
    """Text to show: backticks gone."""
    return text.replace("`", "")


def _prose(text: str) -> str:
    text = IMAGE.sub("", text)
    text = LINK.sub(r"\1", text)
    text = TAG.sub("", text)
    return re.sub(r"\s+", " ", html.unescape(ESCAPE.sub(r"\1", text)))


def _emphasis(text: str) -> str:
    for _ in range(3):
        changed = STRONG.sub(r"\2", text)
        if changed == text:
            break
        text = changed
    return text
