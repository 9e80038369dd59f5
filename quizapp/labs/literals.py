"""The lint that keeps labs fair: no check demands a literal that the step's text does not tell. Knows no cluster."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from quizapp.labs.normal import image

CHECKED = ("get", "match", "serves")
OPERATIONS_WITHOUT_LITERAL = ("exists", "absent", "count", "regex", "status", "path")


def untold(step: Mapping[str, Any], told: str) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Path and literal of everything that the checks demand and the text leaves out."""
    for name in CHECKED:
        for path, literal in _literals(step.get(name), (name,)):
            if not _says(told, literal):
                yield path, literal


def _literals(data: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(data, Mapping):
        for key, value in data.items():
            if key not in OPERATIONS_WITHOUT_LITERAL:
                yield from _literals(value, (*path, key))
    elif isinstance(data, list):
        if path[0] != "ready":
            for place, value in enumerate(data):
                yield from _literals(value, (*path, place))
    elif data is not None and not isinstance(data, bool):
        yield path, str(data)


def _says(told: str, literal: str) -> bool:
    """Whether the text has the literal as a word of its own; an image may be told in its short form."""
    forms = {literal, literal.lstrip("<>=").strip(), literal.lower()}
    if "/" in literal or ":" in literal:
        forms.add(image(literal).removeprefix("docker.io/library/"))
    return any(re.search(rf"(?<![\w.-]){re.escape(form)}(?![\w-])", told, re.IGNORECASE) for form in forms if form)
