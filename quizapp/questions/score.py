"""How much an item is worth asking, 0 to 1: the chance that a person finds it good on every point. Knows items alone.

A logistic regression over what can be seen of an item; its weights were fitted to labels (`python -m tools.quality
--fit`) and are frozen in data beside this file. It orders items; it does not tell right from wrong, which is for rules.
"""

import json
import math
from collections.abc import Mapping
from functools import cache
from importlib import resources

from quizapp.questions.export import answer_of
from quizapp.questions.item import Item
from quizapp.questions.words import content_words

STEM = 5
LONG_PROMPT, LONG_ANSWER, LONG_SOURCE = 20, 12, 40
GROUPS = {
    "choice": "one of several",
    "truefalse": "true or false",
    "cloze": "typed",
    "short": "typed",
    "command": "typed",
    "matching": "many parts",
    "multi": "many parts",
    "ordering": "many parts",
    "term": "term card",
    "meaning": "meaning card",
    "recall": "list card",
    "question": "list card",
}
FEATURES = (
    "always",
    "vouched for",
    *sorted(set(GROUPS.values())),
    "words of the notes",
    "quotes the notes",
    "long prompt",
    "long answer",
    "bare answer",
    "four options",
    "longest key",
    "small first letter",
    "long source",
)


def features(item: Item) -> tuple[float, ...]:
    """The values of FEATURES, each 0 to 1."""
    answer = answer_of(item)
    said = {word[:STEM] for word in content_words(item.source)}
    asked = content_words(f"{item.prompt} {answer}")
    keys = [len(option.text) for option in item.options if option.correct]
    wrong = [len(option.text) for option in item.options if not option.correct]
    group = GROUPS[item.kind]
    values: dict[str, float] = {
        "always": 1.0,
        "vouched for": not item.in_own_words,
        group: 1.0,
        "words of the notes": sum(word[:STEM] in said for word in asked) / max(1, len(asked)),
        "quotes the notes": "\u201c" in item.prompt,
        "long prompt": min(1.0, len(item.prompt.split()) / LONG_PROMPT),
        "long answer": min(1.0, len(answer.split()) / LONG_ANSWER),
        "bare answer": len(answer.split()) == 1,
        "four options": len(item.options) > 3,
        "longest key": item.kind == "choice" and max(keys) > max(wrong),
        "small first letter": item.use == "card" and (item.back[:1].islower() or item.prompt[:1].islower()),
        "long source": min(1.0, len(item.source.split()) / LONG_SOURCE),
    }
    return tuple(float(values.get(name, 0.0)) for name in FEATURES)


def chance(values: tuple[float, ...], weights: Mapping[str, float]) -> float:
    """The chance that an item with these features is good."""
    total = sum(value * weights[name] for name, value in zip(FEATURES, values, strict=True))
    return 1 / (1 + math.exp(-total))


@cache
def weights() -> dict[str, float]:
    """The frozen weights by feature."""
    data = (resources.files("quizapp.questions") / "weights.json").read_text("utf-8")
    return {name: float(value) for name, value in json.loads(data)["weights"].items()}


def worth(item: Item) -> float:
    """The score of an item, with three decimals."""
    return round(chance(features(item), weights()), 3)
