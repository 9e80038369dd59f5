"""The JSON Schema of lab.yaml, for editors: made of what the loader and the checks know. Knows no file."""

from collections.abc import Mapping
from typing import Any

from quizapp.labs.evidence import KINDS
from quizapp.labs.registry import SCHEMAS
from quizapp.labs.schema import DEFINITIONS, Schema
from quizapp.labs.spec import HOLD_TEXT, LAB_KEYS, SLUG, STEP_KEYS

TEXT: Schema = {"type": "string"}
NEEDED: Schema = {"type": "string", "pattern": r"\S"}
TEXTS: Schema = {"type": "array", "items": {"type": ["string", "number"]}}

HINT: Schema = {
    "type": "object",
    "properties": {"says": TEXT, "command": NEEDED},
    "required": ["command"],
    "additionalProperties": False,
}
HINTS: Schema = {"type": "array", "items": {"anyOf": [{"type": ["string", "number"]}, HINT]}}

LAB: Mapping[str, tuple[Schema, str]] = {
    "lab": ({"type": "string", "pattern": f"^{SLUG.pattern}$"}, "The lab's name, the same as its folder's."),
    "title": (NEEDED, "What it is called."),
    "summary": (TEXT, "One sentence for the list of labs."),
    "minutes": ({"type": "integer", "minimum": 1, "maximum": 599}, "How long it takes, 15 unless said."),
    "module": (TEXT, "The module of notes it belongs to."),
    "story": (TEXT, "Why one does this, in Markdown."),
    "steps": ({"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/step"}}, "The steps."),
}
STEP: Mapping[str, tuple[Schema, str]] = {
    "id": (NEEDED, "Its name within the lab; what is passed is stored under it."),
    "title": (NEEDED, "What it is called."),
    "text": (NEEDED, "What to do, in Markdown, with every name and number that the checks ask for."),
    "hints": (HINTS, "Opened one by one: texts in Markdown, and commands to copy."),
    "get": ({"type": "object", "additionalProperties": {"$ref": "#/$defs/object"}}, "The objects it speaks of."),
    "hold": (
        {"type": "string", "pattern": f"^{HOLD_TEXT.pattern}$"},
        "How long what is ready must have been so; 10s unless said.",
    ),
    "after": (TEXT, "The step that must have passed before this one says why it is not done."),
    "told": (TEXTS, "Words that count as told, where the text says them in another form."),
    "notes": (TEXT, "The heading of the module that tells why."),
    "already": (TEXT, "Why the step may be right before anything is done for it."),
}
OBJECT: Schema = {
    "type": "object",
    "properties": {"kind": {"enum": list(KINDS)}, "name": {"type": ["string", "number"]}},
    "required": ["kind", "name"],
}


def lab_schema() -> dict[str, Any]:
    """The whole schema; the same code, the same data in the same order."""
    checks = {name: {"$ref": f"#/$defs/{name}"} for name in SCHEMAS}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A lab of quizapp (docs/labs.md)",
        **_mapping(_described(LAB, LAB_KEYS), ("lab", "title", "steps")),
        "$defs": {
            "step": {
                **_mapping({**_described(STEP, STEP_KEYS), **checks}, ("id", "title", "text")),
                "anyOf": [{"required": [name]} for name in checks],
            },
            "object": OBJECT,
            **DEFINITIONS,
            **SCHEMAS,
        },
    }


def _mapping(properties: Mapping[str, Any], required: tuple[str, ...]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def _described(keys: Mapping[str, tuple[Schema, str]], known: tuple[str, ...]) -> dict[str, Any]:
    """The keys in the loader's order; a key that the loader knows and nobody described is a bug of ours."""
    return {key: {**keys[key][0], "description": keys[key][1]} for key in known if key not in SCHEMAS}
