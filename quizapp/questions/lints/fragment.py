"""A text that breaks off or trails away must not be asked. Knows items only."""

import re

from quizapp.questions.item import Item

OPEN = re.compile(
    r"(?:\.\.+|\u2026|\betc\.?|\band so on|[,;:(\u2013-]|\b(?:and|or|the|a|an|like|which))[.\u201d\"')]*\s*$",
    re.IGNORECASE,
)
TASK = re.compile(
    r"^(?:verify|check|create|run|open|install|try|make sure|go to|click|download|write)\b", re.IGNORECASE
)


def lint(item: Item) -> str:
    """Stops open tails anywhere, and tasks in place of statements."""
    asked = "" if item.kind == "command" else item.prompt.rstrip("?")  # -A ends no sentence
    texts = [asked, item.back.rstrip("."), *(option.text for option in item.options)]
    texts += [side for pair in item.pairs for side in pair]
    if any(OPEN.search(text) for text in texts if text):
        return "a text breaks off"
    plain = item.prompt.partition(": ")[2] or item.prompt
    return "is a task, not a question" if TASK.match(plain) and item.use == "quiz" and item.kind != "choice" else ""
