"""The right option must not stand out by its length. Knows items only."""

from quizapp.questions.item import Item

FACTOR = 1.5
SHORT = 24


def lint(item: Item) -> str:
    """Stops a right option more than half as long again as the longest wrong one."""
    if item.kind == "truefalse" or not item.options:
        return ""
    key = max(len(option.text) for option in item.options if option.correct)
    wrong = max((len(option.text) for option in item.options if not option.correct), default=0)
    return "the right option is much longer than the others" if key > SHORT and key > FACTOR * wrong else ""
