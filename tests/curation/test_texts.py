"""Texts that a person may change: what breaks an item, what is only advised against, and what comes out."""

from dataclasses import replace

import pytest

from quizapp.curation.texts import Choice, Texts, advice, edited, problems, texts_of, tidy, wording
from quizapp.notes.parse import parse_notes
from quizapp.questions.generate import generate
from quizapp.questions.item import Item
from quizapp.questions.marks import mark
from tests.web.parts import MODULE

CHOICE = Texts("options", "What runs Pods?", options=(Choice("A Node", True, "Yes."), Choice("A Secret", False, "No.")))
ANSWERS = Texts("answers", "Fill in the gap: a _____ runs Pods.", answers=("node",))
PAIRS = Texts("pairs", "Match each.", pairs=(("A", "one"), ("B", "two"), ("C", "three")))
CARD = Texts("card", "Node", back="A machine that runs Pods.")


@pytest.fixture(scope="module")
def items() -> list[Item]:
    with open(f"content/kubernetes/{MODULE}.md", encoding="utf-8") as file:
        return list(generate(parse_notes(file.read()), slug=MODULE).items)


def an_item(texts: Texts) -> Item:
    use, kind = ("card", "term") if texts.form == "card" else ("quiz", "choice")
    empty = Item("m-0123456789", use, kind, ("Top",), (1, 1), "source", "fact", 0.5, texts.to_dict())
    if texts.form != "options":
        return empty
    return edited(replace(empty, payload={"stem": "", "options": [option("x", True)]}), texts)


def option(text: str, correct: bool) -> dict[str, object]:
    return {"id": text, "text": text, "correct": correct, "feedback": ""}


def test_the_texts_of_every_item_are_without_problem_and_give_the_same_item(items: list[Item]) -> None:
    assert {texts_of(item).form for item in items} == {"options", "answers", "pairs", "card"}
    for item in items:
        texts = texts_of(item)
        assert (problems(texts), tidy(texts), advice(item)) == ([], texts, ())
        assert Texts.from_dict(texts.to_dict()) == texts
        assert edited(item, texts).to_dict() == item.to_dict()


@pytest.mark.parametrize(
    ("texts", "field", "says"),
    [
        (replace(CHOICE, prompt=" "), "stem", "is empty"),
        (replace(CHOICE, prompt="x" * 1001), "stem", "1000 characters"),
        (replace(CHOICE, options=(Choice("A", False), Choice("B", False))), "options", "exactly one right option"),
        (replace(CHOICE, options=(Choice("A", True), Choice("B", True))), "options", "exactly one right option"),
        (replace(CHOICE, options=(*CHOICE.options, Choice(" ", True))), "", ""),
        (
            replace(CHOICE, options=(Choice("", True), Choice("A", False), Choice("B", False))),
            "options",
            "exactly one right option",
        ),
        (replace(CHOICE, options=(*CHOICE.options, Choice("a node!", False))), "options.2.text", "same option twice"),
        (replace(CHOICE, options=CHOICE.options[:1]), "options", "two options"),
        (replace(ANSWERS, answers=(" ",)), "answers", "one accepted answer"),
        (replace(PAIRS, pairs=PAIRS.pairs[:1]), "pairs", "two pairs"),
        (replace(PAIRS, pairs=(*PAIRS.pairs, ("a", "four"))), "pairs.3.0", "stands twice"),
        (replace(PAIRS, pairs=(*PAIRS.pairs, ("D", "Two."))), "pairs.3.1", "stands twice"),
        (replace(PAIRS, pairs=(*PAIRS.pairs, ("D", ""))), "pairs.3.1", "is empty"),
        (replace(CARD, back="\n"), "back", "is empty"),
        (replace(CARD, prompt=""), "front", "is empty"),
    ],
)
def test_what_would_break_an_item_names_its_field(texts: Texts, field: str, says: str) -> None:
    found = {(one.field, says in one.says) for one in problems(texts)}
    assert found == ({(field, True)} if field else set())


def test_the_lints_advise_and_forbid_nothing() -> None:
    long = replace(CHOICE, options=(Choice("A Node, " + "which is a machine " * 3, True), Choice("A Secret", False)))
    assert problems(long) == []
    said = advice(an_item(long))
    assert "the right option is much longer than the others" in said
    assert "has fewer than two wrong options" in said
    assert advice(an_item(replace(CARD, prompt="It"))) != ()


def test_spare_spaces_empty_rows_and_characters_that_no_database_keeps_go() -> None:
    untidy = replace(CHOICE, prompt="  What\n runs\x00 Pods? ", options=(*CHOICE.options, Choice("  ", False, "x")))
    assert tidy(untidy) == CHOICE
    assert tidy(replace(ANSWERS, answers=("", " node ", "\ud800"))).answers == ("node",)


def test_the_right_option_is_the_one_that_was_marked_and_is_marked_so(items: list[Item]) -> None:
    for item in (one for one in items if one.options):
        texts = texts_of(item)
        turned = replace(texts, options=tuple(replace(one, right=n == 1) for n, one in enumerate(texts.options)))
        after = edited(item, turned)
        assert (after.id, after.kind, after.lines) == (item.id, item.kind, item.lines)
        assert [mark(after, [one.id]).correct for one in after.options] == [one.right for one in turned.options]
        if item.kind == "cloze" and not item.options[1].correct:
            assert after.answers == (turned.options[1].text,)


def test_the_wording_of_an_item_does_not_depend_on_where_it_stands(items: list[Item]) -> None:
    for item in items:
        assert wording(replace(item, lines=(900, 901), section=("Elsewhere",))) == wording(item)
        assert wording(Item.from_dict(item.to_dict())) == wording(item)
    assert len({wording(item) for item in items}) == len(items)
