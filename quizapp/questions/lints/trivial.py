"""An item must ask something. Knows items only."""

from quizapp.questions.item import Item
from quizapp.questions.words import content_words

LONGEST = 320


def lint(item: Item) -> str:
    """Stops prompts without meaning, and texts too long to read at a glance."""
    if not content_words(item.prompt):
        return "asks nothing"
    if item.use == "card" and not content_words(item.back):
        return "has an empty back"
    texts = [item.prompt, item.back, *(option.text for option in item.options)]
    return "is too long" if any(len(text) > LONGEST for text in texts) else ""
