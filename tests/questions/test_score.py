"""The score orders items by the chance that a person finds them good; its weights are frozen and fitted to labels."""

import json

import pytest
from parts import FIXTURES, choice, item

from quizapp.notes.parse import parse_notes
from quizapp.questions.generate import generate
from quizapp.questions.registry import KINDS
from quizapp.questions.score import FEATURES, GROUPS, features, weights, worth
from tools.quality.fit import WEIGHTS, fitted, samples
from tools.quality.labels import fixtures
from tools.quality.report import judged


def test_every_kind_has_a_group_and_every_feature_a_weight() -> None:
    assert set(GROUPS) == {name for _, name in KINDS}
    assert set(weights()) == set(FEATURES)


def test_features_and_scores_are_shares() -> None:
    made = [one for path in FIXTURES for one in generate(parse_notes(path.read_text("utf-8")), slug="m").items]
    assert all(0 <= value <= 1 for one in made for value in features(one))
    scores = {one.score for one in made}
    assert all(0 <= score <= 1 for score in scores)
    assert len(scores) > 20, "they tell items apart"


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("longest key", choice("Which?", "a long right answer", "b", "c"), choice("Which?", "a", "bb", "cc")),
        ("four options", choice("Which?", "a", "b", "c", "d"), choice("Which?", "a", "b", "c")),
        ("bare answer", item("meaning", front="What?", back="Pod"), item("meaning", front="What?", back="A Pod")),
        ("small first letter", item("term", front="soft", back="Keeps"), item("term", front="Soft", back="Keeps")),
        ("quotes the notes", item("term", front="\u201ca\u201d", back="B"), item("term", front="A", back="B")),
    ],
)
def test_a_feature_is_seen(name: str, one: object, other: object) -> None:
    place = FEATURES.index(name)
    assert (features(one)[place], features(other)[place]) == (1.0, 0.0)


def test_the_fit_finds_what_tells_good_from_bad() -> None:
    good, bad = [0.0] * len(FEATURES), [0.0] * len(FEATURES)
    good[0] = bad[0] = good[1] = 1.0
    found = fitted([(tuple(good), True), (tuple(bad), False)] * 40)
    assert found["vouched for"] > 1
    assert found["always"] < 0
    assert found["long source"] == 0


def test_the_frozen_weights_are_those_of_the_labels() -> None:
    assert json.loads(WEIGHTS.read_text("utf-8"))["weights"] == fitted(samples(judged(fixtures())))


def test_the_score_follows_the_weights() -> None:
    plain = item("term", front="A Pod", back="The smallest unit that Kubernetes deploys")
    assert 0 < worth(plain) < 1
