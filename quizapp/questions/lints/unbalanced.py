"""Brackets, quotes and Markdown must be whole. Knows items only."""

import re

from quizapp.questions.item import Item

MARKUP = re.compile(r"\*\*|__[A-Za-z]|`|\]\(|<[a-z/]+>|\|")
PAIRS = (("(", ")"), ("[", "]"), ("{", "}"), ("\u201c", "\u201d"))


def lint(item: Item) -> str:
    """Stops texts with a bracket left open or with markup showing."""
    texts = [
        item.prompt,
        item.back,
        *(option.text for option in item.options),
        *(side for pair in item.pairs for side in pair),
    ]
    for text in texts:
        if any(text.count(one) != text.count(other) for one, other in PAIRS):
            return "a bracket or quote is not closed"
        if MARKUP.search(text):
            return "has markup in its text"
    return ""
