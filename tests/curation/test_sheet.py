"""curation.yaml: what is written is read again, and every mistake is told with line and field."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from quizapp.curation.sheet import Decision, read_sheet, write_sheet
from quizapp.curation.texts import problems, tidy
from quizapp.yamltext import dump_yaml, load_yaml
from tests.curation.test_texts import ANSWERS, CARD, CHOICE, COMMAND, PAIRS, SEVERAL, STEPS

ID = "m-0123456789"
GOOD = f"""\
module: m
items:
  {ID}:
    asks: What runs Pods?
    decision: hidden
  m-abcdefabcd:
    edited:
      stem: What runs Pods?
      options:
        - text: A Node
          right: true
        - text: A Secret
          feedback: It keeps words.
"""
PLAIN = some.recursive(
    some.text(some.characters(exclude_categories=["Cs"]), max_size=30)
    | some.booleans()
    | some.integers()
    | some.none(),
    lambda inner: some.lists(inner, max_size=4) | some.dictionaries(some.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def test_a_file_says_what_is_hidden_and_what_reads_how() -> None:
    sheet, errors = read_sheet(GOOD, file="x.yaml", module="m")
    assert errors == []
    assert sheet.decisions[ID] == Decision("hidden")
    rewritten = sheet.decisions["m-abcdefabcd"]
    assert rewritten.verdict == "accepted"
    assert rewritten.texts
    assert [(one.text, one.right) for one in rewritten.texts.options] == [("A Node", True), ("A Secret", False)]


@pytest.mark.parametrize("texts", [CHOICE, SEVERAL, ANSWERS, COMMAND, STEPS, PAIRS, CARD, None])
def test_what_is_written_is_read_again(texts: object) -> None:
    words = 'no: "yes" # 017 \\ {x} [y] \u2019\u00e9 ~ - null'
    own = replace(texts, prompt=words) if texts else None  # type: ignore[type-var]
    decisions = {ID: Decision("accepted", own, "012345678901"), "m-aaaaaaaaaa": Decision("hidden", own)}
    written = write_sheet("m", [(item_id, words, one) for item_id, one in decisions.items()])
    sheet, errors = read_sheet(written, file="x.yaml", module="m")
    assert errors == []
    assert dict(sheet.decisions) == decisions
    assert written == write_sheet("m", [(item_id, words, one) for item_id, one in sheet.decisions.items()])


def test_an_empty_file_of_decisions_is_one() -> None:
    assert read_sheet(write_sheet("m", []), file="x.yaml") == (read_sheet(write_sheet("m", []), file="y.yaml")[0], [])


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("module: m", "module: [", 3, "did not find"),
        ("module: m", "modul: m", 1, "modul: unknown key"),
        ("module: m", "module: n", 1, "module: is 'n'; this is the place of 'm'"),
        ("module: m", 'module: "\\0"', 1, "module: is '\\x00'; a module is named"),
        ("items:", "items: []\nothers:", 2, "items: is needed"),
        (ID, "m-A2345678", 3, "items.m-A2345678: is no id"),
        (ID, "other-0123456789", 3, "items.other-0123456789: is no id"),
        ("decision: hidden", "decision: maybe", 5, f"items.{ID}.decision: is 'maybe'; it is accepted or hidden"),
        ("    decision: hidden\n", "", 3, f"items.{ID}.decision: is needed"),
        ("decision: hidden", "decided: hidden", 5, f"items.{ID}.decided: unknown key"),
        ("decision: hidden", "decision: hidden\n    notes: 12", 6, f"items.{ID}.notes: is 12"),
        ("edited:", "edited: no\n    notes:", 7, "edited: is a mapping"),
        ("stem:", "front:", 7, "edited: has stem and options, or stem and several"),
        ("stem: What runs Pods?", "stem: 3", 8, "edited.stem: is 3; a text is needed"),
        ("right: true", "right: 1", 11, "options.0.right: is true or left out"),
        ("          right: true\n", "", 9, "options: needs exactly one right option"),
        ("text: A Secret", "text: a node", 12, "options.1.text: is the same option twice"),
        ("text: A Secret", "texts: A Secret", 12, "options.1.texts: unknown key"),
        ("options:", "answers:", 10, "answers.0: is a text"),
        ("options:", "pairs:", 10, "pairs.0: is a list of two texts"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_field(old: str, new: str, line: int, says: str) -> None:
    assert old in GOOD
    _, errors = read_sheet(GOOD.replace(old, new, 1), file="x.yaml", module="m")
    assert any(error.line == line and says in error.says for error in errors), [str(error) for error in errors]
    assert all(str(error).startswith("x.yaml:") for error in errors)


def test_every_mistake_is_told_and_not_the_first_alone() -> None:
    wrong = GOOD.replace("decision: hidden", "decision: maybe").replace("text: A Secret", "text: A Node")
    assert len(read_sheet(wrong, file="x.yaml")[1]) == 2


@settings(max_examples=150, deadline=None)
@given(PLAIN)
def test_plain_data_is_written_so_that_it_is_read_as_the_same(data: object) -> None:
    """Numbers like -0 have no second spelling here, and keys are always texts."""
    assert load_yaml(dump_yaml({"data": data})).data == {"data": data}


@settings(max_examples=150, deadline=None)
@given(some.text(alphabet="ab:-{}[]'\"\n #&*!|>%@`\u00e9m0123456789", max_size=200))
def test_any_text_is_survived(text: str) -> None:
    for whole in (text, f"module: m\nitems:\n  {ID}:\n{text}", GOOD.replace("A Secret", text)):
        sheet, errors = read_sheet(whole, file="x.yaml")
        assert errors == [] or all(re.match(r"x\.yaml:\d+: ", str(error)) for error in errors)
        if not errors:
            own = [one.texts for one in sheet.decisions.values() if one.texts]
            assert [one for one in own if problems(one) or tidy(one) != one] == []
