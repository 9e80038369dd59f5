"""How far two raters agree, and where the right option stands. Plain counting over labels and items."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from quizapp.notes.parse import parse_notes
from quizapp.questions.generate import generate
from tools.quality.labels import Fixture
from tools.quality.report import Judged, percent


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of the items that two people judged: shares in percent, and Cohen's kappa, None when it is not defined."""

    items: int
    first: float
    second: float
    lenient: float
    fatal: float
    alike: float
    kappa: float | None


def agreement(found: Sequence[Judged]) -> Agreement:
    """About being good on all eight points; `lenient` and `fatal` are the second rater's."""
    pairs = [(one.label, one.second) for one in found if one.second is not None]
    both = [(first.strict, second.strict) for first, second in pairs]
    return Agreement(
        items=len(pairs),
        first=percent([first for first, _ in both]),
        second=percent([second for _, second in both]),
        lenient=percent([second.lenient for _, second in pairs]),
        fatal=percent([second.fatal for _, second in pairs]),
        alike=percent([first == second for first, second in both]),
        kappa=kappa(both),
    )


def kappa(pairs: Sequence[tuple[bool, bool]]) -> float | None:
    """Cohen's kappa (1960): agreement beyond chance, 1 when full; None when both always say one and the same."""
    if not pairs:
        return None
    size = len(pairs)
    seen = sum(one == other for one, other in pairs) / size
    firsts, seconds = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    chance = sum(firsts[value] * seconds[value] for value in (True, False)) / size**2
    return None if chance == 1 else round((seen - chance) / (1 - chance), 2)


def key_places(found: Sequence[Judged]) -> str:
    """How often the right one of four options stands first, second, third and fourth."""
    places: Counter[int] = Counter()
    for one in found:
        if one.item.kind == "choice" and len(one.item.options) == 4:
            places[next(place for place, option in enumerate(one.item.options) if option.correct)] += 1
    return " : ".join(str(places[place]) for place in range(4))


def stability(fixtures: Sequence[Fixture]) -> float:
    """The share of items that stay to the byte when a line they do not cite loses its words, over all fixtures."""
    stayed: list[bool] = []
    for fixture in fixtures:
        items = fixture.made.items
        if not items:
            continue
        line = items[len(items) // 2].lines[0]
        text = "\n".join("" if number == line else said for number, said in enumerate(fixture.notes.source, start=1))
        after = {item.id: item for item in generate(parse_notes(text), slug=fixture.name).items}
        stayed += [after.get(one.id) == one for one in items if not one.lines[0] <= line <= one.lines[1]]
    return percent(stayed)
