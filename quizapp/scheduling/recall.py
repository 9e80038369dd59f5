"""How likely a card is known after some days, and whether that came true. Knows no history and no queue.

The curve is that of FSRS-6: R(t) = (1 + F t / S)^(-w20) with F = 0.9^(-1 / w20) - 1, so that R(S) = 0.9.
"""

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

BOUNDS = (0.0, 0.7, 0.8, 0.85, 0.9, 0.95, 1.0)
Z = 1.96


@dataclass(frozen=True, slots=True)
class Review:
    """A review of a card that was known before: how likely it still was (0 to 1), and whether it was."""

    predicted: float
    known: bool


@dataclass(frozen=True, slots=True)
class Share:
    """Of `count` reviews the share that was known, and what was predicted on average; None of no reviews.

    `low` and `high` bound the true share at 95 per cent (Wilson's interval), which few reviews leave wide.
    """

    count: int
    known: float | None = None
    predicted: float | None = None
    low: float | None = None
    high: float | None = None


def recall(stability: float, days: int, params: Sequence[float]) -> float:
    """The likelihood (0 to 1) that a card of that stability in days is known after so many study days."""
    decay = params[20]
    factor = 0.9 ** (-1 / decay) - 1
    return float((1 + factor * max(0, days) / stability) ** -decay)


def share(reviews: Sequence[Review]) -> Share:
    """How many of the reviews came true."""
    count = len(reviews)
    if not count:
        return Share(0)
    known = sum(review.known for review in reviews) / count
    predicted = sum(review.predicted for review in reviews) / count
    spread = Z * Z / count
    centre = (known + spread / 2) / (1 + spread)
    half = Z / (1 + spread) * math.sqrt(known * (1 - known) / count + spread / count / 4)
    return Share(count, known, predicted, max(0.0, centre - half), min(1.0, centre + half))


def calibration(reviews: Iterable[Review]) -> list[tuple[float, float, Share]]:
    """The reviews by how likely they were, each range of likelihood (from, to) with what came true."""
    ranges = list(itertools.pairwise(BOUNDS))
    found: dict[tuple[float, float], list[Review]] = {one: [] for one in ranges}
    for review in reviews:
        found[next(one for one in ranges if review.predicted <= one[1])].append(review)
    return [(*one, share(found[one])) for one in ranges if found[one]]
