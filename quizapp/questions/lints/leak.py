"""The prompt must not hold the answer. Knows items only."""

import re

from quizapp.questions.bench import leaks
from quizapp.questions.item import Item
from quizapp.questions.words import content_words

SHARE = 0.6
LONG, STEM = 5, 6
COMMON = frozenset(["kubern", "object", "use", "usage"])


def lint(item: Item) -> str:
    """Stops an answer whose words stand in the question, unless the wrong options share them too."""
    for answer in item.answers[:1]:
        if leaks(item.prompt, answer):
            return f"the gap's word {answer!r} stands in the question"
    if item.kind == "meaning" and len(item.back.split()) <= 3 and leaks(item.prompt, item.back):
        return "the front tells the back"
    if item.kind != "choice":
        return ""
    if _echoes(item):
        return "the right option alone takes up a word of the question"
    asked = set(content_words(item.prompt))
    shares = {
        option.correct: _share(option.text, asked)
        for option in sorted(item.options, key=lambda o: _share(o.text, asked))
    }
    if shares.get(True, 0) >= SHARE and shares.get(True, 0) > shares.get(False, 0):
        return "the right option repeats the question"
    return ""


def _echoes(item: Item) -> bool:
    """Whether a word of the question stands in the right option and in no wrong one."""
    asked = _stems(item.prompt)
    right = {stem for option in item.options if option.correct for stem in _stems(option.text) & asked}
    wrong = {stem for option in item.options if not option.correct for stem in _stems(option.text)}
    return bool(right - wrong)


def _stems(text: str) -> set[str]:
    """How its longer words begin, the parts of CamelCase names too."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    return {word.rstrip("s")[:STEM] for word in content_words(parted) if len(word) >= LONG} - COMMON


def _share(text: str, asked: set[str]) -> float:
    found = content_words(text)
    return sum(word in asked for word in found) / len(found) if found else 0.0
