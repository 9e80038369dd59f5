"""Texts that a person may change: what breaks an item, what is only advised against, and what comes out."""

from dataclasses import replace
from pathlib import Path

import pytest

from quizapp.curation.texts import FORMS, Choice, Texts, advice, edited, problems, texts_of, tidy, wording
from quizapp.notes.parse import parse_notes
from quizapp.questions.generate import generate
from quizapp.questions.item import Item
from quizapp.questions.marks import mark
from quizapp.questions.registry import KINDS
from tests.web.parts import MODULE

CHOICE = Texts("options", "What runs Pods?", options=(Choice("A Node", True, "Yes."), Choice("A Secret", False, "No.")))
ANSWERS = Texts("answers", "Fill in the gap: a _____ runs Pods.", answers=("node",))
SEVERAL = Texts("several", "Which?", options=(*CHOICE.options, Choice("A kubelet", True), Choice("A Job", False)))
COMMAND = Texts("command", "Complete it: kubectl _____ web", answers=("delete",), whole="kubectl delete web")
STEPS = Texts("steps", "Put these steps in order.", steps=("Cordon", "Drain", "Uncordon"))
PAIRS = Texts("pairs", "Match each.", pairs=(("A", "one"), ("B", "two"), ("C", "three")))
CARD = Texts("card", "Node", back="A machine that runs Pods.")


OWN = """
```quiz
id: default-type
Which type of Service is the default?
* ClusterIP -- it is reached inside the cluster
- NodePort
```
"""


@pytest.fixture(scope="module")
def items() -> list[Item]:
    """Every kind of item, from shipped notes, those of the fixtures and an author's own."""
    files = [Path(f"content/kubernetes/{MODULE}.md"), *sorted(Path("tests/fixtures/notes").glob("*.md"))]
    texts = [*(file.read_text(encoding="utf-8") for file in files), OWN]
    return [item for n, text in enumerate(texts) for item in generate(parse_notes(text), slug=f"m{n}").items]


def an_item(texts: Texts) -> Item:
    use, kind = ("card", "term") if texts.form == "card" else ("quiz", "choice")
    empty = Item("m-0123456789", use, kind, ("Top",), (1, 1), "source", "fact", 0.5, texts.to_dict())
    if texts.form != "options":
        return empty
    return edited(replace(empty, payload={"stem": "", "options": [option("x", True)]}), texts)


def option(text: str, correct: bool) -> dict[str, object]:
    return {"id": text, "text": text, "correct": correct, "feedback": ""}


def test_the_texts_of_every_item_are_without_problem_and_give_the_same_item(items: list[Item]) -> None:
    assert {(item.use, item.kind) for item in items} == set(KINDS)
    assert {texts_of(item).form for item in items} == set(FORMS)
    for item in items:
        texts = texts_of(item)
        assert (problems(texts), tidy(texts)) == ([], texts)
        assert advice(item) == () or item.fact.startswith("own/")
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
        (replace(SEVERAL, options=SEVERAL.options[1::2]), "several", "right options and wrong ones"),
        (replace(SEVERAL, options=SEVERAL.options[::2]), "several", "right options and wrong ones"),
        (replace(SEVERAL, options=(*SEVERAL.options, Choice("a job", True))), "several.4.text", "same option twice"),
        (replace(COMMAND, whole=" "), "whole", ""),
        (replace(COMMAND, answers=("drain",)), "whole", "first accepted answer"),
        (replace(STEPS, steps=("One",)), "steps", "two steps"),
        (replace(STEPS, steps=("One", "Two", "one.")), "steps", "same step twice"),
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
    for item in (one for one in items if one.options and one.kind != "multi"):
        texts = texts_of(item)
        turned = replace(texts, options=tuple(replace(one, right=n == 1) for n, one in enumerate(texts.options)))
        after = edited(item, turned)
        assert (after.id, after.kind, after.lines) == (item.id, item.kind, item.lines)
        assert [mark(after, [one.id]).correct for one in after.options] == [one.right for one in turned.options]
        if item.kind == "cloze" and not item.options[1].correct:
            assert after.answers == (turned.options[1].text,)


def test_several_right_options_and_the_order_of_steps_are_marked_as_they_were_written(items: list[Item]) -> None:
    multi = next(item for item in items if item.kind == "multi")
    texts = texts_of(multi)
    turned = replace(texts, options=tuple(replace(one, right=not one.right) for one in texts.options))
    assert mark(edited(multi, turned), [one.id for one in multi.options if not one.correct]).correct
    steps = next(item for item in items if item.kind == "ordering")
    after = edited(steps, replace(texts_of(steps), steps=("Second", "First", "Third")))
    assert mark(after, {"Second": "1", "First": "2", "Third": "3"}).correct
    command = next(item for item in items if item.kind == "command")
    after = edited(command, replace(COMMAND, prompt="Complete the command: kubectl _____ web"))
    assert mark(after, "delete").correct
    assert mark(after, "kubectl delete web").right == "delete (kubectl delete web)"


def test_the_wording_of_an_item_does_not_depend_on_where_it_stands(items: list[Item]) -> None:
    for item in items:
        assert wording(replace(item, lines=(900, 901), section=("Elsewhere",))) == wording(item)
        assert wording(Item.from_dict(item.to_dict())) == wording(item)
    here = [item for item in items if item.id.startswith("m0-")]
    assert len({wording(item) for item in here}) == len(here)
