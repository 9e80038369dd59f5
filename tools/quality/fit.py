"""Fits the weights of the score to the labels: logistic regression with a small penalty, in plain Python.

`python -m tools.quality --fit` writes quizapp/questions/weights.json. The gain is measured on files that were left out:
the weights of all others order the items of one, and the best fifth of all is compared with all.
"""

import json
import math
from collections.abc import Sequence

from quizapp.questions.score import FEATURES, chance, features
from tools.quality.labels import ROOT
from tools.quality.report import Judged, percent

WEIGHTS = ROOT / "quizapp" / "questions" / "weights.json"
PENALTY, ROUNDS, STEP = 1.0, 400, 2.0
DIGITS = 3

Sample = tuple[tuple[float, ...], bool]


def samples(found: Sequence[Judged]) -> list[Sample]:
    """Features, and whether everybody who judged the item found it good."""
    return [(features(one.item), one.good) for one in found]


def fitted(taught: Sequence[Sample]) -> dict[str, float]:
    """The weights by feature; the same samples give the same weights."""
    weights = [0.0] * len(FEATURES)
    for _ in range(ROUNDS):
        slope = [PENALTY * weight if place else 0.0 for place, weight in enumerate(weights)]
        for values, good in taught:
            total = sum(value * weight for value, weight in zip(values, weights, strict=True))
            error = 1 / (1 + math.exp(-total)) - good
            for place, value in enumerate(values):
                if value:
                    slope[place] += error * value
        weights = [weight - STEP * part / len(taught) for weight, part in zip(weights, slope, strict=True)]
    return {name: round(weight, DIGITS) for name, weight in zip(FEATURES, weights, strict=True)}


def gain(found: Sequence[Judged]) -> tuple[float, float]:
    """The shares in percent that are good: of the best fifth by weights that never saw their file, and of all."""
    ranked: list[tuple[float, bool]] = []
    for name in sorted({one.fixture for one in found}):
        weights = fitted(samples([one for one in found if one.fixture != name]))
        ranked += [(chance(values, weights), good) for values, good in samples([o for o in found if o.fixture == name])]
    ranked.sort(key=lambda one: -one[0])
    top = ranked[: max(1, len(ranked) // 5)]
    return percent([good for _, good in top]), percent([good for _, good in ranked])


def write(found: Sequence[Judged]) -> None:
    """Freezes the weights, with what they were fitted to."""
    best, whole = gain(found)
    data = {
        "fitted to": f"{len(found)} items of {len({one.fixture for one in found})} files",
        "good in the best fifth of files left out, %": best,
        "good in all, %": whole,
        "weights": fitted(samples(found)),
    }
    WEIGHTS.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")
