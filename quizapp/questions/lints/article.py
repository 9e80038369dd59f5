"""Grammar must not give the answer away or jar. Knows items only."""

import re

from quizapp.questions.item import Item

DOUBLED = re.compile(r"\b(the|a|an|is|of|to) \1\b", re.IGNORECASE)
WRONG = re.compile(r"\b(?:a [aeiou](?!ne\b|ni|se|u)[a-z]|an [bcdfgjkpqtvwz][a-z])", re.IGNORECASE)


def lint(item: Item) -> str:
    """Stops doubled small words and an article that does not fit its noun."""
    texts = [item.prompt, *(option.text for option in item.options)]
    if any(DOUBLED.search(text) for text in texts):
        return "has a word twice"
    return "has the wrong article" if any(WRONG.search(text) for text in texts) else ""
