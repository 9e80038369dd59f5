"""The lexicon's files agree with each other, and mistakes in them are named by line."""

import time

import pytest
from rapidfuzz import fuzz

from quizapp.lexicon.load import lexicon, read_lexicon
from quizapp.lexicon.term import LexiconError

TYPES = "types:\n  object: {which: Which object, article: a}\n"


def test_it_knows_what_a_first_course_needs() -> None:
    known = lexicon()
    assert len(known.terms) >= 120
    for name in ("k8s", "kubelet", "API server", "PVC", "config maps", "kubectl get", "Elastic Container Service"):
        assert known.find(name), name


def test_every_term_of_a_shown_type_has_a_claim_to_tell_it_by() -> None:
    assert [term.id for term in lexicon().terms.values() if not term.claims] == []


def test_it_is_read_quickly() -> None:
    lexicon.cache_clear()
    started = time.perf_counter()
    lexicon()
    assert time.perf_counter() - started < 0.5


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("terms:\n  pod: {type: thing}\n", 2, "unknown type"),
        ("terms:\n  pod:\n    type: object\n    colour: red\n", 4, "unknown key"),
        ("terms:\n  pod:\n    type: object\n    related: [ghost]\n", 2, "unknown term"),
        ("terms:\n  pod:\n    type: object\n    claims:\n      - says: runs\n", 5, "says and when"),
        ("terms:\n  pod: {type: object}\n  p: {type: object, aliases: [Pods]}\n", 3, "is a name of pod"),
        ("terms: [\n", 2, "expected"),
    ],
)
def test_a_mistake_is_named_with_its_line(text: str, line: int, says: str) -> None:
    with pytest.raises(LexiconError, match=says) as refused:
        read_lexicon({"types.yaml": TYPES, "more.yaml": text})
    assert (refused.value.file, refused.value.line) == ("more.yaml", line)


def test_no_two_terms_ask_the_same() -> None:
    asked = [(term, claim) for term in lexicon().terms.values() for claim in term.claims if claim.ask]
    twins = [
        (one.id, other.id)
        for place, (term, one) in enumerate(asked)
        for mate, other in asked[:place]
        if term is not mate
        and one.ask != other.ask
        and one.answer == other.answer
        and fuzz.token_sort_ratio(one.ask, other.ask) >= 92
    ]
    assert twins == []
