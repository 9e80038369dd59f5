"""Which card comes next: what cannot wait first, and no card just after one that gives it away."""

from quizapp.scheduling.queue import Waiting, choose

STEP, REVIEW, NEW, SOON = (Waiting(name, 0) for name in ("step", "review", "new", "soon"))


def test_a_learning_step_comes_before_a_review_before_a_new_card_before_a_step_that_nearly_has_come() -> None:
    assert choose(learning=[STEP], missed=[], due=[REVIEW], fresh=[NEW], ahead=[SOON]) == STEP
    assert choose(learning=[], missed=[], due=[REVIEW], fresh=[NEW], ahead=[SOON]) == REVIEW
    assert choose(learning=[], missed=[], due=[], fresh=[NEW], ahead=[SOON]) == NEW
    assert choose(learning=[], missed=[], due=[], fresh=[], ahead=[SOON]) == SOON
    assert choose(learning=[], missed=[], due=[], fresh=[], ahead=[]) is None


def test_the_most_urgent_of_equals_comes_first() -> None:
    later = Waiting("later", 0)
    assert choose(learning=[STEP, later], missed=[], due=[], fresh=[], ahead=[]) == STEP
    assert choose(learning=[], missed=[], due=[REVIEW, later], fresh=[], ahead=[]) == REVIEW


def test_a_review_or_new_card_that_a_sibling_gave_away_waits_for_the_others() -> None:
    given_away = Waiting("given-away", 0, sibling_seen=True)
    assert choose(learning=[], missed=[], due=[given_away, REVIEW], fresh=[], ahead=[]) == REVIEW
    assert choose(learning=[], missed=[], due=[], fresh=[given_away, NEW], ahead=[]) == NEW
    assert choose(learning=[], missed=[], due=[given_away], fresh=[NEW], ahead=[]) == given_away


def test_a_learning_step_does_not_wait_for_a_sibling() -> None:
    given_away = Waiting("given-away", 0, sibling_seen=True)
    assert choose(learning=[given_away, STEP], missed=[], due=[], fresh=[], ahead=[]) == given_away


def test_the_card_of_a_missed_question_comes_before_what_is_due_and_after_a_learning_step() -> None:
    missed = Waiting("missed", 0)
    assert choose(learning=[STEP], missed=[missed], due=[REVIEW], fresh=[NEW], ahead=[]) == STEP
    assert choose(learning=[], missed=[missed], due=[REVIEW], fresh=[NEW], ahead=[]) == missed
