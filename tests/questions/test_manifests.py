"""Manifests in the notes: a right apiVersion is asked, one that is served no more is told to the author."""

import pytest
from parts import made_from

from quizapp.questions.marks import mark

TEXT = "# M\n\n```yaml\napiVersion: {version}\nkind: {kind}\nmetadata: ...\n```\n"


def test_the_api_version_of_a_kind_is_asked() -> None:
    made = made_from(TEXT.format(version="apps/v1", kind="Deployment"))
    choice, command, card = made.items
    assert (choice.prompt, choice.kind) == ("Which apiVersion does the manifest of a Deployment have?", "choice")
    assert [option.text for option in choice.options if option.correct] == ["apps/v1"]
    assert {option.text.rpartition("/")[0] for option in choice.options} >= {"apps", "batch"}
    assert all(option.feedback for option in choice.options)
    assert (card.prompt, card.back, card.lines) == ("apiVersion of the kind Deployment", "apps/v1", (4, 5))
    for given, correct in (("apps/v1", True), ("apiVersion: apps/v1", True), ("app/v1", False), ("v1", False)):
        assert mark(command, given).correct is correct


def test_no_wrong_option_is_a_version_of_the_same_group() -> None:
    choice = made_from(TEXT.format(version="autoscaling/v2", kind="HorizontalPodAutoscaler")).items[0]
    assert [option.text for option in choice.options if option.text.startswith("autoscaling")] == ["autoscaling/v2"]


@pytest.mark.parametrize(
    ("version", "kind", "says"),
    [
        (
            "extensions/v1beta1",
            "Ingress",
            "extensions/v1beta1 is not served any more; the kind Ingress is networking.k8s.io/v1 now",
        ),
        ("policy/v1beta1", "PodDisruptionBudget", "policy/v1beta1 is not served any more"),
        ("example.org/v1", "Deployment", ""),
        ("example.org/v1", "Widget", ""),
        ("<version>", "Pod", ""),
    ],
)
def test_another_api_version_is_no_question_and_told_when_it_is_outdated(version: str, kind: str, says: str) -> None:
    made = made_from(TEXT.format(version=version, kind=kind))
    assert made.items == ()
    assert len(made.warnings) == bool(says)
    assert all(warning.line == 4 and says in warning.says for warning in made.warnings)


@pytest.mark.parametrize(
    "text",
    [
        "apiVersion: v1\nspec:\n  a: b\n  c: d\n  e: f\n  g: h\nkind: Pod",
        "  apiVersion: v1\n  kind: Pod",
        "apiVersion: v1\n---\nkind: Pod",
    ],
)
def test_lines_that_do_not_belong_together_are_no_manifest(text: str) -> None:
    assert made_from(f"# M\n\n```yaml\n{text}\n```\n").items == ()
