"""Pairs must be a one-to-one matter that cannot be read off. Knows items only."""

from quizapp.questions.item import Item, normalised

LEAST = 3


def lint(item: Item) -> str:
    """Stops too few pairs and a side that stands twice."""
    if item.kind not in ("matching", "ordering"):
        return ""
    lefts = {normalised(left) for left, _ in item.pairs}
    rights = {normalised(right) for _, right in item.pairs}
    if len(item.pairs) < LEAST:
        return "has fewer than three pairs"
    return "a side stands twice" if min(len(lefts), len(rights)) < len(item.pairs) else ""
