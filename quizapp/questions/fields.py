"""The fields of one manifest, each held against those that its kind has. Knows YAML and the table of fields, no notes.

What the notes shorten or leave open (dots, `<name>`, `{{ name }}`) makes a place unsure, and there nothing is judged.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from quizapp.lexicon import schema
from quizapp.yamltext import Yaml, YamlError, load_yaml

MOST_BYTES = 32 * 1024
NAME = re.compile(r"^[A-Za-z][\w-]*$")
BREAKS = re.compile(r"[\r\x0b\x0c\x85\u2028\u2029]")  # YAML begins a new line at some of them, notes do not


@dataclass(frozen=True, slots=True)
class Found:
    """A field as written; `line` counts from 1 in the manifest's own lines, `path` is its place as the table has it."""

    name: str
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields in reading order: those that the kind has, and those that it has not; `sure` when all was judged."""

    known: tuple[Found, ...]
    unknown: tuple[Found, ...]
    sure: bool


def read_fields(text: str, kind: str, version: str) -> Fields | None:
    """The fields of a manifest of that kind; None when the text is not whole YAML.

    Raises KeyError for a kind or version that the table has not.
    """
    if BREAKS.search(text):
        return None
    try:
        read = load_yaml(text, max_bytes=MOST_BYTES)
    except (YamlError, ValueError):  # half a character, a number of thousands of digits
        return None
    walk = _Walk(kind, version, read)
    walk.object(read.data, (), "")
    return Fields(tuple(walk.known), tuple(walk.unknown), walk.sure)


@dataclass(slots=True)
class _Walk:
    """Goes through a manifest with the table beside it; what stands below an unknown field is not looked at."""

    kind: str
    version: str
    read: Yaml
    known: list[Found] = field(default_factory=list)
    unknown: list[Found] = field(default_factory=list)
    sure: bool = True

    def object(self, data: Any, where: tuple[str | int, ...], path: str) -> None:
        if not isinstance(data, dict):
            self.sure = False
            return
        have = schema.fields(self.kind, path, version=self.version)
        for name, value in data.items():
            place = f"{path}.{name}" if path else name
            found = Found(name, place, self.read.line(*where, name))
            if name in have:
                self.known.append(found)
                self.value(value, (*where, name), place, have[name].type)
            elif NAME.match(name):
                self.unknown.append(found)
            else:
                self.sure = False

    def value(self, data: Any, where: tuple[str | int, ...], path: str, kind: str) -> None:
        """A value of a type as the table writes it; nothing at all is right everywhere."""
        if data is None or kind == "any":
            return
        if kind.startswith("@"):
            self.object(data, where, path)
        elif kind.startswith("[]") and isinstance(data, list):
            for place, one in enumerate(data):
                self.value(one, (*where, place), f"{path}[]", kind[2:])
        elif kind.startswith("{}") and isinstance(data, dict):
            for key, one in data.items():
                self.value(one, (*where, key), f"{path}{{}}", kind[2:])
        elif kind.startswith(("[]", "{}")) or isinstance(data, dict | list):
            self.sure = False
