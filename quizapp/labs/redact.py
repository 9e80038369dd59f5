"""What of the evidence is kept with a passed step: enough to judge again, nothing secret. Knows no store."""

import hashlib
from collections.abc import Mapping
from typing import Any

from quizapp.labs.evidence import Evidence, Object
from quizapp.labs.trouble import Unreadable

DROPPED_ANNOTATIONS = ("kubectl.kubernetes.io/last-applied-configuration",)
LARGEST_LIST = 200


def redacted(evidence: Evidence) -> dict[str, Any]:
    """Plain data: lists by kind without secret values, environment values and field managers; events are left out."""
    lists = {kind: _kept(found) for kind, found in evidence.lists.items() if kind != "Event"}
    replies = {
        f"{need.service}:{need.port}{need.path}": {
            "status": reply.status,
            "headers": dict(reply.headers),
            "body": reply.body[:2000],
        }
        for need, reply in evidence.http.items()
        if not isinstance(reply, Unreadable)
    }
    reviews = {
        f"{need.user} {need.verb} {need.resource}": {"allowed": answer.allowed, "reason": answer.reason}
        for need, answer in evidence.reviews.items()
        if not isinstance(answer, Unreadable)
    }
    logs = {
        f"{need.kind}/{need.name} {need.container}".strip(): {pod: text[-2000:] for pod, text in written.items()}
        for need, written in evidence.logs.items()
        if not isinstance(written, Unreadable)
    }
    return {
        "at": evidence.at.isoformat(),
        "context": evidence.context,
        "cluster_uid": evidence.cluster_uid,
        "version": evidence.version,
        "namespace": evidence.namespace,
        "lists": lists,
        "http": replies,
        "reviews": reviews,
        "logs": logs,
    }


def _kept(found: tuple[Object, ...] | Unreadable) -> Any:
    if isinstance(found, Unreadable):
        return {"unreadable": found.says}
    return [_object(item) for item in found[:LARGEST_LIST]]


def _object(item: Object) -> dict[str, Any]:
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
    return "sha256:" + hashlib.sha256(f"{salt}/{value}".encode()).hexdigest()[:16]


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
