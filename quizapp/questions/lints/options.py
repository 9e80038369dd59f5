"""Choices must be enough, different, and have exactly one key. Knows items only."""

from quizapp.questions.item import Item, normalised

LEAST = 3


def lint(item: Item) -> str:
    """Stops two keys, no key, doubled texts and fewer than two wrong options."""
    if not item.options:
        return "" if item.kind not in ("choice", "multi") else "has no options"
    texts = [normalised(option.text) for option in item.options]
    if len(set(texts)) < len(texts):
        return "has the same option twice"
    right = sum(option.correct for option in item.options)
    if item.kind == "multi":
        fits = len(texts) > LEAST and 1 < right <= len(texts) / 2
        return "" if fits else "needs some right and as many wrong options"
    if right != 1:
        return "needs exactly one right option"
    least = 2 if item.kind == "truefalse" else LEAST
    return "" if len(texts) >= least else "has fewer than two wrong options"
