"""Marks an answer to any item. Knows the registry of kinds, no database."""

from quizapp.questions.item import Item
from quizapp.questions.kind import Answer, Mark
from quizapp.questions.registry import KINDS


def mark(item: Item, answer: Answer) -> Mark:
    """What the answer earns; raises ValueError for what is no answer to this item."""
    return KINDS[item.use, item.kind].mark(item, answer)
