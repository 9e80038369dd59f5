"""Lines as the parser reads them: forms that only look different become the ones it knows, one line for each line.

What people cite stays as it was written: this is what is read, not what is quoted. Lines of code are left alone.
"""

import re
from collections.abc import Sequence

FENCE = re.compile(r"^[ \t]*(`{3,}|~{3,})")
ALERT = re.compile(r"^[ \t]{0,3}>[ \t]*\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*$", re.IGNORECASE)
QUOTE = re.compile(r"^[ \t]{0,3}>[ \t]?")
FOOTNOTE = re.compile(r"^\[\^[\w-]{1,40}\]:[ \t]+")
FOOTNOTE_MARK = re.compile(r"\[\^[\w-]{1,40}\](?!:)")
PICTURE_BULLET = re.compile("^([ \t]*)[\u2600-\u27bf\u2b50\u2b55\U0001f300-\U0001faff]\ufe0f?[ \t]+(?=\\S)")
ROW = re.compile(
    r"^[ \t]*<tr>[ \t]*<td>([^<>]{1,80})</td>[ \t]*<td>([^<>]{1,400})</td>[ \t]*</tr>[ \t]*$", re.IGNORECASE
)
ASKED = re.compile(
    r"^[ \t]*(?:[-*][ \t]+)?(?:\*\*)?Q(?:uestion)?[ \t]*\d{0,3}[:.)](?:\*\*)?[ \t]*(\S.{2,200}\?)(?:\*\*)?[ \t]*$"
)
SUMMARY = re.compile(r"^[ \t]*(?:<details>[ \t]*)?<summary>(.{3,200}\?)</summary>[ \t]*$", re.IGNORECASE)
ANSWER = re.compile(r"^[ \t]*(?:[-*][ \t]+)?(?:\*\*)?A(?:nswer)?[ \t]*\d{0,3}[:.)](?:\*\*)?[ \t]*(?=\S)")
WHAT_IS = re.compile(r"^What (?:is|are) (?:an? |the )?([\w .-]{2,40})\?$", re.IGNORECASE)
WHAT_DOES = re.compile(r"^What (?:does|do) (?:an? |the )?([\w .-]{2,40}) do\?$", re.IGNORECASE)
IT = re.compile(r"^(?:It|They)[ \t]+(?:is |are )?", re.IGNORECASE)
NEAR = 3


def readable(source: Sequence[str]) -> tuple[str, ...]:
    """The lines to parse; as many as there are in the source."""
    lines = list(source)
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
    return tuple(lines)


def _after(closing: str, fence: str) -> str:
    """The mark that ends the code we are in, behind a line with that fence mark."""
    if not closing:
        return fence
    return "" if fence[:3] == closing[:3] and len(fence) >= len(closing) else closing


def _plain(line: str) -> str:
    line = FOOTNOTE_MARK.sub("", FOOTNOTE.sub("", line))
    row = ROW.match(line)
    if row:
        return f"- **{row[1].strip()}**: {row[2].strip()}"
    return PICTURE_BULLET.sub(r"\1- ", line)


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
