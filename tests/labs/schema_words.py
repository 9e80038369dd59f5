"""As much of JSON Schema as the schema of labs uses, so that no validator has to be installed."""

import re
from collections.abc import Iterator
from typing import Any

TYPES = {"object": dict, "array": list, "string": str, "integer": int, "number": (int, float), "boolean": bool}
KNOWN = {
    "$schema", "$defs", "$ref", "title", "description", "type", "enum", "pattern", "minLength", "minimum", "maximum",
    "items", "minItems", "properties", "required", "additionalProperties", "minProperties", "maxProperties", "anyOf",
}  # fmt: skip


def wrong(schema: dict[str, Any], data: Any, root: dict[str, Any], path: str = "") -> Iterator[str]:
    """Every place where data is not as the schema says."""
    assert set(schema) <= KNOWN, set(schema) - KNOWN
    if "$ref" in schema:
        yield from wrong(root["$defs"][schema["$ref"].removeprefix("#/$defs/")], data, root, path)
    if "type" in schema and not any(is_a(name, data) for name in as_list(schema["type"])):
        yield f"{path}: is no {schema['type']}"
        return
    if "enum" in schema and data not in schema["enum"]:
        yield f"{path}: is none of {schema['enum']}"
    if "anyOf" in schema and all(list(wrong(way, data, root, path)) for way in schema["anyOf"]):
        yield f"{path}: is of no form that is known"
    yield from _form(schema, data, root, path)


def _form(schema: dict[str, Any], data: Any, root: dict[str, Any], path: str) -> Iterator[str]:
    if isinstance(data, str):
        yield from _text(schema, data, path)
    elif isinstance(data, list):
        yield from _list(schema, data, root, path)
    elif isinstance(data, dict):
        yield from _object(schema, data, root, path)
    elif isinstance(data, int) and not schema.get("minimum", data) <= data <= schema.get("maximum", data):
        yield f"{path}: is too small or too great"


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def is_a(name: str, data: Any) -> bool:
    if isinstance(data, bool) or data is None:
        return name == ("null" if data is None else "boolean")
    return name != "null" and isinstance(data, TYPES[name])


def _text(schema: dict[str, Any], data: str, path: str) -> Iterator[str]:
    if not re.search(schema.get("pattern", ""), data) or len(data) < schema.get("minLength", 0):
        yield f"{path}: is not a text of that form"


def _list(schema: dict[str, Any], data: list[Any], root: dict[str, Any], path: str) -> Iterator[str]:
    if len(data) < schema.get("minItems", 0):
        yield f"{path}: has too few items"
    for place, item in enumerate(data):
        yield from wrong(schema.get("items", {}), item, root, f"{path}[{place}]")


def _object(schema: dict[str, Any], data: dict[str, Any], root: dict[str, Any], path: str) -> Iterator[str]:
    if not schema.get("minProperties", 0) <= len(data) <= schema.get("maxProperties", len(data)):
        yield f"{path}: has too few keys or too many"
    yield from (f"{path}: lacks {key}" for key in schema.get("required", ()) if key not in data)
    for key, value in data.items():
        below = schema.get("properties", {}).get(key, schema.get("additionalProperties", True))
        if below is False:
            yield f"{path}: unknown key {key}"
        elif below is not True:
            yield from wrong(below, value, root, f"{path}.{key}")
