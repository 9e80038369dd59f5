"""From the schemas of several Kubernetes versions to one small table: kinds, and definitions with their fields.

A field is there when one of the versions has it, since the table is asked whether a name is a mistake. Its type is that
of the newest, and it must be there when every version says so. A type is written as `string`, `[]` before it for a
list, `{}` for a map, `@` before a definition's name, `!` behind a field that must be there. The source lists no values
to choose from (kind and apiVersion aside), so neither does the table.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Json = Mapping[str, Any]
SCALARS = {
    "Quantity": "quantity",
    "IntOrString": "int-or-string",
    "Time": "time",
    "MicroTime": "time",
}
REFERENCE = "#/$defs/"


class SchemaError(Exception):
    """The source is not what this program was written for."""


def table(sources: Sequence[Json], wanted: Mapping[str, bool], *, origin: str) -> dict[str, Any]:
    """The table of the wanted kinds (true: in a namespace) from the `$defs` of each version, the oldest first.

    SchemaError when a wanted kind is not served by the newest version, or a type is written in a way not known here.
    """
    definitions = merged(sources)
    kinds: dict[str, Any] = {}
    waiting: list[str] = []
    for name, namespaced in sorted(wanted.items()):
        if not list(_versions(name, sources[-1])):
            raise SchemaError(f"the newest version serves no kind {name}")
        served = dict(sorted(_versions(name, definitions), key=_newest_first))
        kinds[name] = {"namespaced": namespaced, "versions": {one: short(where) for one, where in served.items()}}
        waiting += served.values()
    found: dict[str, dict[str, str]] = {}
    while waiting:
        name = waiting.pop()
        if short(name) not in found and definitions[name]["properties"]:
            found[short(name)] = _fields(name, definitions)
            waiting += _references(definitions[name])
    return {"origin": origin, "groups": _groups(sources), "kinds": kinds, "definitions": dict(sorted(found.items()))}


def as_text(made: Json) -> str:
    """JSON with a line for each kind and definition, so that a new version is a diff that can be read."""
    parts = [f'"origin":{_compact(made["origin"])}', f'"groups":{_compact(made["groups"])}']
    for part in ("kinds", "definitions"):
        lines = ",\n".join(f"{_compact(name)}:{_compact(entry)}" for name, entry in made[part].items())
        parts.append(f'"{part}":{{\n{lines}\n}}')
    return "{" + ",\n".join(parts) + "}\n"


def merged(sources: Sequence[Json]) -> dict[str, Any]:
    """Every definition of any version; the newest wins, keeps the fields that only older ones have, and requires none
    that an older one did not."""
    found: dict[str, Any] = {}
    for source in sources:
        for name, definition in source.items():
            old = found.get(name, {"required": definition.get("required", ())})
            properties = {**old.get("properties", {}), **definition.get("properties", {})}
            required = [field for field in definition.get("required", ()) if field in old["required"]]
            found[name] = {**definition, "properties": properties, "required": required}
    return found


def short(name: str) -> str:
    """io.k8s.api.apps.v1.Deployment is apps.v1.Deployment here."""
    return ".".join(name.split(".")[-3:])


def _compact(data: Any) -> str:
    return json.dumps(data, separators=(",", ":"), ensure_ascii=True)


def _api_version(gvk: Json) -> str:
    return f"{gvk['group']}/{gvk['version']}" if gvk["group"] else str(gvk["version"])


def _versions(kind: str, source: Json) -> Iterator[tuple[str, str]]:
    """apiVersion and definition of a kind; a definition of many groups (DeleteOptions) is no kind of a manifest."""
    for name, definition in source.items():
        stated = definition.get("x-kubernetes-group-version-kind", [])
        if len(stated) == 1 and stated[0]["kind"] == kind:
            yield _api_version(stated[0]), name


def _newest_first(served: tuple[str, str]) -> tuple[bool, bool, int, str]:
    """The core group first, then stable versions from high to low (v2, v1), then the others."""
    version = served[0].rpartition("/")[2].removeprefix("v")
    return "/" in served[0], not version.isdigit(), -int(version) if version.isdigit() else 0, served[0]


def _groups(sources: Sequence[Json]) -> list[str]:
    """The API groups of Kubernetes itself; the core group has no name."""
    stated = [
        gvk
        for source in sources
        for definition in source.values()
        for gvk in definition.get("x-kubernetes-group-version-kind", [])
    ]
    return sorted({gvk["group"] for gvk in stated} - {""})


def _fields(name: str, definitions: Json) -> dict[str, str]:
    definition = definitions[name]
    must = set(definition["required"])
    return {
        field: type_of(schema, definitions) + ("!" if field in must else "")
        for field, schema in sorted(definition["properties"].items())
    }


def type_of(schema: Json, definitions: Json) -> str:
    """How the table writes a type; SchemaError for one that is not foreseen."""
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(REFERENCE)
        last = name.split(".")[-1]
        if last in SCALARS:
            return SCALARS[last]
        return f"@{short(name)}" if definitions[name]["properties"] else "any"
    stated = schema.get("type")
    plain = [one for one in (stated if isinstance(stated, list) else [stated]) if one != "null"]
    if plain == ["array"]:
        return f"[]{type_of(schema['items'], definitions)}"
    if plain == ["object"]:
        inner = schema.get("additionalProperties")
        return f"{{}}{type_of(inner, definitions)}" if inner else "any"
    if len(plain) != 1 or plain[0] not in ("string", "integer", "number", "boolean"):
        raise SchemaError(f"this type is not foreseen: {_compact(schema)[:200]}")
    return str(plain[0])


def _references(definition: Any) -> list[str]:
    """The definitions with fields of their own that a definition names, at any depth."""
    if isinstance(definition, list):
        return [name for one in definition for name in _references(one)]
    if not isinstance(definition, dict):
        return []
    own = [definition["$ref"].removeprefix(REFERENCE)] if isinstance(definition.get("$ref"), str) else []
    return own + [name for one in definition.values() for name in _references(one)]
