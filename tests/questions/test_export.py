"""Questions in other programs' formats say the same: every kind, every sign that those formats read as their own."""

import csv
import io
import re
from xml.etree import ElementTree as ET

import pytest
from parts import FIXTURES, MODULE, choice, item

from quizapp.notes.parse import parse_notes
from quizapp.questions.export import as_csv, as_gift, as_moodle_xml
from quizapp.questions.generate import generate
from quizapp.questions.item import Item
from quizapp.questions.registry import KINDS

NASTY = "a {b} ~c =d #e :f \\g -> h <i> & \x07"
HAND_MADE = [
    choice("Which = #1?", "etcd: {x}", "kubelet ~ y", "proxy"),
    item("short", stem="Type\nit", answers=["kubelet", "the = kubelet"]),
    item("command", stem="Complete", answers=["scale"], whole="kubectl scale deployment web --replicas=3"),
    item("matching", stem="Match", pairs=[["a -> b", "x"], ["c", NASTY], ["d", "z"]]),
    item("ordering", stem="Order", pairs=[["ask", "1"], ["store", "2"], ["start", "3"]]),
    item("term", front="Card", back="not a question"),
]


@pytest.fixture(scope="module")
def items() -> list[Item]:
    made = [
        one
        for path in (*FIXTURES, MODULE)
        for one in generate(parse_notes(path.read_text("utf-8")), slug=path.stem).items
    ]
    assert {one.kind for one in made} == {kind for _, kind in KINDS}
    return made + HAND_MADE


def test_gift_holds_every_question_whole_and_escaped(items: list[Item]) -> None:
    text = as_gift(items)
    asked = [one for one in items if one.use == "quiz"]
    blocks = [block for block in text.split("\n\n") if "::" in block]
    assert len(blocks) == len(asked)
    for block, one in zip(blocks, asked, strict=True):
        bare = re.sub(r"\\[~=#{}:\\]", "", block.partition("$CATEGORY")[0] or block)
        assert bare.count("{") == bare.count("}") == 1
        inside = bare[bare.index("{") :]
        if one.kind == "truefalse":
            assert re.search(r"\{(TRUE|FALSE)#", inside)
        elif one.pairs:
            assert inside.count(" -> ") == len(one.pairs) == inside.count("\t=")
        elif one.kind == "multi":
            assert len(re.findall(r"\t~%[\d.]+%", inside)) == sum(option.correct for option in one.options)
        elif one.options:
            assert inside.count("\t=") == 1
        else:
            assert inside.count("\t=") >= len(one.answers)


def test_moodle_xml_holds_every_question_with_its_key(items: list[Item]) -> None:
    quiz = ET.fromstring(as_moodle_xml(items))  # noqa: S314  (we wrote it a line before)
    questions = [one for one in quiz if one.get("type") != "category"]
    asked = [one for one in items if one.use == "quiz"]
    assert [one.findtext("idnumber") for one in questions] == [one.id for one in asked]
    for question, one in zip(questions, asked, strict=True):
        if one.pairs:
            pairs = [(sub.findtext("text"), sub.findtext("answer/text")) for sub in question.findall("subquestion")]
            assert pairs == [(left.replace("\x07", ""), right.replace("\x07", "")) for left, right in one.pairs]
            continue
        answers = [float(str(answer.get("fraction"))) for answer in question.findall("answer")]
        whole = 100 if one.options else 100 * len(answers)
        assert sum(value for value in answers if value > 0) == pytest.approx(whole, abs=0.01)
        if one.kind == "multi":
            assert sum(answers) <= 0.01
            assert question.findtext("single") == "false"


def test_csv_is_read_back_as_it_was(items: list[Item]) -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(items))))
    assert [row["id"] for row in rows] == [one.id for one in items]
    assert all(row["question"] and row["answer"] for row in rows)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_no_cell_is_a_formula(text: str) -> None:
    (row,) = csv.DictReader(io.StringIO(as_csv([item("short", stem=text, answers=["x"])])))
    assert row["question"] == f"'{text}"
