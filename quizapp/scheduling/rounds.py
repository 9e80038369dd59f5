"""Which questions make a round of a quiz, and in which order options stand. Knows no database and no mark."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

WHOLE = frozenset(["matching", "multi", "ordering"])


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question that could be asked; `fraction` is what its last answer earned, None when it was never answered.

    `lines` are those of the notes that answer it.
    """

    item_id: str
    kind: str
    fact: str
    fraction: float | None
    lines: tuple[int, int] = (0, 0)


def choose_round(candidates: Sequence[Candidate], size: int, seed: int) -> list[str]:
    """Up to `size` items: unseen before missed before known, kinds mixed, a fact twice only when no other is left.

    What a question with many parts shows whole is not asked beside it, since one gives the other away.
    """
    dice = random.Random(seed)
    waiting = sorted(candidates, key=lambda one: one.item_id)
    dice.shuffle(waiting)
    chosen: list[Candidate] = []
    kinds: Counter[str] = Counter()
    facts: set[str] = set()
    while waiting and len(chosen) < size:
        best = min(waiting, key=lambda one: (one.fact in facts or _is_told(one, chosen), _tier(one), kinds[one.kind]))
        waiting.remove(best)
        chosen.append(best)
        kinds[best.kind] += 1
        facts.add(best.fact)
    return [one.item_id for one in _apart(chosen)]


def _is_told(one: Candidate, chosen: Sequence[Candidate]) -> bool:
    """Whether a chosen question with many parts holds this one's answer, or this one those of a chosen one."""
    return any(
        (one.kind in WHOLE or other.kind in WHOLE) and one.lines[0] <= other.lines[1] and other.lines[0] <= one.lines[1]
        for other in chosen
        if one.lines[1] and other.lines[1]
    )


def _apart(chosen: Sequence[Candidate]) -> list[Candidate]:
    """The same questions, two about one fact never in a row unless there is nothing to put between them.

    One gives the other away while it is fresh in mind.
    """
    waiting = list(chosen)
    order: list[Candidate] = []
    while waiting:
        left = Counter(one.fact for one in waiting)
        before = order[-1].fact if order else None
        free = [one for one in waiting if one.fact != before] or waiting
        # A fact with more questions than all others together has to come first, or its questions end side by side.
        most = max(free, key=lambda one: left[one.fact])
        following = most if left[most.fact] * 2 > len(waiting) else free[0]
        waiting.remove(following)
        order.append(following)
    return order


def shuffled(count: int, seed: int) -> list[int]:
    """The numbers below `count` in an order that depends on `seed` alone."""
    order = list(range(count))
    random.Random(seed).shuffle(order)
    return order


def _tier(candidate: Candidate) -> int:
    if candidate.fraction is None:
        return 0
    return 1 if candidate.fraction < 1 else 2
