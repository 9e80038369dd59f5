"""The words in which a check says what may stand under it, for editors (JSON Schema). Knows no check.

A schema helps while one types; the loader decides, and knows more: which aliases there are, what the text tells.
"""

from collections.abc import Mapping
from typing import Any

from quizapp.labs.operators import OPERATORS, STRUCTURAL

Schema = Mapping[str, Any]

ALIAS: Schema = {"$ref": "#/$defs/alias"}
FIELD: Schema = {"$ref": "#/$defs/field"}
TREE: Schema = {"$ref": "#/$defs/tree"}
OPERATION: Schema = {"$ref": "#/$defs/operation"}
SCALAR: Schema = {"type": ["string", "number", "boolean", "null"]}

DEFINITIONS: Mapping[str, Schema] = {
    "alias": {"type": "string", "description": "An object of this step by its name under get."},
    "field": {
        "type": "string",
        "pattern": r"^[^.]+\..+$",
        "description": "A field of an object of this step: alias.spec.replicas.",
    },
    "tree": {
        "type": "object",
        "additionalProperties": {"$ref": "#/$defs/value"},
        "description": "A part of the object, as kubectl get -o yaml prints it; what is left out may be anything.",
    },
    "value": {
        "anyOf": [OPERATION, TREE, {"type": "array", "items": {"$ref": "#/$defs/value"}}, SCALAR],
    },
    "operation": {
        "type": "object",
        "minProperties": 1,
        "properties": {name: {} for name in (*OPERATORS, *STRUCTURAL)},
        "additionalProperties": False,
        "description": "What the value must be, where that is not one value.",
    },
}
