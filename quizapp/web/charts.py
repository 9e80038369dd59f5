"""Where the marks of a chart stand, in the units of its drawing (360 wide). Knows no page, no colour and no card.

Drawn on the server, so that charts print, need no script, and have their numbers in a table beside them.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 360
LEFT, RIGHT, TOP, FOOT = 34, 6, 8, 20
LEVELS = 4
SIDE = 220


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, what it says when somebody points at it, and how strong it is (0 to 4, of a heat map)."""

    x: float
    y: float
    width: float
    height: float
    says: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Label:
    """A word at a place."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Marks over lines, with words beside them."""

    height: float
    boxes: tuple[Box, ...]
    lines: tuple[float, ...]
    labels: tuple[Label, ...]
    ticks: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Dot:
    """A point with the span from `low` to `high` in which the truth lies."""

    x: float
    y: float
    low: float
    high: float
    radius: float
    says: str


def bars(values: Sequence[tuple[int, str, str]], *, height: float = 150) -> Chart:
    """A bar for each (number, what it says, word below it or none)."""
    top = nice_top(max((value for value, _, _ in values), default=0))
    floor, room = height - FOOT, height - FOOT - TOP
    step = (WIDTH - LEFT - RIGHT) / max(1, len(values))
    gap = 0.2 * step
    boxes, words = [], []
    for number, (value, says, word) in enumerate(values):
        tall = room * value / top
        x = LEFT + number * step
        if value:
            boxes.append(Box(_round(x + gap / 2), _round(floor - tall), _round(step - gap), _round(tall), says))
        if word:
            words.append(Label(_round(x + step / 2), height - 5, word))
    marks = [(floor, 0), (floor - room / 2, top // 2), (floor - room, top)] if top > 1 else [(floor, 0), (TOP, top)]
    ticks = tuple(Label(LEFT - 5, _round(y + 4), str(value)) for y, value in marks)
    return Chart(height, tuple(boxes), tuple(_round(y) for y, _ in marks), tuple(words), ticks)


def heat(days: Sequence[tuple[int, str, str]]) -> Chart:
    """A square for each (number, what it says, word above its column or none), weeks as columns from a Monday on."""
    left, head, size = 28, 16, 12.6
    most = max((value for value, _, _ in days), default=0)
    boxes, words = [], []
    for number, (value, says, word) in enumerate(days):
        column, row = divmod(number, 7)
        x, y = _round(left + column * size), _round(head + row * size)
        boxes.append(Box(x, y, size - 2, size - 2, says, level(value, most)))
        if word:
            words.append(Label(x, 11, word))
    names = ((0, "Mon"), (2, "Wed"), (4, "Fri"))
    ticks = tuple(Label(left - 5, _round(head + row * size + 9), name) for row, name in names)
    return Chart(head + 7 * size, tuple(boxes), (), tuple(words), ticks)


@dataclass(frozen=True, slots=True)
class Square:
    """Dots between two axes that run from `floor` to 1, with marks at both ends and halfway."""

    dots: tuple[Dot, ...]
    floor: float

    def marks(self) -> tuple[float, float, float]:
        """The shares that stand beside the axes."""
        return self.floor, (1 + self.floor) / 2, 1.0

    def across(self, value: float) -> float:
        """The place of a share on the axis from left to right."""
        return _round(LEFT + SIDE * (value - self.floor) / (1 - self.floor))

    def up(self, value: float) -> float:
        """The place of a share on the axis from the floor up; what lies deeper stands on the floor."""
        return _round(TOP + SIDE * (1 - max(value, self.floor)) / (1 - self.floor))


def square(points: Sequence[tuple[float, float, float, float, int, str]]) -> Square:
    """A dot for each (predicted, true, low, high, count, what it says), shares from 0 to 1; a larger one for more."""
    most = max((count for *_, count, _ in points), default=1)
    least = min((min(predicted, true) for predicted, true, *_ in points), default=0.5)
    frame = Square((), min(0.5, math.floor(least * 10) / 10))
    dots = tuple(
        Dot(
            frame.across(predicted),
            frame.up(true),
            frame.up(low),
            frame.up(high),
            _round(3 + 5 * math.sqrt(count / most)),
            says,
        )
        for predicted, true, low, high, count, says in points
    )
    return Square(dots, frame.floor)


def level(value: int, most: int) -> int:
    """How strong a number is among others: 0 for none, else 1 to 4."""
    return math.ceil(LEVELS * value / most) if value else 0


def nice_top(most: int) -> int:
    """The end of an axis: the next even number of the kind 2, 4, 6, 10, 20, 40 that holds them all."""
    if most <= 1:
        return 1
    for power in range(10):
        for step in (2, 4, 6, 10):
            if step * 10**power >= most:
                return int(step * 10**power)
    return most


def _round(value: float) -> float:
    return round(value, 2)
