"""Which fields the objects of Kubernetes 1.34 to 1.37 have: names, types and what must be there. Knows no manifest.

Read when first asked. Where a field stands is written like `spec.template.spec.containers[].ports[].containerPort`:
`[]` goes into the entries of a list, `{}` into the values of a map, whose keys are nobody's fields.
`python -m tools.schema` makes the data, `data/schema.LICENSE.txt` says where it comes from.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA

STEP = re.compile(r"^([^\[\]{}]+)((?:\[\]|\{\})*)$")
PARTS = re.compile(r"\[\]|\{\}")
NEAR, MOST_NEAR = 0.7, 3
OPEN = "any"


@dataclass(frozen=True, slots=True)
class Field:
    """`type` is `string`, `integer`, `number`, `boolean`, `time`, `quantity`, `int-or-string`, `any` or `@` and the
    name of a definition; `[]` before it makes it a list, `{}` a map."""

    name: str
    type: str
    required: bool


@dataclass(frozen=True, slots=True)
class Kind:
    """`versions` are the apiVersions that a supported Kubernetes serves, the one to write first."""

    name: str
    versions: tuple[str, ...]
    namespaced: bool


@cache
def kinds() -> Mapping[str, Kind]:
    """The kinds that are known, by name."""
    return {
        name: Kind(name, tuple(entry["versions"]), entry["namespaced"]) for name, entry in _table()["kinds"].items()
    }


@cache
def groups() -> frozenset[str]:
    """The API groups of Kubernetes itself, without the core group, which has no name."""
    return frozenset(_table()["groups"])


def fields(kind: str, path: str = "", *, version: str = "") -> Mapping[str, Field]:
    """The fields of the object at that place; none below a plain value, an unknown place or a place where anything may
    stand. Without a version that of new manifests; KeyError for an unknown kind or version."""
    entry = _table()["kinds"][kind]["versions"]
    found = _inside(f"@{entry[version or next(iter(entry))]}", path)
    return _definition(found[1:]) if found and found.startswith("@") else {}


def is_field(kind: str, path: str, *, version: str = "") -> bool:
    """Whether the last name of the path is a field there; raises as `fields` does."""
    place, _, name = path.rpartition(".")
    step = STEP.match(name)
    found = fields(kind, place, version=version).get(step[1]) if step else None
    return found is not None and step is not None and _below(found.type, step[2]) is not None


def near_misses(kind: str, path: str, *, version: str = "") -> tuple[str, ...]:
    """The fields at that place whose names are written nearly like the last one of the path, the nearest first."""
    place, _, name = path.rpartition(".")
    there = sorted(fields(kind, place, version=version))
    found = process.extract(
        name,
        there,
        scorer=OSA.normalized_similarity,
        processor=str.casefold,
        score_cutoff=NEAR,
        limit=None,
    )
    found.sort(key=lambda one: (-one[1], one[0]))
    if found and found[0][0].casefold() == name.casefold() != name:
        found = found[:1]  # only capitals are wrong
    return tuple(one[0] for one in found[:MOST_NEAR] if one[0] != name)


@cache
def _table() -> dict[str, Any]:
    text = (resources.files("quizapp.lexicon") / "data" / "schema.json").read_bytes()
    made: dict[str, Any] = json.loads(text)
    return made


@cache
def _definition(name: str) -> Mapping[str, Field]:
    written: dict[str, str] = _table()["definitions"][name]
    return {field: Field(field, text.rstrip("!"), text.endswith("!")) for field, text in written.items()}


def _inside(start: str, path: str) -> str | None:
    """The type at a place, from the type it starts at."""
    here: str | None = start
    for part in path.split(".") if path else ():
        step = STEP.match(part)
        if step is None or here is None or not here.startswith("@"):
            return None
        found = _definition(here[1:]).get(step[1])
        here = _below(found.type, step[2]) if found else None
    return here


def _below(kind: str, steps: str) -> str | None:
    """What the entries of lists and maps are; nothing when it is no list or map."""
    for step in PARTS.findall(steps):
        if not kind.startswith(step):
            return None
        kind = kind[len(step) :]
    return kind
