"""Which of the waiting cards comes next. Knows neither how they were found nor what an answer does to them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

LEARN_AHEAD = timedelta(minutes=20)
LOOK_AHEAD = 50


@dataclass(frozen=True, slots=True)
class Waiting:
    """A card that could be shown; two cards of one `fact` give each other away."""

    item_id: str
    ord: int
    fact: str


def choose(
    *,
    learning: Sequence[Waiting],
    due: Sequence[Waiting],
    fresh: Sequence[Waiting],
    ahead: Sequence[Waiting],
    seen_facts: Collection[str],
) -> Waiting | None:
    """The next card: a learning step that has come, a due review, a new card, or a learning step that nearly has come.

    Among reviews and new cards one whose fact was not seen today goes first; each sequence is in its order of urgency.
    """
    for cards in (learning, _strangers_first(due, seen_facts), _strangers_first(fresh, seen_facts), ahead):
        if cards:
            return cards[0]
    return None


def _strangers_first(cards: Sequence[Waiting], seen_facts: Collection[str]) -> Sequence[Waiting]:
    return sorted(cards, key=lambda card: card.fact in seen_facts)
