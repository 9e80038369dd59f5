"""A manifest of the notes with the name of one field written nearly right. Knows fields, makes no question.

The key is right by construction: every field of the notes' own manifest is known to be one, and when the altered text
is read again the table knows all of them but the altered one.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from quizapp.lexicon import schema
from quizapp.questions.bench import stable
from quizapp.questions.fields import Found, read_fields
from quizapp.questions.manifests import Manifest

LEAST_FIELDS, LEAST_OTHERS, MOST_OTHERS = 5, 2, 3
MOST_LINES, LONGEST_LINE = 40, 100
MOST_OF_A_KIND = 2
SHORTEST, LONGEST = 4, 24
HEAD = ("apiVersion", "kind")
# No slip in these is worth asking.
PLAIN = (*HEAD, "metadata", "name", "namespace", "spec", "data", "stringData", "status")
NO_PLURAL = re.compile(r"(?:s|ed|[dD]ata|From|[A-Z])$")
NO_SINGULAR = re.compile(r"(?:ss|us|is|fs)$")
CALLED = re.compile(r"^\s*name:\s*[\"']?([a-z0-9][a-z0-9.-]{0,40})[\"']?\s*(?:#.*)?$")


@dataclass(frozen=True, slots=True)
class Misspelt:
    """`shown` is the manifest with `wrong` where the notes have `right`; `others` are fields that are right in it."""

    manifest: Manifest
    called: str
    right: Found
    wrong: str
    shown: str
    others: tuple[Found, ...]


def misspelt(found: list[Manifest]) -> Iterator[Misspelt]:
    """One for a manifest at most, for the first few of each kind; those of one name are one."""
    made: Counter[str] = Counter()
    seen: set[str] = set()
    for one in found:
        called = _called(one)
        if made[one.kind] < MOST_OF_A_KIND and called not in seen and (altered := _altered(one, called)):
            made[one.kind] += 1
            seen.add(called)
            yield altered


def _altered(one: Manifest, called: str) -> Misspelt | None:
    """The first name that can be altered, in an order that looks random and depends on the manifest's names alone."""
    if not one.fields or not one.fields.sure or one.fields.unknown or len(one.lines) > MOST_LINES:
        return None
    fields = [found for found in one.fields.known if found.name not in HEAD]
    if len(fields) < LEAST_FIELDS or any(len(line.text) > LONGEST_LINE for line in one.lines):
        return None
    text = "\n".join(line.text for line in one.lines)
    worth = [found for found in fields if found.name not in PLAIN and SHORTEST <= len(found.name) <= LONGEST]
    for right in sorted(worth, key=lambda found: stable(called, found.path)):
        if len(_places(right.name, text)) != 1:
            continue  # the right spelling would stand beside the wrong one
        others = _others(right, fields, called)
        if len(others) < LEAST_OTHERS:
            continue
        for wrong in sorted(_slips(right.name), key=lambda slip: stable(called, right.path, slip)):
            shown = _with(one, right, wrong)
            if shown and _is_the_only_mistake(one, right, wrong, shown):
                return Misspelt(one, called, right, wrong, shown, others)
    return None


def _called(one: Manifest) -> str:
    """The manifest in a sentence: by its own name where it has one."""
    known = one.fields.known if one.fields else ()
    line = next((found.line for found in known if found.path == "metadata.name"), None)
    match = CALLED.match(one.lines[line - 1].text) if line else None
    if match:
        return f"the {one.kind} {match[1]}"
    return f"{'an' if one.kind[0] in 'AEIOU' else 'a'} {one.kind}"


def _slips(name: str) -> list[str]:
    """What people write for a name: one where there are many, many for one, small letters all through."""
    slips = [name.lower()]
    if name.endswith("ies"):
        slips.append(f"{name[:-3]}y")
    elif name.endswith("sses"):
        slips.append(name[:-2])
    elif name.endswith("s") and not NO_SINGULAR.search(name):
        slips.append(name[:-1])
    elif re.search(r"[^aeiou]y$", name):
        slips.append(f"{name[:-1]}ies")
    elif not NO_PLURAL.search(name):
        slips.append(f"{name}s")
    return [slip for slip in slips if slip != name]


def _others(right: Found, fields: list[Found], called: str) -> tuple[Found, ...]:
    """Fields of other names that are right whatever stands for this one, so none below it; telling names come first."""
    names: dict[str, Found] = {}
    below = (f"{right.path}.", f"{right.path}[", f"{right.path}{{")
    for found in fields:
        if found.name.casefold() != right.name.casefold() and not found.path.startswith(below):
            names.setdefault(found.name.casefold(), found)
    ranked = sorted(names.values(), key=lambda found: (found.name in PLAIN, stable(called, right.path, found.name)))
    return tuple(ranked[:MOST_OTHERS])


def _places(name: str, text: str) -> list[str]:
    return re.findall(rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9])", text, re.IGNORECASE)


def _with(one: Manifest, right: Found, wrong: str) -> str:
    """The manifest with the wrong name; empty when the field does not begin its line."""
    texts = [line.text for line in one.lines]
    line = texts[right.line - 1]
    begins = re.match(rf"^([\s-]*){re.escape(right.name)}(?=:(?:\s|$))", line)
    if not begins or _places(wrong, "\n".join(texts[: right.line - 1] + texts[right.line :])):
        return ""
    texts[right.line - 1] = begins[1] + wrong + line[begins.end() :]
    return "\n".join(texts)


def _is_the_only_mistake(one: Manifest, right: Found, wrong: str, shown: str) -> bool:
    path = right.path.removesuffix(right.name) + wrong
    again = read_fields(shown, one.kind, one.api_version)
    versions = schema.kinds()[one.kind].versions
    return (
        again is not None
        and again.sure
        and [found.path for found in again.unknown] == [path]
        and not any(schema.is_field(one.kind, path, version=version) for version in versions)
    )
