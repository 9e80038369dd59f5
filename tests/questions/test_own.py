"""Questions and cards that an author writes into the notes: asked as written, and told with their line when wrong."""

import pytest
from parts import made_from

from quizapp.questions.item import option_id
from quizapp.questions.marks import mark

QUIZ = """# Services

```quiz
id: default-type
Which type of `Service` is the default?
* ClusterIP -- it is reached inside the cluster
- NodePort -- opens a port of every node
- LoadBalancer
```
"""


def test_a_question_is_asked_as_it_was_written() -> None:
    (item,) = made_from(QUIZ).items
    assert (item.id, item.kind, item.lines, item.section) == ("m-default-type", "choice", (3, 9), ("Services",))
    assert item.prompt == "Which type of Service is the default?"
    assert [(option.text, option.correct, option.feedback) for option in item.options] == [
        ("ClusterIP", True, "it is reached inside the cluster"),
        ("NodePort", False, "opens a port of every node"),
        ("LoadBalancer", False, ""),
    ]
    assert mark(item, [option_id("ClusterIP")]).correct


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        ("Which are probes?\n* liveness\n* startup\n- quota", "multi"),
        ("A Pod outlives its node.\n- True\n* False -- it is replaced by another", "truefalse"),
        ("What stores the state?\n= etcd\n= the etcd", "short"),
    ],
)
def test_the_marks_say_which_kind_it_is(lines: str, kind: str) -> None:
    (item,) = made_from(f"# A\n\n```quiz\n{lines}\n```\n").items
    assert item.kind == kind


def test_a_card_has_its_front_on_the_first_line() -> None:
    (item,) = made_from(
        "# A\n\n```card\nWhat does `kubectl drain` do?\nIt cordons a node\nand evicts its Pods.\n```\n"
    ).items
    assert (item.use, item.prompt, item.back) == (
        "card",
        "What does kubectl drain do?",
        "It cordons a node and evicts its Pods.",
    )


def test_an_id_keeps_the_item_through_another_wording() -> None:
    reworded = QUIZ.replace("Which type of `Service` is the default?", "What is a Service by default?")
    assert [item.id for item in made_from(reworded).items] == ["m-default-type"]


@pytest.mark.parametrize(
    ("lines", "line", "says"),
    [
        ("", 3, "it is empty"),
        ("Which?\n- a\n- b", 3, "begin the right one with *"),
        ("Which?\n* a\n* b", 3, "no option is wrong"),
        ("Which?\n* a\n- A", 3, "two of its options are the same"),
        ("* a\n- b", 3, "it has no question"),
        ("Which?\n* a\n- b\n= c", 3, "keep one of the two"),
        ("Which?\n* a\nand more\n- b", 6, "every line begins with"),
    ],
)
def test_what_cannot_be_used_is_told_with_its_line(lines: str, line: int, says: str) -> None:
    made = made_from(f"# A\n\n```quiz\n{lines}\n```\n")
    assert made.items == ()
    (warning,) = made.warnings
    assert warning.line == line
    assert says in warning.says


def test_a_card_without_a_back_and_a_second_id_are_told() -> None:
    made = made_from(f"{QUIZ}\n{QUIZ.removeprefix('# Services')}\n```card\nfront\n```\n")
    assert len(made.items) == 1
    assert [warning.line for warning in made.warnings] == [13, 21]


def test_own_questions_stand_in_sections_that_are_closed_to_others_too() -> None:
    assert len(made_from(QUIZ.replace("# Services", "# Lab: Services")).items) == 1
