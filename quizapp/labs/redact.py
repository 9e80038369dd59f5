"""What of an object may be kept: nothing secret. Knows no store."""

import hashlib
from collections.abc import Mapping
from typing import Any

from quizapp.labs.evidence import Object

DROPPED_ANNOTATIONS = ("kubectl.kubernetes.io/last-applied-configuration",)


def redacted_object(item: Object) -> dict[str, Any]:
    """The object without secret values, environment values and field managers."""
    kept = dict(item)
    metadata = {key: value for key, value in item["metadata"].items() if key != "managedFields"}
    notes = metadata.get("annotations") or {}
    metadata["annotations"] = {key: value for key, value in notes.items() if key not in DROPPED_ANNOTATIONS}
    kept["metadata"] = metadata
    if item.get("kind") == "Secret":
        uid = str(item["metadata"].get("uid", ""))
        kept["data"] = {key: _hashed(uid, str(value)) for key, value in (item.get("data") or {}).items()}
        kept.pop("stringData", None)
    if "spec" in kept:
        kept["spec"] = _without_env(kept["spec"])
    return kept


def _hashed(salt: str, value: str) -> str:
    """A value as a hash; what was redacted before stays as it is (base64, as the API writes it, has no colon)."""
    return (
        value
        if value.startswith("sha256:")
        else "sha256:" + hashlib.sha256(f"{salt}/{value}".encode()).hexdigest()[:16]
    )


def _without_env(value: Any) -> Any:
    """The same spec with the values of environment variables blanked; their names and sources stay."""
    if isinstance(value, Mapping):
        return {key: _blanked(inner) if key == "env" else _without_env(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_without_env(item) for item in value]
    return value


def _blanked(entries: Any) -> Any:
    if not isinstance(entries, list):
        return entries
    return [{**entry, "value": "(not kept)"} if "value" in entry else dict(entry) for entry in entries]
