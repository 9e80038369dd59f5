"""Which questions make a round: unseen first, mixed, repeatable, and one fact's questions apart."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from quizapp.scheduling.rounds import Candidate, choose_round, shuffled

KINDS = ("choice", "truefalse", "cloze", "matching")


def candidates(*facts: str, fraction: float | None = None) -> list[Candidate]:
    return [Candidate(f"item{n}", KINDS[n % 4], fact, fraction) for n, fact in enumerate(facts)]


def facts_of(chosen: list[str], among: list[Candidate]) -> list[str]:
    fact = {one.item_id: one.fact for one in among}
    return [fact[item_id] for item_id in chosen]


@pytest.mark.parametrize("seed", range(20))
def test_two_questions_about_one_fact_are_never_in_a_row(seed: int) -> None:
    among = candidates("a", "a", "b", "b", "c", "c")
    order = facts_of(choose_round(among, 6, seed), among)
    assert sorted(order) == ["a", "a", "b", "b", "c", "c"]
    assert all(left != right for left, right in itertools.pairwise(order))


@settings(max_examples=200, deadline=None)
@given(some.lists(some.sampled_from("abcd"), min_size=1, max_size=12), some.integers(0, 2**31))
def test_they_are_apart_whenever_that_is_possible(facts: list[str], seed: int) -> None:
    among = candidates(*facts)
    order = facts_of(choose_round(among, len(facts), seed), among)
    possible = max(facts.count(fact) for fact in facts) <= (len(facts) + 1) // 2
    if possible:
        assert all(left != right for left, right in itertools.pairwise(order))
    assert sorted(order) == sorted(facts)


def test_what_was_never_asked_comes_before_what_was_missed_before_what_is_known() -> None:
    among = [
        Candidate("known", "choice", "a", 1.0),
        Candidate("missed", "choice", "b", 0.0),
        Candidate("new", "choice", "c", None),
    ]
    assert choose_round(among, 1, 3) == ["new"]
    assert set(choose_round(among, 2, 3)) == {"new", "missed"}


def test_another_fact_comes_before_a_second_question_about_one() -> None:
    among = candidates("a", "a", "a", "b")
    assert sorted(facts_of(choose_round(among, 2, 1), among)) == ["a", "b"]


def test_one_seed_gives_one_round_whatever_the_order_of_rows() -> None:
    among = candidates(*"aabbccdd")
    assert choose_round(among, 5, 9) == choose_round(among[::-1], 5, 9)
    assert len({tuple(choose_round(among, 5, seed)) for seed in range(20)}) > 5
    assert sorted(shuffled(6, 1)) == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize("seed", range(20))
def test_what_a_question_with_many_parts_shows_is_not_asked_beside_it(seed: int) -> None:
    among = [Candidate("all", "matching", "m", None, (3, 7))]
    among += [Candidate(f"one{line}", "choice", f"f{line}", None, (line, line)) for line in range(3, 11)]
    chosen = choose_round(among, 4, seed)
    assert "all" not in chosen or not {"one3", "one4", "one5", "one6", "one7"} & set(chosen)
    assert len(choose_round(among, 9, seed)) == 9, "when nothing else is left, it is asked after all"
