"""How much of a section somebody knows, from cards, quiz answers and lab steps together. Knows no database.

A section is made of its facts and of the lab steps that lead to it. What is known of a fact is the mean of its
evidence: for each card that was answered the likelihood that it is still known today (FSRS-6), for each question the
share that its last answer earned. A fact without evidence counts as not known, a lab step as known once it was passed.
The number is the mean over all of them, so it can only be high when most was seen; how much was seen stands beside it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean


@dataclass(frozen=True, slots=True)
class Mastery:
    """The share (0 to 1) of a section that is known, and how many of its `parts` (facts and lab steps) were `seen`."""

    known: float
    seen: int
    parts: int


def mastery(facts: Iterable[Sequence[float]], steps: Iterable[bool] = ()) -> Mastery:
    """From the evidence (each 0 to 1) of every fact, and whether each lab step was passed."""
    told = [fmean(evidence) if evidence else None for evidence in facts]
    told += [1.0 if passed else None for passed in steps]
    seen = [known for known in told if known is not None]
    return Mastery(known=sum(seen) / len(told) if told else 0.0, seen=len(seen), parts=len(told))
