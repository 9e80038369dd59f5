"""A question must stand alone: nothing in it may point to text that is not there. Knows items only."""

import re

from quizapp.questions.item import Item

START = re.compile(r"^(?:fill in the gap: |true or false\? )?(?:it|they|this|these|those|he|she|such)\b", re.IGNORECASE)
PERSONAL = re.compile(r"(?<![\w-])(?:we|our|us|i|my)(?![\w-])", re.IGNORECASE)
POINTING = re.compile(
    r"\b(?:the above|as above|see below|mentioned (?:above|before)|the latter|the former)\b", re.IGNORECASE
)
ALLOWED = ("which of these", "match each of these")


def lint(item: Item) -> str:
    """Stops prompts that begin with a pronoun, and any text of the author's own person."""
    prompt = item.prompt
    if START.match(prompt) and not prompt.casefold().startswith(ALLOWED):
        return "begins with a pronoun"
    texts = [
        prompt,
        item.back,
        *(option.text for option in item.options),
        *(side for pair in item.pairs for side in pair),
    ]
    if any(PERSONAL.search(text) for text in texts):
        return "speaks in the author's person"
    return "points to other text" if any(POINTING.search(text) for text in texts) else ""
