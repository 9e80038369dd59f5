"""Questions that the notes ask themselves: taken with their answers where both stand alone."""

import pytest
from parts import made_from

ASKED = [
    "## Why are new Pods made?\n\nBecause their node failed or was drained.\n",
    "Q: Why are new Pods made?\nA: Because their node failed or was drained.\n",
    "<details><summary>Why are new Pods made?</summary>\n\nBecause their node failed or was drained.\n\n</details>\n",
    "| Question | Answer |\n|---|---|\n| Why are new Pods made? | Because their node failed or was drained. |\n",
]


@pytest.mark.parametrize("text", ASKED)
def test_a_question_of_the_notes_becomes_a_card_with_their_answer(text: str) -> None:
    cards = [item for item in made_from(f"# Notes\n\n{text}").items if item.kind == "question"]
    assert [(card.prompt, card.back) for card in cards] == [
        ("Why are new Pods made?", "Because their node failed or was drained.")
    ]
    assert "Why are new Pods made?" in cards[0].source
    assert "their node failed" in cards[0].source


@pytest.mark.parametrize(
    "text",
    [
        "## Why do we use Pods?\n\nBecause we have to.\n",
        "## Node affinity vs nodeSelector?\n\nAffinity is more expressive than a selector.\n",
        "## Why are new Pods made?\n\nSee the list below.\n",
        "## Why are new Pods made?\n\nThe reasons are:\n\n- a\n- b\n",
        "## Exercise: why are Pods replaced?\n\nBecause their node failed.\n",
        "| Question | Answer |\n|---|---|\n| Changed files? | Yes, after a while |\n",
    ],
)
def test_what_does_not_stand_alone_is_left_out(text: str) -> None:
    assert [item for item in made_from(f"# Notes\n\n{text}").items if item.kind == "question"] == []
