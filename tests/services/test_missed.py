"""A missed question brings the card of its fact first, once, and says so."""

from quizapp.scheduling.queue import MISSED_FOR
from quizapp.services.context import Context
from quizapp.services.review import CardView, undo
from tests.services.probe import ask, clock, rate, show


def is_missed(card: CardView) -> bool:
    return card.why.startswith("You missed a question about this in a quiz")


def test_a_missed_question_brings_its_card_before_all_others_and_says_so(ctx: Context, ada: str, probe: str) -> None:
    assert "new to you" in show(ctx, ada, probe).why
    ask(ctx, ada, probe, right=False)
    card = show(ctx, ada)
    assert "ReplicaSet" in f"{card.front} {card.back}"
    assert is_missed(card)
    assert "today" in card.why


def test_it_comes_once_however_it_is_answered(ctx: Context, ada: str, probe: str) -> None:
    ask(ctx, ada, probe, right=False)
    rate(ctx, ada, show(ctx, ada))
    assert not is_missed(show(ctx, ada))
    ask(ctx, ada, probe, right=False)
    assert is_missed(show(ctx, ada)), "another miss brings it once more"


def test_taking_the_answer_back_brings_it_back(ctx: Context, ada: str, probe: str) -> None:
    ask(ctx, ada, probe, right=False)
    card = show(ctx, ada)
    rate(ctx, ada, card)
    undo(ctx, ada)
    assert (show(ctx, ada).item_id, is_missed(show(ctx, ada))) == (card.item_id, True)


def test_a_right_answer_later_takes_it_off(ctx: Context, ada: str, probe: str) -> None:
    ask(ctx, ada, probe, right=False)
    ask(ctx, ada, probe, right=True)
    assert not is_missed(show(ctx, ada, probe))


def test_a_right_answer_alone_brings_nothing(ctx: Context, ada: str, probe: str) -> None:
    ask(ctx, ada, probe, right=True)
    assert not is_missed(show(ctx, ada, probe))


def test_what_was_missed_long_ago_comes_in_its_turn(ctx: Context, ada: str, probe: str) -> None:
    ask(ctx, ada, probe, right=False)
    clock(ctx).advance(days=1)
    assert "yesterday" in show(ctx, ada, probe).why
    clock(ctx).time += MISSED_FOR
    assert not is_missed(show(ctx, ada, probe))


def test_why_a_card_is_asked_is_told_at_every_stage(ctx: Context, ada: str, probe: str) -> None:
    card = show(ctx, ada, probe)
    rate(ctx, ada, card)
    clock(ctx).advance(minutes=11)
    assert "learning it" in show(ctx, ada, probe).why
    rate(ctx, ada, show(ctx, ada, probe))
    clock(ctx).advance(days=30)
    assert "You last answered it 30 days ago" in show(ctx, ada, probe).why
