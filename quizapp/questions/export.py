"""Questions in the formats of other programs: Moodle's GIFT and XML, and CSV. Pure text; cards go into CSV alone.

Formats: docs.moodle.org, "GIFT format" and "Moodle XML format". Steps to order become pairs of step and place, which
every version of Moodle can import.
"""

import csv
import io
import re
from collections.abc import Callable, Sequence
from xml.etree import ElementTree as ET

from quizapp.questions.item import Item, Option

SPECIAL = re.compile(r"([~=#{}:\\])")
COLUMNS = ("id", "use", "kind", "section", "lines", "question", "answer", "wrong", "score", "source")
WHOLE = 100
PLAIN, MOODLE = "plain_text", "moodle_auto_format"


def as_gift(items: Sequence[Item]) -> str:
    """GIFT, one question after the other, each with its id as name and its section as category."""
    parts: list[str] = []
    category = ""
    for item in items:
        if item.use != "quiz":
            continue
        path = "/".join(part.replace("/", "//") for part in item.section)
        if path != category:
            parts.append(f"$CATEGORY: {path or 'Notes'}\n")
            category = path
        parts.append(f"::{_gift(item.id)}::{_gift_question(item)} {{{_gift_answer(item)}}}\n")
    return "\n".join(parts)


def _gift(text: str) -> str:
    return SPECIAL.sub(r"\\\1", " ".join(text.replace("->", "\u2192").split()))


def _gift_question(item: Item) -> str:
    """Code stands below what is asked, in plain text, which keeps its lines and the spaces that begin them."""
    if not item.shown:
        return _gift(item.prompt)
    code = (SPECIAL.sub(r"\\\1", line) for line in item.shown.splitlines())
    return "\\n".join((f"[plain]{_gift(item.prompt)}", "", *code))


def _gift_answer(item: Item) -> str:
    if item.kind == "truefalse":
        right = next(option for option in item.options if option.correct)
        wrong = next(option for option in item.options if not option.correct)
        return f"{right.text.upper()}#{_gift(wrong.feedback)}#{_gift(right.feedback)}"
    if item.pairs:
        return "\n" + "".join(f"\t={_gift(left)} -> {_gift(right)}\n" for left, right in item.pairs)
    if item.options:
        lines = (f"\t{_sign(item, one)}{_gift(one.text)}#{_gift(one.feedback)}\n" for one in item.options)
        return "\n" + "".join(lines)
    return "\n" + "".join(f"\t={_gift(answer)}\n" for answer in _typed(item))


def _sign(item: Item, option: Option) -> str:
    """Several keys share the whole mark, and a wrong choice takes a share away."""
    if item.kind != "multi":
        return "=" if option.correct else "~"
    return f"~%{'' if option.correct else '-'}{_share(item)}%"


def _share(item: Item) -> str:
    return f"{WHOLE / sum(option.correct for option in item.options):.5f}".rstrip("0").rstrip(".")


def _typed(item: Item) -> tuple[str, ...]:
    whole = item.payload.get("whole")
    return tuple(dict.fromkeys((*item.answers, *((str(whole),) if whole else ()))))


def as_moodle_xml(items: Sequence[Item]) -> str:
    """Moodle XML with a category for each section."""
    quiz = ET.Element("quiz")
    category = None
    for item in items:
        if item.use != "quiz":
            continue
        path = "/".join(part.replace("/", "//") for part in item.section) or "Notes"
        if path != category:
            head = ET.SubElement(quiz, "question", type="category")
            _text(ET.SubElement(head, "category"), f"$course$/{path}")
            category = path
        _xml_question(quiz, item)
    ET.indent(quiz)
    return ET.tostring(quiz, encoding="unicode", xml_declaration=True) + "\n"


NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _text(parent: ET.Element, text: str) -> None:
    ET.SubElement(parent, "text").text = NO_XML.sub("", text)


def _xml_question(quiz: ET.Element, item: Item) -> None:
    form, fill = _xml_form(item)
    question = ET.SubElement(quiz, "question", type=form)
    _text(ET.SubElement(question, "name"), item.id)
    _text(ET.SubElement(question, "questiontext", format=PLAIN), asked_whole(item))
    _text(ET.SubElement(question, "generalfeedback", format=PLAIN), item.source)
    ET.SubElement(question, "idnumber").text = item.id
    fill(question, item)


def _xml_form(item: Item) -> tuple[str, Callable[[ET.Element, Item], None]]:
    if item.kind == "truefalse":
        return "truefalse", _xml_truth
    if item.pairs:
        return "matching", _xml_pairs
    return ("multichoice", _xml_choices) if item.options else ("shortanswer", _xml_typed)


def _xml_truth(question: ET.Element, item: Item) -> None:
    for option in item.options:
        _xml_answer(question, option.text.lower(), _fraction(item, option), option.feedback, MOODLE)


def _xml_pairs(question: ET.Element, item: Item) -> None:
    ET.SubElement(question, "shuffleanswers").text = "true"
    for left, right in item.pairs:
        pair = ET.SubElement(question, "subquestion", format=PLAIN)
        _text(pair, left)
        _text(ET.SubElement(pair, "answer"), right)


def _xml_choices(question: ET.Element, item: Item) -> None:
    ET.SubElement(question, "single").text = "false" if item.kind == "multi" else "true"
    ET.SubElement(question, "shuffleanswers").text = "true"
    ET.SubElement(question, "answernumbering").text = "abc"
    for option in item.options:
        _xml_answer(question, option.text, _fraction(item, option), option.feedback, PLAIN)


def _xml_typed(question: ET.Element, item: Item) -> None:
    ET.SubElement(question, "usecase").text = "0"
    for answer in _typed(item):
        _xml_answer(question, answer, str(WHOLE), "", MOODLE)


def _fraction(item: Item, option: Option) -> str:
    if item.kind == "multi":
        return f"{'' if option.correct else '-'}{_share(item)}"
    return str(WHOLE) if option.correct else "0"


def _xml_answer(question: ET.Element, text: str, fraction: str, feedback: str, form: str) -> None:
    answer = ET.SubElement(question, "answer", fraction=fraction, format=form)
    _text(answer, text)
    _text(ET.SubElement(answer, "feedback", format=PLAIN), feedback)


def as_csv(items: Sequence[Item]) -> str:
    """A table for spreadsheets; texts that a spreadsheet would take for a formula begin with an apostrophe."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(COLUMNS)
    for item in items:
        wrong = [option.text for option in item.options if not option.correct]
        section, lines = " > ".join(item.section), f"{item.lines[0]}-{item.lines[1]}"
        texts = (asked_whole(item), answer_of(item), " | ".join(wrong))
        row = (item.id, item.use, item.kind, section, lines, *texts, item.score, item.source)
        writer.writerow([_harmless(str(cell)) for cell in row])
    return made.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def asked_whole(item: Item) -> str:
    """What is asked, with the code that it is asked of below."""
    return f"{item.prompt}\n\n{item.shown}" if item.shown else item.prompt


def answer_of(item: Item) -> str:
    """What is right, in words."""
    if item.pairs:
        return "; ".join(f"{left} = {right}" for left, right in item.pairs)
    if item.options:
        return "; ".join(option.text for option in item.options if option.correct)
    return item.back or " or ".join(item.answers)
