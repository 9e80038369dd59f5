"""The heading an item may be shown under before it is answered. Knows items, no page."""

from quizapp.questions.bench import leaks
from quizapp.questions.item import Item


def heading_of(item: Item) -> str:
    """The heading of its section, so that "soft" is known to be a kind of reset; nothing where it tells the answer."""
    heading = item.section[-1] if item.section else ""
    if not heading or item.kind == "truefalse":
        return ""  # under "DaemonSet", what is said of a StatefulSet is plainly false
    told = [*item.answers, *(option.text for option in item.options)]
    if item.kind == "meaning":
        told.append(item.back)
    return "" if any(leaks(heading, text) for text in told) else heading
