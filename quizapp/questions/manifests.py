"""The manifests in the notes' code: which kind they are of, and under which apiVersion. Knows YAML by its lines only.

Whole YAML is not needed: notes shorten manifests with dots and placeholders, while these two lines stand as they are.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quizapp.lexicon.kinds import REMOVED, api_versions
from quizapp.notes.document import Code, Notes, NoteWarning, Section

LANGUAGES = ("", "yaml", "yml", "bash", "sh", "shell", "console")
VERSION = re.compile(r"^apiVersion:\s*[\"']?([\w./-]+)[\"']?\s*(?:#.*)?$")
KIND = re.compile(r"^kind:\s*[\"']?([A-Z]\w+)[\"']?\s*(?:#.*)?$")
NEAR = 4


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest's first words with their lines."""

    kind: str
    api_version: str
    section: tuple[str, ...]
    first: int
    last: int


def manifests(notes: Notes) -> Iterator[Manifest]:
    """Those whose apiVersion is right, the first of each kind."""
    seen: set[str] = set()
    for one in _all(notes):
        if api_versions().get(one.kind) == one.api_version and one.kind not in seen:
            seen.add(one.kind)
            yield one


def outdated(notes: Notes) -> Iterator[NoteWarning]:
    """A warning for each manifest under an apiVersion that no supported Kubernetes serves."""
    for one in _all(notes):
        if one.api_version in REMOVED and one.kind in api_versions():
            says = f"{one.api_version} is not served any more; the kind {one.kind} is {api_versions()[one.kind]} now"
            yield NoteWarning(one.first, says)


def _all(notes: Notes) -> Iterator[Manifest]:
    for section in notes.sections:
        for block in section.blocks:
            if isinstance(block, Code) and block.language in LANGUAGES:
                yield from _of_block(block, section)


def _of_block(block: Code, section: Section) -> Iterator[Manifest]:
    """A pair of lines at the left edge, near each other, in either order."""
    version: tuple[str, int] | None = None
    kind: tuple[str, int] | None = None
    for line in block.lines:
        if line.text.startswith("---"):
            version = kind = None
        found, named = VERSION.match(line.text.rstrip()), KIND.match(line.text.rstrip())
        version = (found[1], line.number) if found else version
        kind = (named[1], line.number) if named else kind
        if version and kind and abs(version[1] - kind[1]) <= NEAR:
            yield Manifest(kind[0], version[0], section.path, min(version[1], kind[1]), max(version[1], kind[1]))
            version = kind = None
