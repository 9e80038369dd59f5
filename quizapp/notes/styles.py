"""Lines as the parser reads them: forms that only look different become the ones it knows, each with its line's number.

What people cite stays as it was written: this is what is read, not what is quoted. Lines of code are left alone.
"""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

FENCE = re.compile(r"^[ \t]*(`{3,}|~{3,})")
ALERT = re.compile(r"^[ \t]{0,3}>[ \t]*\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*$", re.IGNORECASE)
QUOTE = re.compile(r"^[ \t]{0,3}>[ \t]?")
FOOTNOTE = re.compile(r"^\[\^[\w-]{1,40}\]:[ \t]+")
FOOTNOTE_MARK = re.compile(r"\[\^[\w-]{1,40}\](?!:)")
PICTURE_BULLET = re.compile("^([ \t]*)[\u2600-\u27bf\u2b50\u2b55\U0001f300-\U0001faff]\ufe0f?[ \t]+(?=\\S)")
COLUMNS = re.compile(r"^[ \t]+(?![-*+\u2022#>|$])([\w./-]+(?: [\w./-]+){0,2}) {3,}([A-Za-z][^|]{8,200})$")
MOST = 2_000
TAGGED = re.compile(r"</?(?:br|li|ul|ol|dl|dt|dd|p|h[1-6]|tr|td|th|table|thead|tbody|code)\b", re.IGNORECASE)
ROW = re.compile(
    r"<tr[^<>]{0,80}>\s{0,20}<td[^<>]{0,80}>((?:(?!</?t)[^\n]){1,120}?)</td>\s{0,20}"
    r"<td[^<>]{0,80}>((?:(?!</?t)[^\n]){1,400}?)</td>\s{0,20}</tr>",
    re.IGNORECASE,
)
HEAD = re.compile(r"<tr[^<>]{0,80}>\s{0,20}(?:<th[^<>]{0,80}>[^<>]{0,80}</th>\s{0,20}){1,9}</tr>", re.IGNORECASE)
PIECE = re.compile(
    r"<br\s{0,3}/?>|(?=<(?:li|dt|dd|p|h[1-6])\b[^<>]{0,80}>)|(?<=</li>)|(?<=</dd>)|(?<=</dt>)|(?<=</p>)|(?<=</h\d>)",
    re.IGNORECASE,
)
HEADING = re.compile(r"^\s*<h([1-6])[^<>]{0,80}>(.{1,200}?)</h[1-6]>\s*$", re.IGNORECASE)
TERM = re.compile(r"^\s*<(?:dt|td)\b[^<>]{0,80}>(.{1,120}?)(?:</(?:dt|td)>)?\s*$", re.IGNORECASE)
DESCRIBED = re.compile(r"^\s*<(?:dd|td)\b[^<>]{0,80}>(.{1,500}?)(?:</(?:dd|td)>)?\s*$", re.IGNORECASE)
ENTRY = re.compile(r"^(\s*)<li[^<>]{0,80}>(.{1,500}?)(?:</li>)?\s*$", re.IGNORECASE)
CODED = re.compile(r"</?code>", re.IGNORECASE)
WRAPPER = re.compile(r"</?(?:p|ul|ol|dl|tr|table|thead|tbody|div|center)\b[^<>]{0,80}>", re.IGNORECASE)
ASKED = re.compile(
    r"^[ \t]*(?:[-*][ \t]+)?(?:\*\*)?Q(?:uestion)?[ \t]*\d{0,3}[:.)](?:\*\*)?[ \t]*(\S.{2,200}\?)(?:\*\*)?[ \t]*$"
)
SUMMARY = re.compile(r"^[ \t]*(?:<details>[ \t]*)?<summary>(.{3,200}\?)</summary>[ \t]*$", re.IGNORECASE)
ANSWER = re.compile(r"^[ \t]*(?:[-*][ \t]+)?(?:\*\*)?A(?:nswer)?[ \t]*\d{0,3}[:.)](?:\*\*)?[ \t]*(?=\S)")
WHAT_IS = re.compile(r"^What (?:is|are) (?:an? |the )?([\w .-]{2,40})\?$", re.IGNORECASE)
WHAT_DOES = re.compile(r"^What (?:does|do) (?:an? |the )?([\w .-]{2,40}) do\?$", re.IGNORECASE)
IT = re.compile(r"^(?:It|They)[ \t]+(?:is |are )?", re.IGNORECASE)
NEAR = 3


@dataclass(frozen=True, slots=True)
class Readable:
    """The lines to parse, and for each the number (from 1) of the source's line that it comes from."""

    texts: tuple[str, ...]
    numbers: tuple[int, ...]


def readable(source: Sequence[str]) -> Readable:
    """The lines to parse; a line of HTML that holds several things gives several."""
    split = list(_split(source))
    lines = [text for text, _ in split]
    closing, alert = "", False
    for place, line in enumerate(lines):
        fence = FENCE.match(line)
        if closing or fence:
            closing = _after(closing, fence[1] if fence else "")
            continue
        alert = bool(ALERT.match(line)) or (alert and bool(QUOTE.match(line)))
        if alert:
            lines[place] = "" if ALERT.match(line) else QUOTE.sub("", line, count=1)
        elif line and line[0] not in "|":
            lines[place] = _plain(line)
            _answer(lines, place)
    return Readable(tuple(lines), tuple(number for _, number in split))


def _split(source: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Every line with its number; lists, tables and breaks in HTML become lines of Markdown, outside of code."""
    closing, term = "", ""
    for number, line in enumerate(source, start=1):
        fence = FENCE.match(line)
        if closing or fence:
            closing = _after(closing, fence[1] if fence else "")
            yield line, number
            continue
        if "<" not in line or line.lstrip()[:1] == "|" or not TAGGED.search(line):
            yield line, number
            continue
        given = False
        for piece in PIECE.split(_without_rows(line))[:MOST]:
            text, term = _markdown(piece, term)
            if text.strip():
                yield text, number
                given = True
        if not given:
            yield "", number


def _without_rows(line: str) -> str:
    """Rows of a table in one line, each as a glossary entry; heads of columns tell nothing about their rows."""
    return ROW.sub(lambda row: f"<li><b>{row[1].strip()}</b>: {row[2].strip()}</li>", HEAD.sub("", line))


def _markdown(piece: str, term: str) -> tuple[str, str]:
    """A piece of HTML as a line of Markdown, and the term that waits for its description."""
    heading = HEADING.match(piece)
    if heading:
        return f"{'#' * int(heading[1])} {heading[2].strip()}", ""
    described = DESCRIBED.match(piece)
    if described and term:
        return f"- **{term}**: {CODED.sub('`', described[1]).strip()}", ""
    named = TERM.match(piece)
    if named:
        return "", html.unescape(CODED.sub("`", named[1])).strip()
    entry = ENTRY.match(piece)
    if entry:
        return f"{entry[1]}- {CODED.sub('`', entry[2]).strip()}", ""
    return CODED.sub("`", WRAPPER.sub("", piece)), term


def _after(closing: str, fence: str) -> str:
    """The mark that ends the code we are in, behind a line with that fence mark."""
    if not closing:
        return fence
    return "" if fence[:3] == closing[:3] and len(fence) >= len(closing) else closing


def _plain(line: str) -> str:
    columns = COLUMNS.match(line)
    if columns:
        return f"{columns[1]}: {columns[2]}"
    return PICTURE_BULLET.sub(r"\1- ", FOOTNOTE_MARK.sub("", FOOTNOTE.sub("", line)))


def _answer(lines: list[str], place: int) -> None:
    """Turns a question with its answer into a glossary line where the answer stands."""
    question = ASKED.match(lines[place])
    summary = SUMMARY.match(lines[place])
    asked = question or summary
    if not asked:
        return
    lines[place] = ""
    for below in range(place + 1, min(place + 1 + NEAR, len(lines))):
        answer = ANSWER.match(lines[below])
        text = lines[below][answer.end() :] if answer else lines[below]
        if text.strip() and (answer or summary) and not text.lstrip().startswith("<"):
            lines[below] = _glossary(asked[1].strip(" *"), text.strip())
            return


def _glossary(question: str, answer: str) -> str:
    """Whose definition or work an answer is; the answer alone where the question asks for something else."""
    found = WHAT_IS.match(question) or WHAT_DOES.match(question)
    return f"**{found[1]}**: {IT.sub('', answer)}" if found else answer
