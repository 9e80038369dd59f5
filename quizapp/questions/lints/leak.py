"""The prompt must not hold the answer. Knows items only."""

from quizapp.questions.bench import leaks
from quizapp.questions.item import Item
from quizapp.questions.words import content_words

SHARE = 0.6


def lint(item: Item) -> str:
    """Stops an answer whose words stand in the question, unless the wrong options share them too."""
    for answer in item.answers[:1]:
        if leaks(item.prompt, answer):
            return f"the gap's word {answer!r} stands in the question"
    if item.kind == "meaning" and len(item.back.split()) <= 3 and leaks(item.prompt, item.back):
        return "the front tells the back"
    if item.kind != "choice":
        return ""
    asked = set(content_words(item.prompt))
    shares = {
        option.correct: _share(option.text, asked)
        for option in sorted(item.options, key=lambda o: _share(o.text, asked))
    }
    if shares.get(True, 0) >= SHARE and shares.get(True, 0) > shares.get(False, 0):
        return "the right option repeats the question"
    return ""


def _share(text: str, asked: set[str]) -> float:
    found = content_words(text)
    return sum(word in asked for word in found) / len(found) if found else 0.0
