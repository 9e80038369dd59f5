"""Marks an answer to any item. Knows the registry of kinds, no database."""

import json
from collections.abc import Mapping
from typing import Any

from quizapp.questions.item import Item
from quizapp.questions.kind import Answer, Mark
from quizapp.questions.registry import KINDS


def mark(item: Item, answer: Answer) -> Mark:
    """What the answer earns; raises ValueError for what is no answer to this item."""
    return KINDS[item.use, item.kind].mark(item, answer)


def right_answer(item: Item) -> Answer:
    """An answer to a question that earns everything."""
    if item.pairs:
        return dict(item.pairs)
    if item.options:
        chosen = [option.id for option in item.options if option.correct]
        return chosen[0] if item.kind == "cloze" else chosen
    return item.answers[0]


def key_of(payload: Mapping[str, Any]) -> str:
    """What is right about a stored item, whatever its kind and the order of its options, to see a changed key by."""
    right = sorted(option["id"] for option in payload.get("options", ()) if option["correct"])
    return json.dumps([right, list(payload.get("answers", ())), [list(pair) for pair in payload.get("pairs", ())]])
