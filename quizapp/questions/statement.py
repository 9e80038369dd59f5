"""What the notes state, one statement at a time: a subject where the form names one, a text, and its lines.

Knows the forms of notes (glossary lines, lists, tables, sentences, commented commands), not what any of it means.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from quizapp.notes.document import Block, ListBlock, ListItem, Notes, Paragraph, Section, Table
from quizapp.notes.inline import without_code_marks
from quizapp.questions.commands import commands
from quizapp.questions.said import Statement

CLOSED = re.compile(
    r"\b(?:labs?|exercises?|hands[- ]on|demos?|to ?dos?|still to (?:read|do|learn)|homework|agenda|table of contents|"
    r"changelog|bibliography)\b",
    re.IGNORECASE,
)
CLOSED_BELOW = re.compile(
    r"\b(?:links?|references|resources to|further reading|questions?|quiz|practice|assignments?|see also)\b(?!.*\?$)",
    re.IGNORECASE,
)
GLOSSARY = re.compile(r"^(`[^`]{1,100}`|[^:`]{1,60}?)(?:\s*:\s+|\s+(?:--|[-\u2013\u2014=]|[-=]+>|\u2192)\s+)(\S.*)$")
SENTENCE_END = re.compile(
    r"(?<=[A-Za-z0-9)\"'`][.!?])(?<!e\.g\.)(?<!i\.e\.)(?<!etc\.)(?<!vs\.)(?<!\sno\.)\s+(?=[A-Za-z\"'(`])"
)
PURPOSE = re.compile(
    r"^(?:purpose|what (?:it is|it does|is it)|definition|description|function|meaning|main (?:job|purpose))$",
    re.IGNORECASE,
)
EQUALS = re.compile(r"\s(?:=|->|=>|\u2192)\s")
NUMBER = re.compile(r"^\s*\(?\d{1,3}[.)]\s+")
SAYING = re.compile(
    r"\s(?:fails?|is|are|was|were|can|will|has|have|does|do|should|must|works?|needs?)\b", re.IGNORECASE
)
ASKS = re.compile(
    r"^(?:\d{1,3}[.)]\s+)?(?:what (?:is|are|does|do)|what's|explain|define)\s+(?:(?:an?|the)\s+)?([\w ./-]{2,40}?)"
    r"(?:\s+(?:do|good for|used for|for))?\s*\??$",
    re.IGNORECASE,
)
ANSWERS = re.compile(r"^(?:It\s+(?:is\s+)?|They\s+(?:are\s+)?)?((?:(?:An?|The)\s|[a-z]+s\s|[A-Z][a-z]+s\s).+)$")
DEFINES = re.compile(
    r"^(?:An?|The|Each|Every)?\s?(?!(?:main|best|good|first|second|last|only|other|next|most|key|big|simple|new|old|great)\b)"
    r"([A-Za-z][\w-]*(?: [\w-]+)?) (?:is|are) ((?:an?|the) (?!good|bad|great|best|must|same|way to go)\w.{12,})$",
    re.IGNORECASE,
)
LONGEST = 400
OFTEN = 2
LABEL = 5
MOST = 2_500


def statements(notes: Notes) -> list[Statement]:
    """All statements in reading order; sections with tasks, links and open ends give none."""
    found: list[Statement] = []
    known = _headed(notes)
    group = 0
    for section in notes.sections:
        if is_closed(section):
            continue
        found.extend(_of_heading(section))
        before: Block | None = None
        for block in section.blocks:
            group += not (_is_entry(block) and before and _is_entry(before))
            found.extend(_defined(one, known) for one in _of_block(block, section, group))
            found.extend(commands(block, before, section, group))
            before = block
            if len(found) > MOST:
                return found[:MOST]
    return found


def _headed(notes: Notes) -> frozenset[str]:
    """The words that the notes use as names: those of headings and those that stand there again and again."""
    lines = (line[:LONGEST].casefold() for line in notes.source[:MOST])
    counted = Counter(word for line in lines for word in re.findall(r"[a-z][\w-]+", line))
    headings = {word for section in notes.sections for part in section.path for word in part.casefold().split()}
    return frozenset(headings | {word for word, times in counted.items() if times >= OFTEN})


def _defined(one: Statement, known: frozenset[str]) -> Statement:
    """ "A base is a directory with ..." as an entry of a glossary, when the notes use the name elsewhere too."""
    found = None if one.subject else DEFINES.match(one.text)
    if not found or not all(word.rstrip("s") in known or word in known for word in found[1].casefold().split()):
        return one
    return replace(one, subject=found[1], text=found[2])


def is_closed(section: Section) -> bool:
    """Whether a section holds tasks, links or open ends, which state nothing."""
    return any(map(CLOSED.search, section.path)) or any(map(CLOSED_BELOW.search, section.path[1:]))


def _is_entry(block: Block) -> bool:
    """Whether a paragraph is one glossary line; those that follow each other are siblings as those of a list are."""
    return isinstance(block, Paragraph) and len(block.lines) == 1 and bool(entry_of(block.lines[0].text))


def _of_heading(section: Section) -> Iterator[Statement]:
    """ "What is X?" as a heading, with the answer's first sentence below it."""
    asked = ASKS.match(section.path[-1]) if section.path else None
    first = section.blocks[0] if section.blocks else None
    if not asked or not isinstance(first, Paragraph):
        return
    text, begin, end = next(_sentences(first), ("", 0, 0))
    answer = ANSWERS.match(text)
    if answer:
        yield Statement(asked[1], answer[1], begin, end, section.path)


def _of_block(block: Block, section: Section, group: int) -> Iterator[Statement]:
    if isinstance(block, Paragraph):
        return _of_paragraph(block, section, group)
    if isinstance(block, ListBlock):
        return _of_list(block, section, group)
    if isinstance(block, Table):
        return _of_table(block, section, group)
    return iter(())  # code is read with what stands around it


def _of_paragraph(block: Paragraph, section: Section, group: int) -> Iterator[Statement]:
    """Glossary lines one by one when every line is one; else the whole as sentences."""
    split = [entry_of(line.text) for line in block.lines]
    if all(split) and (len(split) > 1 or _short(split[0][0] if split[0] else "")):
        for line in block.lines:
            yield from _told(line.text, line.number, line.number, section.path, "", group)
        return
    for text, first, last in _sentences(block):
        yield from _told(text, first, last, section.path, "", 0)


def _short(term: str) -> bool:
    return len(term.split()) <= 4


def _sentences(block: Paragraph) -> Iterator[tuple[str, int, int]]:
    """Sentences with their lines; a new line begins a new one when it starts with a capital after an ended line."""
    text, starts = "", []
    for line in block.lines:
        starts.append(len(text))
        text += line.text + " "
    begin = 0
    for end in [found.start() for found in SENTENCE_END.finditer(text)] + [len(text)]:
        sentence = text[begin:end].strip()
        if sentence:
            first, last = bisect_right(starts, begin + 1) - 1, bisect_left(starts, end) - 1
            yield sentence, block.lines[first].number, block.lines[last].number
        begin = end


def _of_list(block: ListBlock, section: Section, group: int) -> Iterator[Statement]:
    lead = block.lead
    nested: dict[int, list[ListItem]] = {}
    for item in block.items:
        if item.parent is not None:
            nested.setdefault(item.parent, []).append(item)
    for place, item in enumerate(block.items):
        parent = block.items[item.parent] if item.parent is not None else None
        context = parent.text if parent else lead
        yield from _told(item.text, item.first, item.last, section.path, context, group if parent is None else 0)
        children, own = nested.get(place, []), _glossary(item.text, item.first, item.last, section.path, "", 0)
        if children and (own.subject or len(item.text.split()) <= LABEL):
            subject = own.subject or without_code_marks(item.text).strip(" :-")
            for child in children:
                code, below = "`" in item.text, bool(own.subject)
                yield Statement(subject, child.text, item.first, child.last, section.path, lead, 0, code, nested=below)


def _told(text: str, first: int, last: int, path: tuple[str, ...], context: str, group: int) -> Iterator[Statement]:
    """What a line tells: one thing, or each of "A = x, B = y" by itself."""
    parts = re.split(r"[,;]\s+", text) if len(EQUALS.findall(text)) > 1 else [text]
    if len(parts) > 1 and not all(EQUALS.search(part) for part in parts):
        yield Statement("", text, first, last, path, context, group)
        return
    for part in parts:
        yield _glossary(part, first, last, path, context, group)


def _glossary(text: str, first: int, last: int, path: tuple[str, ...], context: str, group: int) -> Statement:
    text = NUMBER.sub("", text)
    found = entry_of(text)
    if not found:
        return Statement("", text, first, last, path, context, group)
    if path and PURPOSE.match(found[0]):
        return Statement(_heading(path), found[1], first, last, path, context, 0)
    return Statement(without_code_marks(found[0]).strip(), found[1], first, last, path, context, group, found[2])


def _heading(path: tuple[str, ...]) -> str:
    """What a section is about by its heading, without its number."""
    return NUMBER.sub("", path[-1]).strip(" :?")


def entry_of(text: str) -> tuple[str, str, bool] | None:
    """Term, description and whether the term is code, when a line is an entry of a glossary."""
    found = GLOSSARY.match(NUMBER.sub("", text))
    if not found or (not _short(without_code_marks(found[1])) and "`" not in found[1]):
        return None
    code = found[1].startswith("`")
    return None if not code and SAYING.search(found[1]) else (found[1], found[2], code)


def _of_table(block: Table, section: Section, group: int) -> Iterator[Statement]:
    for row in block.rows:
        if len(row.cells) < 2 or not row.cells[0]:
            continue
        subject, text = without_code_marks(row.cells[0]), row.cells[-1]
        head = without_code_marks(block.header[-1]).strip(" :?") if len(block.header) == len(row.cells) else ""
        yield Statement(subject, text, row.number, row.number, section.path, head, group, "`" in row.cells[0], head)
