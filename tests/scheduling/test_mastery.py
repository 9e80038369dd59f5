"""How much of a section is known: what was not seen counts as not known, and nothing counts twice."""

import pytest

from quizapp.scheduling.mastery import Mastery, mastery


@pytest.mark.parametrize(
    ("facts", "steps", "known", "seen", "parts"),
    [
        ([], [], 0.0, 0, 0),
        ([[], []], [], 0.0, 0, 2),
        ([[1.0], []], [], 0.5, 1, 2),
        ([[0.0], [0.8]], [], 0.4, 2, 2),
        ([[1.0, 0.5, 0.0]], [], 0.5, 1, 1),  # three pieces of evidence about one fact are one fact
        ([[1.0]], [False, True], 2 / 3, 2, 3),
        ([], [True], 1.0, 1, 1),
    ],
)
def test_a_section_is_the_mean_of_its_parts(
    facts: list[list[float]], steps: list[bool], known: float, seen: int, parts: int
) -> None:
    assert mastery(facts, steps) == Mastery(pytest.approx(known), seen, parts)


def test_it_is_high_only_when_most_was_seen() -> None:
    assert mastery([[1.0], [1.0]] + [[]] * 8).known == pytest.approx(0.2)
