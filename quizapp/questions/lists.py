"""Lists and procedures of the notes that can be asked as a whole. Knows the forms of lists, no kind of item.

A list is asked only when the notes close it: "include", "such as" and "etc." leave it open. Steps have an order only
where the notes say so, by the words of their heading and of the steps.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from quizapp.notes.document import Block, ListBlock, Notes, Paragraph, Section, Table
from quizapp.notes.inline import without_code_marks
from quizapp.questions.repair import Repair
from quizapp.questions.statement import SENTENCE_END, entry_of, is_closed
from quizapp.questions.words import content_words

GROUPED = re.compile(
    r"\b(?:types|kinds|components|parts|phases|modes|policies|effects|levels|strategies|classes|principles|advantages|"
    r"disadvantages|drawbacks|benefits|problems|reasons|standards|layers|pillars|subjects|states|verbs)\b(?! and\b)",
    re.IGNORECASE,
)
OPEN = re.compile(
    r"\b(?:include|includes|including|such as|e\.?g|for example|like|etc|some|among|examples?|typical|typically|common|"
    r"commonly|popular|many|more|mostly|usually|often|other|others|todo|steps?)\b|\.\.\.|\u2026|\?",
    re.IGNORECASE,
)
COUNTED = re.compile(
    r"\b(two|three|four|five|six|seven|eight|2|3|4|5|6|7|8)\b(?!\s*(?:%|percent|minutes?|seconds?|hours?|days?))",
    re.IGNORECASE,
)
NUMBERS = {name: count for count, name in enumerate(("two", "three", "four", "five", "six", "seven", "eight"), start=2)}
PROCEDURE = re.compile(
    r"\b(?:steps?|order|sequence|flow|lifecycle|life cycle|process|procedure|what happens|the way of|how .* works?|"
    r"walkthrough|path of|journey|phases|stages)\b",
    re.IGNORECASE,
)
LATER = re.compile(
    r"\b(?:then|next|after|afterwards|finally|once|when this|as soon as|now|later|lastly)\b", re.IGNORECASE
)
PLACED = re.compile(
    r"^(?:at (?:the )?(?:first|last|end)|first(?: of all)?|firstly|second|secondly|third|thirdly|then|next|"
    r"after (?:that|this)|afterwards|finally|lastly|now|later|in the end),?\s+|(?<=\s)then\s",
    re.IGNORECASE,
)
TASK = re.compile(
    r"^(?:install|open|click|go to|download|run|type|try|verify|check|clone|write|enter|copy|edit|make sure|create|"
    r"apply|delete)\b",
    re.IGNORECASE,
)
PERSONAL = re.compile(r"\b(?:i|we|you|your|our|us|my|me|let's)\b", re.IGNORECASE)
LEAST, MOST = 3, 7
LONGEST_MEMBER, LONGEST_STEP, LONGEST_LEAD, SHORT_LEAD = 8, 22, 90, 3


@dataclass(frozen=True, slots=True)
class Listed:
    """A list: the line that introduces it (`lead`), its entries, its lines; `ordered` when the order is meant."""

    lead: str
    members: tuple[str, ...]
    section: tuple[str, ...]
    first: int
    last: int
    ordered: bool = False


def lists(notes: Notes, repair: Repair) -> Iterator[Listed]:
    """Every list and procedure of the notes that is closed and clean enough to be asked as a whole."""
    for section in notes.sections:
        if is_closed(section):
            continue
        for place, block in enumerate(section.blocks):
            found = _of_block(block, section, alone=place == 0)
            if found and _clean(found, repair):
                yield found


def _of_block(block: Block, section: Section, *, alone: bool) -> Listed | None:
    if isinstance(block, ListBlock):
        top = [item for item in block.items if item.parent is None]
        whole = [(without_code_marks(item.text), item) for item in top]
        heading = section.path[-1] if alone and section.path else ""
        lead = block.lead or heading
        first = block.lead_line or section.line
        if block.ordered and PROCEDURE.search(f"{lead} {' '.join(section.path[-1:])}"):
            return _steps(lead or section.path[-1], [text for text, _ in whole], section, first, block.last)
        names = [_name(item.text) for item in top]
        if not _introduces(block.lead) and not (heading and GROUPED.search(heading)):
            return None
        return _list(lead, names, section, first, block.last)
    if isinstance(block, Table) and alone and section.path and GROUPED.search(section.path[-1]):
        names = [without_code_marks(row.cells[0]) for row in block.rows if row.cells]
        return _list(section.path[-1], names, section, section.line, block.last)
    if isinstance(block, Paragraph) and len(block.lines) == 1:
        line = block.lines[0]
        lead, colon, rest = line.text.partition(": ")
        if colon:
            return _list(f"{lead}:", _parted(SENTENCE_END.split(rest)[0]), section, line.number, line.number)
    return None


def _introduces(lead: str) -> bool:
    """Whether the line above a list announces it, and is no sentence of its own."""
    return lead.rstrip().endswith(":") or bool(COUNTED.search(lead)) or 0 < len(lead.split()) <= SHORT_LEAD


def _name(text: str) -> str:
    """What an entry is called: the term of a glossary entry, or the whole of a short one."""
    entry = entry_of(text)
    return without_code_marks(entry[0] if entry else text).strip(" .;,")


def _parted(text: str) -> list[str]:
    """ "User, Group and ServiceAccount" as its parts."""
    return [part.strip(" .`") for part in re.split(r",\s+(?:and |or )?|\s+(?:and|or)\s+", text.strip())]


def _list(lead: str, names: list[str], section: Section, first: int, last: int) -> Listed | None:
    plain = without_code_marks(lead).strip()
    if not LEAST <= len(names) <= MOST or len({name.casefold() for name in names}) < len(names):
        return None
    if not (GROUPED.search(plain) or COUNTED.search(plain)) or len(plain) > LONGEST_LEAD:
        return None
    if any(not name or len(name.split()) > LONGEST_MEMBER for name in names):
        return None
    if any(OPEN.search(text) or PERSONAL.search(text) for text in (plain, *names)):
        return None
    counted = [NUMBERS.get(one.casefold()) or int(one) for one in COUNTED.findall(plain)]
    if counted and len(names) not in counted:
        return None
    return Listed(plain, tuple(names), section.path, first, last)


def _steps(lead: str, texts: list[str], section: Section, first: int, last: int) -> Listed | None:
    """A procedure has an order when each step takes up the one before, or says that it comes later."""
    if not LEAST <= len(texts) <= MOST or len(set(texts)) < len(texts):
        return None
    if any(len(text.split()) > LONGEST_STEP or PERSONAL.search(text) or TASK.match(text) for text in texts):
        return None
    if not all(LATER.search(after) or _share(before, after) for before, after in pairwise(texts)):
        return None
    return Listed(without_code_marks(lead).strip(), tuple(map(_step, texts)), section.path, first, last, ordered=True)


def _step(text: str) -> str:
    """A step without the words that tell its place."""
    plain = PLACED.sub("", text.strip())
    return plain[:1].upper() + plain[1:] if plain != text.strip() else plain


def _share(before: str, after: str) -> bool:
    stems = {word.rstrip("s") for word in content_words(before)}
    return any(word.rstrip("s") in stems for word in content_words(after))


def _clean(found: Listed, repair: Repair) -> bool:
    """Whether no word may be a slip, no bracket is open and nothing points elsewhere."""
    texts = (found.lead, *found.members)
    return not any(
        repair.doubtful(text) or text.count("(") != text.count(")") or "http" in text or "|" in text for text in texts
    )
