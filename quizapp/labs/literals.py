"""The lint that keeps labs fair: no check demands a literal that the step's text does not tell. Knows no cluster."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from quizapp.labs.normal import image

CHECKED = ("get", "match", "serves", "count", "logs", "targets", "sum", "can")
WITHOUT_LITERAL = (
    "exists",
    "absent",
    "regex",
    "status",
    "path",
    "of",
    "lacks",
    "container",
    "allowed",
    "group",
    "says",
)


def untold(step: Mapping[str, Any], told: str) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Path and literal of everything that the checks demand and the text leaves out.

    Of several ways that are right one must be told; what must not be is told by its own words.
    """
    for name in CHECKED:
        for path, literal in _literals(step.get(name), (name,)):
            if not _says(told, literal):
                yield path, literal
    ways = step.get("any")
    if isinstance(ways, list):
        missing = [list(untold(way, told)) for way in ways if isinstance(way, Mapping)]
        place = min(range(len(missing)), key=lambda one: len(missing[one]), default=0)
        for path, literal in missing[place] if missing else ():
            yield ("any", place, *path), literal


def _literals(data: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(data, Mapping):
        for key, value in data.items():
            if key not in WITHOUT_LITERAL and not (key == "count" and path[0] != "count"):
                yield from _literals(value, (*path, key))
    elif isinstance(data, list):
        for place, value in enumerate(data):
            yield from _literals(value, (*path, place))
    else:
        literal = _literal(data, path)
        if literal:
            yield path, literal


def _literal(data: Any, path: tuple[str | int, ...]) -> str | None:
    """A value that a learner cannot guess; the alias of another object is told where get: names it."""
    if data is None or isinstance(data, bool) or (path[0] == "targets" and len(path) == 2):
        return None
    return str(data).partition("/")[2] if path[-1] == "who" else str(data)


def _says(told: str, literal: str) -> bool:
    """Whether the text has the literal as a word of its own; an image may be told in its short form."""
    forms = {literal, literal.lstrip("<>=").strip(), literal.lower()}
    if "/" in literal or ":" in literal:
        forms.add(image(literal).removeprefix("docker.io/library/"))
    return any(re.search(rf"(?<![\w.-]){re.escape(form)}(?![\w-])", told, re.IGNORECASE) for form in forms if form)
