"""The manifests in the notes' code: which kind they are of, under which apiVersion, and what in them is a mistake.

Finding one needs no whole YAML: notes shorten manifests with dots and placeholders, while these two lines stand as they
are. Its fields are looked at where it can be read whole.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quizapp.lexicon import schema
from quizapp.lexicon.kinds import REMOVED, api_versions
from quizapp.notes.document import Code, ListBlock, Notes, NoteWarning, Paragraph, Section, Table, TextLine
from quizapp.questions.fields import Fields, read_fields

LANGUAGES = ("", "yaml", "yml", "bash", "sh", "shell", "console")
VERSION = re.compile(r"^apiVersion:\s*[\"']?([\w./-]+)[\"']?\s*(?:#.*)?$")
KIND = re.compile(r"^kind:\s*[\"']?([A-Z]\w+)[\"']?\s*(?:#.*)?$")
BEGINS = re.compile(r"^(?:apiVersion|kind):|^---")
WITHIN = re.compile(r"^(?:[A-Za-z][\w-]*:(?:\s|$)|-\s|\s|#|$)")
NEAR = 4


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest: its first words with their lines, all that belongs to it, and what is known of its fields."""

    kind: str
    api_version: str
    section: tuple[str, ...]
    first: int
    last: int
    lines: tuple[TextLine, ...]
    fields: Fields | None


def manifests(notes: Notes) -> tuple[list[Manifest], list[NoteWarning]]:
    """Those in which nothing is known to be wrong, in reading order, and a warning for each that has a mistake.

    Left out are those of kinds that nothing around them speaks of.
    """
    prose: dict[tuple[str, ...], str] = {}
    for section in notes.sections:
        prose[section.path] = f"{prose.get(section.path, '')}\n{_prose(section)}"
    right: list[Manifest] = []
    warnings: list[NoteWarning] = []
    for one in _all(notes):
        wrong = _mistake(one)
        if wrong:
            warnings.append(wrong)
        elif _is_spoken_of(one.kind, prose[one.section]):
            right.append(one)
    return right, warnings


def _is_spoken_of(kind: str, prose: str) -> bool:
    """Whether the notes speak of the kind around its manifest: an example of something else teaches no apiVersion."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", "[ -]?", kind)
    return not prose.strip() or bool(re.search(rf"\b{parted}s?\b", prose, re.IGNORECASE))


def _prose(section: Section) -> str:
    texts: list[str] = []
    for block in section.blocks:
        if isinstance(block, Paragraph):
            texts += [line.text for line in block.lines]
        elif isinstance(block, ListBlock):
            texts += [block.lead, *(item.text for item in block.items)]
        elif isinstance(block, Table):
            texts += [cell for row in block.rows for cell in row.cells]
    return "\n".join([*texts, *section.path] if texts else [])


def first_of_each_kind(found: list[Manifest]) -> Iterator[Manifest]:
    """Those under the apiVersion that new manifests of their kind have."""
    seen: set[str] = set()
    for one in found:
        if api_versions().get(one.kind) == one.api_version and one.kind not in seen:
            seen.add(one.kind)
            yield one


def _mistake(one: Manifest) -> NoteWarning | None:
    """A version that no supported Kubernetes serves, or the first field that the kind has not.

    A kind under the API group of another project is that project's, whatever its name.
    """
    known = schema.kinds().get(one.kind)
    if known is None:
        return None
    if one.api_version in REMOVED:
        says = f"{one.api_version} is not served any more; the kind {one.kind} is {known.versions[0]} now"
        return NoteWarning(one.first, says)
    if one.api_version not in known.versions:
        group = one.api_version.rpartition("/")[0]
        if "." in group and group not in schema.groups():
            return None
        return NoteWarning(one.first, f"the kind {one.kind} is {known.versions[0]}, not {one.api_version}")
    if not one.fields or not one.fields.unknown:
        return None
    wrong, more = one.fields.unknown[0], len(one.fields.unknown) - 1
    says = f"{one.kind} has no field {wrong.path}"
    near = schema.near_misses(one.kind, wrong.path, version=one.api_version)
    says += f"; {' or '.join(near)}?" if near else ""
    return NoteWarning(one.lines[wrong.line - 1].number, f"{says} (and {more} more)" if more else says)


def _all(notes: Notes) -> Iterator[Manifest]:
    for section in notes.sections:
        for block in section.blocks:
            if isinstance(block, Code) and block.language in LANGUAGES:
                yield from _of_block(block, section)


def _of_block(block: Code, section: Section) -> Iterator[Manifest]:
    """A pair of lines at the left edge, near each other, in either order."""
    version: tuple[str, int] | None = None
    kind: tuple[str, int] | None = None
    for place, line in enumerate(block.lines):
        if line.text.startswith("---"):
            version = kind = None
        found, named = VERSION.match(line.text.rstrip()), KIND.match(line.text.rstrip())
        version = (found[1], place) if found else version
        kind = (named[1], place) if named else kind
        if version and kind and abs(version[1] - kind[1]) <= NEAR:
            first, last = sorted((version[1], kind[1]))
            lines = _whole(block.lines, first, last)
            yield Manifest(
                kind=kind[0],
                api_version=version[0],
                section=section.path,
                first=block.lines[first].number,
                last=block.lines[last].number,
                lines=lines,
                fields=_fields(kind[0], version[0], lines),
            )
            version = kind = None


def _whole(lines: tuple[TextLine, ...], first: int, last: int) -> tuple[TextLine, ...]:
    """From the first of the two lines to the end of what they begin: a next manifest, or what is no YAML."""
    end = last + 1
    while end < len(lines) and WITHIN.match(lines[end].text) and not BEGINS.match(lines[end].text):
        end += 1
    while lines[end - 1].text.strip() == "" or lines[end - 1].text.startswith("#"):
        end -= 1
    return lines[first:end]


def _fields(kind: str, version: str, lines: tuple[TextLine, ...]) -> Fields | None:
    known = schema.kinds().get(kind)
    if known is None or version not in known.versions:
        return None
    return read_fields("\n".join(line.text for line in lines), kind, version)
