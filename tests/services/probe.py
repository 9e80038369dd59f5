"""A note of two facts, and what somebody does with its question and its cards."""

from quizapp.services.context import Context
from quizapp.services.quiz import question, start_quiz, submit_answer
from quizapp.services.review import CardView, answer_card, next_card
from tests.web.parts import Clock

NOTES = """# Probe

- **Pod**: the smallest unit that Kubernetes deploys.
- **ReplicaSet**: keeps a stated number of identical Pods running.
"""
RIGHT = "It keeps a stated number of identical Pods running"
GOOD = 3


def clock(ctx: Context) -> Clock:
    """The clock of a test's context."""
    assert isinstance(ctx.now, Clock)
    return ctx.now


def ask(ctx: Context, user: str, slug: str, *, right: bool) -> None:
    """One answer to what a ReplicaSet does."""
    attempt = start_quiz(ctx, user, slug, size=4)
    views = [question(ctx, user, attempt, pos) for pos in range(1, 5)]
    view = next(one for one in views if one.stem == "What does a ReplicaSet do?")
    option = next(one for one in view.options if (one.text == RIGHT) is right)
    assert submit_answer(ctx, user, attempt, view.pos, [option.id], attempt).correct is right
    clock(ctx).advance(minutes=1)


def show(ctx: Context, user: str, slug: str | None = None) -> CardView:
    """The card that is asked now."""
    card = next_card(ctx, user, module_slug=slug)
    assert card
    return card


def rate(ctx: Context, user: str, card: CardView, rating: int = GOOD) -> None:
    """Answers it, some seconds long."""
    names = {"item_id": card.item_id, "ord": card.ord, "expected_rev": card.rev}
    name = f"{card.item_id}.{card.rev}.{clock(ctx).time:%H%M%S}"
    answer_card(ctx, user, **names, rating=rating, client_event_id=name)
    clock(ctx).advance(seconds=9)
