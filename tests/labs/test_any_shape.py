"""Whatever an API server leaves out, a rule says something or nothing, and never falls.

Nulls are gone when an answer has been read (tests/adapter); a spec and the names of things are always there.
"""

import copy
import dataclasses
import random
from collections.abc import Iterator
from typing import Any

import pytest

from quizapp.labs.diagnose.cause import Scene
from quizapp.labs.diagnose.why import RULES
from quizapp.labs.evidence import NotReadable
from tests.labs.recordings import Recording, recordings
from tests.labs.table import STEPS, Situation, situations

KEPT = {"name", "uid", "kind", "metadata", "spec"}
TRIES = 6


def places(item: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every path in an object that the API may leave out."""
    pairs = item.items() if isinstance(item, dict) else enumerate(item) if isinstance(item, list) else ()
    for key, value in pairs:
        if key not in KEPT:
            yield (*way, key)
        yield from places(value, (*way, key))


def broken(item: Any, way: tuple[Any, ...]) -> Any:
    """The same object without that field."""
    item = copy.deepcopy(item)
    *above, last = way
    inner = item
    for key in above:
        inner = inner[key]
    del inner[last]
    return item


def asked(one: Recording | Situation, dice: random.Random) -> None:
    """Asks every rule about the evidence with one field gone."""
    evidence = one.evidence() if isinstance(one, Situation) else one.evidence
    lists = {kind: part for kind, part in evidence.lists.items() if isinstance(part, tuple) and part}
    for _ in range(TRIES):
        kind = dice.choice(sorted(lists))
        number = dice.randrange(len(lists[kind]))
        item = lists[kind][number]
        ways = [way for way in places(item) if isinstance(way[-1], str)]
        if not ways:
            continue
        way = dice.choice(ways)
        changed = (*lists[kind][:number], broken(item, way), *lists[kind][number + 1 :])
        scene = Scene(dataclasses.replace(evidence, lists={**evidence.lists, kind: changed}), targets(one))
        for rule, function, _ in RULES:
            try:
                list(function(scene))
            except NotReadable:
                continue
            except Exception as error:  # noqa: BLE001  (whatever it is, it is told with the place)
                pytest.fail(f"{rule} falls without {kind} {'.'.join(map(str, way))}: {error!r}")


def targets(one: Recording | Situation) -> Any:
    return STEPS[one.data["step"]].targets


@pytest.mark.parametrize("seed", range(2))
def test_no_rule_falls_over_a_field_that_is_missing(seed: int) -> None:
    dice = random.Random(seed)
    for one in (*recordings(), *situations()):
        asked(one, dice)
