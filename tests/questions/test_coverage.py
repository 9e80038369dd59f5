"""What the items of notes leave out is told, with the reason."""

import pytest
from parts import FIXTURES

from quizapp.notes.parse import parse_notes
from quizapp.questions.coverage import Coverage, coverage
from quizapp.questions.generate import generate


def covered(text: str) -> Coverage:
    notes = parse_notes(text)
    return coverage(notes, generate(notes, slug="m"))


LONG = "Nothing here says what anything is, " * 6


@pytest.mark.parametrize(
    ("section", "why"),
    [
        ("## Lab: try it\n\n- etcd stores the state of the cluster as key-value pairs\n", "holds tasks"),
        ("## Empty\n", "nothing below it"),
        ("## Short\n\nhm.\n", "too short"),
        (f"## Prose\n\n{LONG}\n", "nothing in it reads as a definition"),
    ],
)
def test_a_section_without_a_question_says_why(section: str, why: str) -> None:
    found = covered(f"# Top\n\n- **Pod**: the smallest unit that Kubernetes deploys\n\n{section}")
    assert found.sections[0].items > 0
    assert found.sections[0].why == ""
    assert why in found.sections[1].why


def test_a_fact_counts_as_asked_by_its_own_items_or_one_that_brings_facts_together() -> None:
    found = covered(
        "# Top\n\n- **Pod**: the smallest unit that Kubernetes deploys\n- **etcd**: stores the cluster state\n"
    )
    assert (found.facts, found.tested, found.untested) == (2, 2, ())


def test_what_a_lint_dropped_is_named() -> None:
    text = "# Top\n\n- **Pipe**: a link that joins one command|another command\n"
    found = covered(text)
    assert found.tested == 0
    assert "unbalanced" in found.sections[0].why
    assert [fact.name for fact in found.untested] == ["Pipe"]


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_no_count_is_larger_than_what_it_is_a_part_of(path: object) -> None:
    found = covered(path.read_text("utf-8"))  # type: ignore[attr-defined]
    assert found.tested <= found.facts
    assert sum(section.items for section in found.sections) >= found.tested > 0 or "lab" in str(path)
