"""What the notes state, one statement at a time: a subject where the form names one, a text, and its lines.

Knows the forms of notes (glossary lines, lists, tables, sentences, commented commands), not what any of it means.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quizapp.notes.document import Block, Code, ListBlock, ListItem, Notes, Paragraph, Section, Table
from quizapp.notes.inline import without_code_marks

CLOSED = re.compile(
    r"\b(?:labs?|exercises?|hands[- ]on|demos?|to ?dos?|links?|references|resources to|further reading|homework|agenda|"
    r"table of contents|questions?|quiz|practice|assignments?|bibliography|see also|changelog)\b",
    re.IGNORECASE,
)
GLOSSARY = re.compile(r"^(`[^`]{1,100}`|[^:`]{1,60}?)(?:\s*:\s+|\s+(?:--|[-\u2013\u2014=]|[-=]+>|\u2192)\s+)(\S.*)$")
SENTENCE_END = re.compile(
    r"(?<=[A-Za-z0-9)\"'`][.!?])(?<!e\.g\.)(?<!i\.e\.)(?<!etc\.)(?<!vs\.)(?<!\sno\.)\s+(?=[A-Za-z\"'(`])"
)
COMMAND = re.compile(r"^\s*\$?\s*((?:kubectl|docker|minikube|helm|kubeadm)\s+[a-z].*)$")
NUMBER = re.compile(r"^\s*\(?\d{1,3}[.)]\s+")
SAYING = re.compile(r"\s(?:is|are|was|were|can|will|has|have|does|do|should|must|works?|needs?)\b", re.IGNORECASE)
LABEL = 5
MOST = 4_000


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing said. `context` is the line that introduces its list; statements of one `group` are siblings."""

    subject: str
    text: str
    first: int
    last: int
    section: tuple[str, ...]
    context: str = ""
    group: int = 0
    code: bool = False


def statements(notes: Notes) -> list[Statement]:
    """All statements in reading order; sections with tasks, links and open ends give none."""
    found: list[Statement] = []
    group = 0
    for section in notes.sections:
        if any(CLOSED.search(part) for part in section.path):
            continue
        for block in section.blocks:
            group += 1
            found.extend(_of_block(block, section, group))
            if len(found) > MOST:
                return found[:MOST]
    return found


def _of_block(block: Block, section: Section, group: int) -> Iterator[Statement]:
    if isinstance(block, Paragraph):
        return _of_paragraph(block, section, group)
    if isinstance(block, ListBlock):
        return _of_list(block, section, group)
    if isinstance(block, Table):
        return _of_table(block, section, group)
    return _of_code(block, section, group)


def _of_paragraph(block: Paragraph, section: Section, group: int) -> Iterator[Statement]:
    """Glossary lines one by one when every line is one; else the whole as sentences."""
    split = [GLOSSARY.match(line.text) for line in block.lines]
    if all(split) and (len(split) > 1 or _short(split[0][1] if split[0] else "")):
        for line in block.lines:
            yield _glossary(line.text, line.number, line.number, section.path, "", group)
        return
    for text, first, last in _sentences(block):
        yield _glossary(text, first, last, section.path, "", 0)


def _short(term: str) -> bool:
    return len(term.split()) <= 4


def _sentences(block: Paragraph) -> Iterator[tuple[str, int, int]]:
    """Sentences with their lines; a new line begins a new one when it starts with a capital after an ended line."""
    text, starts = "", []
    for line in block.lines:
        starts.append((len(text), line.number))
        text += line.text + " "
    begin = 0
    for end in [found.start() for found in SENTENCE_END.finditer(text)] + [len(text)]:
        sentence = text[begin:end].strip()
        if sentence:
            first = max(number for at, number in starts if at <= begin + 1)
            last = max(number for at, number in starts if at < end)
            yield sentence, first, last
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
        yield _glossary(item.text, item.first, item.last, section.path, context, group if parent is None else 0)
        children, own = nested.get(place, []), _glossary(item.text, item.first, item.last, section.path, "", 0)
        if children and (own.subject or len(item.text.split()) <= LABEL):
            subject = own.subject or without_code_marks(item.text).strip(" :-")
            for child in children:
                yield Statement(subject, child.text, item.first, child.last, section.path, lead, 0, "`" in item.text)


def _glossary(text: str, first: int, last: int, path: tuple[str, ...], context: str, group: int) -> Statement:
    text = NUMBER.sub("", text)
    found = GLOSSARY.match(text)
    if not found or (not _short(without_code_marks(found[1])) and "`" not in found[1]):
        return Statement("", text, first, last, path, context, group)
    code = found[1].startswith("`")
    if not code and SAYING.search(found[1]):
        return Statement("", text, first, last, path, context, group)
    return Statement(without_code_marks(found[1]).strip(), found[2], first, last, path, context, group, code)


def _of_table(block: Table, section: Section, group: int) -> Iterator[Statement]:
    for row in block.rows:
        if len(row.cells) < 2 or not row.cells[0]:
            continue
        subject, text = without_code_marks(row.cells[0]), row.cells[-1]
        context = " ".join(block.header[-1:])
        yield Statement(subject, text, row.number, row.number, section.path, context, group, "`" in row.cells[0])


def _of_code(block: Code, section: Section, group: int) -> Iterator[Statement]:
    """`# comment` above a command, and `command  # comment` on one line."""
    comment = ""
    for line in block.lines:
        text = line.text.strip()
        command, _, behind = text.partition(" # ")
        found = COMMAND.match(command)
        if text.startswith("#"):
            comment = text.lstrip("# ")
        elif found and (behind or comment):
            first = line.number if behind else line.number - 1
            yield Statement(found[1].strip(), behind or comment, first, line.number, section.path, "", group, code=True)
            comment = ""
        else:
            comment = ""
