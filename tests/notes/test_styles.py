"""Forms of notes that only look different: each is read as the form it means, and cited as it was written."""

import pytest

from quizapp.notes.parse import parse_notes
from quizapp.notes.styles import readable
from quizapp.questions.generate import generate

POD = "the smallest unit that Kubernetes deploys"
FORMS = {
    "a glossary line": f"- **Pod**: {POD}",
    "a definition list": f"Pod\n: {POD}",
    "question and answer": f"Q: What is a Pod?\nA: {POD[0].upper()}{POD[1:]}.",
    "bold question and answer": f"**Q1:** What is a Pod?\n\n**A1:** It is {POD}.",
    "a folded answer": f"<details><summary>What is a Pod?</summary>\n\n{POD[0].upper()}{POD[1:]}.\n\n</details>",
    "an HTML list": f"<ul>\n<li><b>Pod</b>: {POD}</li>\n</ul>",
    "rows of an HTML table": f"<table>\n<tr><td>Pod</td><td>{POD}</td></tr>\n</table>",
    "an HTML list in one line": f"<ul><li>Node: a machine</li><li><b>Pod</b>: {POD}</li></ul>",
    "an HTML list of terms": f"<dl>\n<dt>Pod</dt>\n<dd>{POD}</dd>\n</dl>",
    "an HTML list of terms in one line": f"<dl><dt><b>Pod</b></dt><dd>{POD}</dd></dl>",
    "an HTML table in one line": f"<table><tr><th>Word</th><th>Is</th></tr><tr><td>Pod</td><td>{POD}</td></tr></table>",
    "an HTML table with a cell a line": f"<table>\n<tr>\n<td>Pod</td>\n<td>{POD}</td>\n</tr>\n</table>",
    "lines parted by breaks": f"**Node**: a machine that runs Pods<br>**Pod**: {POD}<br/>",
    "an HTML paragraph": f"<p>A <b>Pod</b> is {POD}.</p>",
    "an HTML heading": f"<h2>Pod</h2>\n\nA Pod is {POD}.",
    "a picture as a bullet": f"✅ Pod: {POD}",
    "an alert": f"> [!NOTE]\n> A Pod is {POD}.",
    "a footnote mark": f"A Pod[^1] is {POD}.\n\n[^1]: More of it in the reference.",
    "a linked term": f"- [Pod](https://kubernetes.io): {POD}",
    "front matter": f"---\ntitle: x\n---\n\nA Pod is {POD}.",
    "a no-break space": f"-\u00a0**Pod**:\u00a0{POD}",
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_says_the_same(form: str) -> None:
    text = FORMS[form] if form == "front matter" else f"# Probe\n\n{FORMS[form]}\n"
    made = generate(parse_notes(text), slug="probe")
    asked = [item for item in made.items if item.prompt == f"Which Kubernetes object is {POD}?"]
    assert {item.use for item in asked} == {"quiz", "card"}, [item.prompt for item in made.items]
    lines = text.split("\n")
    for item in asked:
        first, last = item.lines
        assert POD[4:] in "\n".join(lines[first - 1 : last])
        assert item.source.splitlines()[-1] in text
        assert "Pod" in item.source, "who reads the cited lines alone knows what they speak of"


@pytest.mark.parametrize(
    "text",
    [
        "```\nQ: What is a Pod?\nA: nothing of the kind\n```",
        "~~~text\n> [!NOTE]\n> in code\n~~~",
        "````\n```\n✅ still code\n```\n````",
        "| ✅ | a cell [^1] |",
        "Q: an opening without its end",
        "> a quote that is no alert",
    ],
)
def test_code_tables_and_what_only_begins_alike_are_left_alone(text: str) -> None:
    assert readable(text.split("\n")).texts == tuple(text.split("\n"))


def test_what_one_line_of_html_holds_is_cited_by_that_line() -> None:
    made = readable(["text", "<ul><li>one</li><li>two</li></ul>", "end"])
    assert [one for one in zip(made.numbers, made.texts, strict=True) if one[1]] == [
        (1, "text"),
        (2, "- one"),
        (2, "- two"),
        (3, "end"),
    ]


def test_a_question_is_no_statement() -> None:
    source = ["Q: Why is a Pod replaced?", "A: Because its node failed.", "", "text"]
    assert readable(source).texts == ("", "Because its node failed.", "", "text")


def test_an_answer_that_is_far_away_is_not_taken_for_one() -> None:
    source = ["Q: What is a Pod?", "", "", "", "A: the smallest unit"]
    assert readable(source).texts[4] == "A: the smallest unit"
