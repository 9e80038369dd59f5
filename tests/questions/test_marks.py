"""Answers are marked by kind: choice, truefalse, cloze, matching; cards (term, meaning) are rated instead."""

import pytest
from parts import choice, item

from quizapp.questions.item import option_id
from quizapp.questions.marks import mark

WHICH = choice("Which stores state?", "etcd", "kubelet", "proxy")
GAP = item("cloze", stem="Fill in: a _____ pair", answers=["key-value", "key value"])
PAIRS = item("matching", stem="Match.", pairs=[["a", "x"], ["b", "y"], ["c", "z"], ["d", "w"]])


def test_a_choice_is_right_only_with_its_key() -> None:
    right = mark(WHICH, [option_id("etcd")])
    wrong = mark(WHICH, [option_id("kubelet")])
    assert (right.fraction, right.correct, right.right) == (1.0, True, "etcd")
    assert (wrong.fraction, wrong.correct, wrong.feedback[option_id("kubelet")]) == (0.0, False, "f")
    assert not mark(WHICH, [option_id("etcd"), option_id("kubelet")]).correct


@pytest.mark.parametrize("given", ["key-value", "Key Value", " key-values ", "the key-value", "key-valeu"])
def test_a_gap_forgives_case_dashes_and_one_slip(given: str) -> None:
    assert mark(GAP, given).correct


def test_a_gap_does_not_forgive_another_word() -> None:
    assert not mark(GAP, "label").correct
    assert mark(GAP, "label").right == "key-value"


def test_matching_gives_a_share_for_each_pair() -> None:
    result = mark(PAIRS, {"a": "x", "b": "y", "c": "w", "d": "z"})
    assert (result.fraction, result.correct) == (0.5, False)
    assert mark(PAIRS, dict(PAIRS.pairs)).correct


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        (WHICH, ["nothing-like-it"]),
        (WHICH, []),
        (GAP, "  "),
        (GAP, ["a"]),
        (PAIRS, {"a": "q"}),
        (PAIRS, "x"),
        (PAIRS, {}),
    ],
)
def test_what_is_no_answer_is_refused(asked: object, answer: object) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        mark(asked, answer)  # type: ignore[arg-type]


def test_cards_are_rated_not_marked() -> None:
    with pytest.raises(ValueError, match="rated"):
        mark(item("term", front="etcd", back="a store"), "x")
