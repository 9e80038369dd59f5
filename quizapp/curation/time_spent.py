"""How long curating took, from the moments of the decisions. Knows no database."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

PAUSE = timedelta(minutes=5)


def time_spent(moments: Sequence[datetime]) -> timedelta:
    """The time between decisions that followed each other; after five minutes somebody was away, and none of it counts.

    The first decision of a sitting has no beginning, so it counts for nothing: the time is told too short, never too
    long.
    """
    gaps = (after - before for before, after in pairwise(sorted(moments)))
    return sum((gap for gap in gaps if gap <= PAUSE), timedelta())
