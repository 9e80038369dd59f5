"""Flashcards: the next one, an answer, and taking it back. Knows the schedule and the history, no page.

Every answer is an event that is only ever added; undo is an event too. Card rows are a cache of the events.
"""

from dataclasses import dataclass
from enum import Enum

from quizapp.services.context import Context


class Outcome(Enum):
    """What became of an answer: stored, stored already before, or refused since the card has changed meanwhile."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class Button:
    """A rating (1 Again, 2 Hard, 3 Good, 4 Easy) and when the card comes back if it is chosen."""

    rating: int
    name: str
    interval: str


@dataclass(frozen=True, slots=True)
class CardView:
    """A card to review; `rev` goes back with the answer so that a card which changed meanwhile is noticed."""

    item_id: str
    ord: int
    rev: int
    kind: str
    front: str
    back: str
    section: tuple[str, ...]
    module_slug: str
    module_title: str
    lines: tuple[int, int]
    source: str
    buttons: tuple[Button, ...]
    due_count: int
    new_count: int
    done_today: int


def next_card(ctx: Context, user_id: str, *, module_slug: str | None = None) -> CardView | None:
    """The card to show now, or None when nothing is due and today's share of new cards is used up."""
    raise NotImplementedError


def answer_card(
    ctx: Context,
    user_id: str,
    *,
    item_id: str,
    ord: int,  # noqa: A002  (the word of the card table; every caller names it)
    rating: int,
    expected_rev: int,
    client_event_id: str,
    duration_ms: int | None = None,
) -> Outcome:
    """Stores one review, once for each `client_event_id`; raises NotFound or BadInput for what cannot be answered."""
    raise NotImplementedError


def undo(ctx: Context, user_id: str, *, client_event_id: str | None = None) -> CardView | None:
    """Takes back the last review of this study day and returns its card; None when there is nothing to take back."""
    raise NotImplementedError
