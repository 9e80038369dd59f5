"""Two things timed in turn, A B A B: their ratio holds when the machine drifts. Knows nothing of what it times."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

Work = tuple[str, Callable[[], object]]
"""What is timed: its name in the table, and what to call."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is measured: pairs of rounds, and the share of the usual calls and sizes (1 is a whole benchmark)."""

    pairs: int = 9
    share: float = 1.0

    def of(self, usual: int) -> int:
        """That share of a usual number, one at least."""
        return max(1, round(usual * self.share))


@dataclass(frozen=True, slots=True)
class Ratio:
    """Cost of `what` over cost of `over`, pair by pair; `seconds` is the median of one `what`."""

    name: str
    what: str
    over: str
    ratio: float
    low: float
    high: float
    runs: int
    seconds: float
    aim: str

    def line(self) -> str:
        """One line for a person."""
        names, spread = f"{self.what} / {self.over}", f"{self.low:.2f}-{self.high:.2f}"
        return f"{names:<64} {self.ratio:8.2f} {spread:>16} {self.seconds * 1000:9.1f} ms  {self.aim}"


HEAD = f"{'what / over':<64} {'ratio':>8} {'low-high':>16} {'one what':>12}  aim"


def paired(effort: Effort, name: str, what: Work, over: Work, *, calls: int, aim: str) -> Ratio:
    """Times `calls` calls of both, pair by pair, after one round that warms them up."""
    calls = effort.of(calls)
    _seconds(what[1], calls)
    _seconds(over[1], calls)
    rounds = [(_seconds(what[1], calls), _seconds(over[1], calls)) for _ in range(effort.pairs)]
    ratios = [a / b for a, b in rounds]
    return Ratio(
        name=name,
        what=what[0],
        over=over[0],
        ratio=statistics.median(ratios),
        low=min(ratios),
        high=max(ratios),
        runs=effort.pairs,
        seconds=statistics.median(a for a, _ in rounds) / calls,
        aim=aim,
    )


def _seconds(work: Callable[[], object], calls: int) -> float:
    start = time.perf_counter()
    for _ in range(calls):
        work()
    return time.perf_counter() - start
