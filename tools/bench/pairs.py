"""Two things timed in turn, A B A B: their ratio holds when the machine drifts. Knows nothing of what it times."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

PAIRS = 9


@dataclass(frozen=True, slots=True)
class Ratio:
    """Cost of A over cost of B, pair by pair; `seconds` is A's median for one call."""

    name: str
    median: float
    low: float
    high: float
    seconds: float
    aim: str

    def line(self) -> str:
        """One line for a person."""
        spread = f"{self.low:.2f}-{self.high:.2f}"
        return f"{self.name:<58} {self.median:8.2f}  ({spread})  {self.seconds * 1000:8.1f} ms  {self.aim}"

    def to_dict(self) -> dict[str, object]:
        """For bench.json."""
        return {"name": self.name, "ratio": self.median, "low": self.low, "high": self.high, "seconds": self.seconds}


def paired(name: str, first: Callable[[], object], second: Callable[[], object], *, calls: int, aim: str) -> Ratio:
    """Times `calls` calls of each, nine times in turn, after one round that warms both up."""
    _seconds(first, calls)
    _seconds(second, calls)
    rounds = [(_seconds(first, calls), _seconds(second, calls)) for _ in range(PAIRS)]
    ratios = sorted(a / b for a, b in rounds)
    cost = statistics.median(a for a, _ in rounds) / calls
    return Ratio(name, statistics.median(ratios), ratios[0], ratios[-1], cost, aim)


def _seconds(work: Callable[[], object], calls: int) -> float:
    start = time.perf_counter()
    for _ in range(calls):
        work()
    return time.perf_counter() - start
