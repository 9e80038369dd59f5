"""Markdown inside a line, taken away: what stays is what a reader sees. Knows no blocks."""

import re

LINK = re.compile(r"!?\[([^\]\[]*)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"]*\")?\)")
STRONG = re.compile(r"(?<!\w)(\*{1,3}|_{1,3})(?=\S)(.+?)(?<=\S)\1(?!\w)")
TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
SPACE = re.compile(r"\s+")
TICKS = re.compile(r"`+([^`]*)`+")


def plain(text: str) -> str:
    """The words without links, emphasis, code marks and tags; typographic quotes become plain ones."""
    codes: list[str] = []

    def keep(found: re.Match[str]) -> str:
        codes.append(found[1])
        return f"\x00{len(codes) - 1}\x00"

    text = TICKS.sub(keep, text)
    text = LINK.sub(r"\1", text)
    text = STRONG.sub(r"\2", STRONG.sub(r"\2", text))
    text = TAG.sub(" ", text)
    text = text.replace("“", '"').replace("”", '"').replace("’", "'").replace("‘", "'")
    text = re.sub(r"\x00(\d+)\x00", lambda found: codes[int(found[1])], text)
    return SPACE.sub(" ", text).strip()


def code_spans(text: str) -> list[str]:
    """What stands between backticks."""
    return [found.strip() for found in TICKS.findall(text)]
