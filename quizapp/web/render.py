"""Markdown to HTML that is safe to show: the only place that makes markup out of other people's text.

Two walls: raw HTML is never parsed as such, and what comes out is cleaned against a list of what may be there.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup, escape
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

WORDS = "p ul ol li blockquote h1 h2 h3 h4 h5 h6 pre code em strong a br hr s table thead tbody tr th td span div"
TAGS = frozenset(WORDS.split(" "))
ATTRIBUTES = {"*": {"id"}, "a": {"href", "title"}, "span": {"class"}, "div": {"class", "tabindex"}, "ol": {"start"}}
ATTRIBUTES |= {"pre": {"tabindex"}, "code": {"class"}}
ALIASES = {"console": "console", "shell": "console", "kubectl": "bash", "yml": "yaml"}
ROW = re.compile(r"\s*\|.+\|\s*")
RULE = re.compile(r"\s*\|[\s|:-]+\|\s*")
OWN = (["quiz"], ["card"])  # fences with questions of the author's own, whose answers nobody shall read in the notes
CODE = re.compile(r"`([^`\n]+)`")


def render_notes(text: str, title: str = "") -> Markup:
    """Notes as HTML in which every line with words has the id `L<line>`; a first heading that is `title` goes."""
    return _rendered(text, True, title)


def render_quote(text: str) -> Markup:
    """A quoted piece of notes as HTML, without ids; rows cut out of a table are a table again."""
    rows = text.strip().splitlines()
    if rows and all(ROW.fullmatch(row) for row in rows) and not any(RULE.fullmatch(row) for row in rows):
        cells = max(row.strip().strip("|").count("|") for row in rows) + 1
        text = "\n".join(["|" + " |" * cells, "|" + "-|" * cells, *rows])
    return _rendered(text, False, "")


def render_inline(text: str) -> Markup:
    """One line of text in which `words between backticks` are code; nothing else is markup."""
    return Markup(CODE.sub(r"<code>\1</code>", str(escape(text))))


@lru_cache(maxsize=256)
def _rendered(text: str, anchors: bool, title: str) -> Markup:
    tokens = [token for token in _MARKDOWN.parse(text) if not (token.type == "fence" and token.info.split()[:1] in OWN)]
    start = 3 if title and _begins_with(tokens, title) else 0
    _level_headings(tokens[start:], shift=0 if start else 1)
    taken: set[str] = set()
    for token in tokens[start:] if anchors else ():
        _prepare(token, taken)
    html = _MARKDOWN.renderer.render(tokens[start:], _MARKDOWN.options, {})
    clean = nh3.clean(html, tags=set(TAGS), attributes=ATTRIBUTES, url_schemes={"http", "https", "mailto"})
    return Markup(clean)


def _begins_with(tokens: Sequence[Token], title: str) -> bool:
    return len(tokens) > 2 and tokens[0].tag == "h1" and tokens[1].content.strip() == title.strip()


def _level_headings(tokens: Sequence[Token], *, shift: int) -> None:
    """Puts headings below the one of the page and leaves no level out, however the notes are written."""
    before = 1
    for token in tokens:
        if token.type == "heading_open":
            before = max(2, min(int(token.tag[1]) + shift, before + 1, 6))
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{before}"


def _prepare(token: Token, taken: set[str]) -> None:
    """Gives a block and the lines in it their ids."""
    if not token.map or token.nesting < 0 or token.type in ("tbody_open", "thead_open"):
        return
    line = token.map[0] + 1
    if token.type == "inline":
        for child in token.children or ():
            if child.type in ("softbreak", "hardbreak"):
                line += 1
                child.meta["line"] = _anchor(line, taken)
    elif anchor := _anchor(line, taken):
        token.attrSet("id", anchor)
    if token.type in ("fence", "code_block"):
        first = line + (token.type == "fence")
        token.meta["lines"] = [_anchor(first + n, taken) for n in range(token.content.count("\n"))]


def _anchor(line: int, taken: set[str]) -> str | None:
    """The id of a line, unless a block around this one has it already."""
    anchor = f"L{line}"
    if anchor in taken:
        return None
    taken.add(anchor)
    return anchor


def _mark(anchor: str | None) -> str:
    return f'<span id="{anchor}"></span>' if anchor else ""


def _break(_self: Any, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType) -> str:
    token = tokens[index]
    return ("<br>" if token.type == "hardbreak" else "") + "\n" + _mark(token.meta.get("line"))


def _fence(_self: Any, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType) -> str:
    token = tokens[index]
    name = token.info.split()[0].lower() if token.info.split() else "text"
    lines = _coloured(token.content, ALIASES.get(name, name)).removesuffix("\n").split("\n")
    anchors = [*token.meta.get("lines", ()), *[None] * len(lines)]
    body = "\n".join(_mark(anchor) + line for anchor, line in zip(anchors, lines, strict=False))
    anchor = f' id="{token.attrGet("id")}"' if token.attrGet("id") else ""
    return f'<pre tabindex="0"{anchor}><code class="hl">{body}\n</code></pre>\n'


def _coloured(code: str, name: str) -> str:
    try:
        lexer = get_lexer_by_name(name, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return str(escape(code))
    formatter: HtmlFormatter[str] = HtmlFormatter(nowrap=True)
    return highlight(code, lexer, formatter)


def _picture(self: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    """A picture is a link: nothing is loaded from other sites while somebody reads."""
    token = tokens[index]
    words = self.renderInlineAsText(token.children, options, env) or "picture"
    return f'<a href="{escape(token.attrs.get("src", ""))}">{escape(words)} (picture)</a>'


def _table_open(_self: Any, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: EnvType) -> str:
    anchor = tokens[index].attrGet("id")
    return '<div class="wide" tabindex="0"><table' + (f' id="{anchor}">' if anchor else ">") + "\n"


def _table_close(*_: Any) -> str:
    return "</table></div>\n"


def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    markdown.options["maxNesting"] = 20
    for rule in ("fence", "code_block"):
        markdown.add_render_rule(rule, _fence)
    for rule in ("softbreak", "hardbreak"):
        markdown.add_render_rule(rule, _break)
    markdown.add_render_rule("image", _picture)
    markdown.add_render_rule("table_open", _table_open)
    markdown.add_render_rule("table_close", _table_close)
    return markdown


_MARKDOWN = _markdown()
