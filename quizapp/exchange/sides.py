"""The two sides of a card from its note, by Anki's templates. Pure; what a template says is text and never run.

Of the template language: fields, `FrontSide`, sections that hang on whether a field is empty, and gaps (`cloze:`).
Other filters (`hint:`, `type:`, `text:` and those of add-ons) show the field itself.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from quizapp.exchange.bundle import BundleNote, NoteType
from quizapp.exchange.html import LONGEST, to_text
from quizapp.exchange.look import FIELDS, NOTE_TYPE

PART = re.compile(r"\{\{([^{}]*)\}\}")
ANSWER = re.compile(r"<hr[^<>]*\bid\s*=\s*[\"']?answer\b[^<>]*>", re.IGNORECASE)
GAP = re.compile(r"\{\{c(\d+)::|\}\}")
NOTHING = "(there is nothing on this side)"


@dataclass(frozen=True, slots=True)
class Sides:
    """What a card shows, as text."""

    front: str
    back: str


def sides_of(note: BundleNote, note_type: NoteType, ord: int) -> Sides:  # noqa: A002  (Anki's word)
    """The sides of card number `ord`; never empty, so that no card is lost that shows a picture alone."""
    if note_type.id == NOTE_TYPE and note_type.fields == FIELDS:
        return Sides(*(to_text(field) or NOTHING for field in note.fields[:2]))
    fields = dict(zip(note_type.fields, note.fields, strict=False)) | {
        "Tags": " ".join(note.tags),
        "Type": note_type.name,
        "Subdeck": "",
        "Deck": "",
        "CardFlag": "",
    }
    template = note_type.templates[0 if note_type.cloze else min(ord, len(note_type.templates) - 1)]
    gap = ord + 1 if note_type.cloze else 0
    front = _filled(template.front, fields | {"FrontSide": ""}, gap, hides=True)
    back = _filled(template.back, fields | {"FrontSide": ""}, gap, hides=False)
    return Sides(to_text(front) or NOTHING, to_text(ANSWER.split(back)[-1]) or NOTHING)


def _filled(template: str, fields: Mapping[str, str], gap: int, *, hides: bool) -> str:
    """A template with its fields filled in; what would grow past all measure is cut."""
    template = template[:LONGEST]
    made: list[str] = []
    shown = [True]
    place = size = 0
    for part in PART.finditer(template):
        name, words = part[1].strip(), template[place : part.start()]
        place = part.end()
        if name[:1] in ("#", "^"):
            there = bool(fields.get(name[1:].strip(), "").strip()) or _is_gap(name[1:], gap)
            new = [*shown, shown[-1] and there == (name[0] == "#")]
        elif name[:1] == "/":
            new = shown[:-1] or [True]
        else:
            new = shown
            words += _field(name, fields, gap, hides=hides)
        if shown[-1] and size < LONGEST:
            made.append(words)
            size += len(words)
        shown = new
    return "".join([*made, template[place:] if shown[-1] else ""])


def _is_gap(name: str, gap: int) -> bool:
    """Whether a section is that of the gap shown: `{{#c1}}`."""
    return bool(gap) and name.strip() == f"c{gap}"


def _field(name: str, fields: Mapping[str, str], gap: int, *, hides: bool) -> str:
    *filters, field = (word.strip() for word in name.split(":"))
    text = fields.get(field, "")[:LONGEST]
    return _with_gaps(text, gap, hides=hides) if gap and "cloze" in filters else text


def _with_gaps(text: str, gap: int, *, hides: bool) -> str:
    """The text with the gaps of one number hidden, or with all of them filled in."""
    # Each open gap: its number, and where its words begin among the pieces made so far.
    made: list[str] = []
    opened: list[tuple[int, int]] = []
    place = 0
    for mark in GAP.finditer(text):
        if mark[1] is None and not opened:
            continue
        made.append(text[place : mark.start()])
        place = mark.end()
        if mark[1] is not None:
            opened.append((int(mark[1][:6]), len(made)))
            continue
        number, begin = opened.pop()
        words, _, hint = "".join(made[begin:]).partition("::")
        made[begin:] = [f"[{hint or '...'}]" if hides and number == gap else words]
    return "".join([*made, text[place:]])
