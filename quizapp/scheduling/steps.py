"""Learning steps as a person writes them: `1m 10m`, `30m`, `2h`, `1d`. Knows no card."""

import itertools
import re

MINUTE, HOUR, DAY = 60, 3600, 86400
UNITS = {"d": DAY, "h": HOUR, "m": MINUTE}
STEP = re.compile(r"([0-9]{1,5})([mhd]?)")
MOST_STEPS = 10


def parse_steps(text: str) -> tuple[int, ...]:
    """The steps in seconds, a bare number being minutes; raises ValueError with what is wrong and the way out."""
    words = text.replace(",", " ").lower().split()
    if len(words) > MOST_STEPS:
        raise ValueError(f"has {len(words)} steps; at most {MOST_STEPS} are possible")
    steps = tuple(_parse_step(word) for word in words)
    if any(later < earlier for earlier, later in itertools.pairwise(steps)):
        raise ValueError("has a step that is shorter than the one before it; write the shortest first")
    return steps


def say_steps(steps: tuple[int, ...]) -> str:
    """The steps as `parse_steps` reads them."""
    return " ".join(_say_step(step) for step in steps)


def _parse_step(word: str) -> int:
    found = STEP.fullmatch(word)
    if found is None:
        raise ValueError(f"has {word!r}, which is no step; write for example 1m 10m, 2h or 1d")
    step = int(found[1]) * UNITS[found[2] or "m"]
    if not MINUTE <= step <= DAY:
        raise ValueError(f"has {word!r}; a step takes from 1m to 1d")
    return step


def _say_step(step: int) -> str:
    unit, size = next((unit, size) for unit, size in UNITS.items() if step % size == 0)
    return f"{step // size}{unit}"
