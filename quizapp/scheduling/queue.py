"""Which of the waiting cards comes next. Knows neither how they were found nor what an answer does to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

LEARN_AHEAD = timedelta(minutes=20)
LOOK_AHEAD = 50
MISSED_FOR = timedelta(days=30)
NEW_PER_DAY = 20
REVIEWS_PER_DAY = 200


@dataclass(frozen=True, slots=True)
class Waiting:
    """A card that could be shown; `sibling_seen` when a card of the same fact, which gives it away, was shown today."""

    item_id: str
    ord: int
    sibling_seen: bool = False


def choose(
    *,
    learning: Sequence[Waiting],
    missed: Sequence[Waiting],
    due: Sequence[Waiting],
    fresh: Sequence[Waiting],
    ahead: Sequence[Waiting],
) -> Waiting | None:
    """The next card: a learning step that has come, the card of a missed question, a due review, a new card, or a
    learning step that nearly has come.

    Each sequence is in its order of urgency; among reviews and new cards, one that no sibling gave away goes first.
    """
    for cards in (learning, missed, _strangers_first(due), _strangers_first(fresh), ahead):
        if cards:
            return cards[0]
    return None


def _strangers_first(cards: Sequence[Waiting]) -> Sequence[Waiting]:
    return sorted(cards, key=lambda card: card.sibling_seen)
