"""The cited lines name whom they are about, and the heading shown with an item never tells its answer."""

import pytest
from parts import choice, item, made_from

from quizapp.notes.parse import parse_notes
from quizapp.questions.cited import cited
from quizapp.questions.shown import heading_of

NOTES = """# Course

## Probes

### Liveness

Text between.

- restarts the container
- kubelet:
  - starts Pods
"""


@pytest.mark.parametrize(
    ("line", "names", "quoted"),
    [
        (9, ("container",), "- restarts the container"),
        (9, ("Liveness",), "**Liveness**\n\n\u2026\n\n- restarts the container"),
        (9, ("probe",), "**Probes**\n\n\u2026\n\n- restarts the container"),
        (9, ("Service",), "- restarts the container"),
        (11, ("kubelet",), "- kubelet:\n  - starts Pods"),
        (11, (), "  - starts Pods"),
    ],
)
def test_the_nearest_line_that_names_it_is_quoted_too(line: int, names: tuple[str, ...], quoted: str) -> None:
    assert cited(parse_notes(NOTES), line, line, names=names) == quoted


def test_a_description_below_its_heading_is_quoted_with_it() -> None:
    made = made_from("# Notes\n\n## What is a Pod?\n\nThe smallest unit that Kubernetes deploys.\n")
    assert made.items
    assert all("Pod" in one.source for one in made.items)


def test_the_heading_is_shown_unless_it_tells_the_answer() -> None:
    assert heading_of(choice("Which of these?", "Retain", "Delete", "Recycle")) == "Top"
    assert heading_of(choice("Which of these?", "top", "bottom", "side")) == ""
    assert heading_of(item("meaning", front="What is above?", back="the top")) == ""
    assert heading_of(item("term", front="soft", back="keeps the top")) == "Top"
    assert heading_of(item("truefalse", stem="True or false? A base is a base.")) == ""
