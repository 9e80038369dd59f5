"""Evidence for checks, as a cluster would answer it: small objects, and a round of reading made of them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from quizapp.labs.check import Outcome, Target
from quizapp.labs.evidence import KINDS, Evidence, Object
from quizapp.labs.registry import CHECKS
from quizapp.labs.trouble import Unreadable

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
PLACE = "lab-probe"
FORBIDDEN = Unreadable("C5", "You are not allowed to list pods with this context.", "kubectl auth can-i --list", "403")


def thing(
    kind: str, name: str, *, labels: Mapping[str, str] | None = None, owner: Object | None = None, **rest: Any
) -> Object:
    """An object with the metadata every object has; `rest` is spec, status and whatever else it holds."""
    metadata: dict[str, Any] = {"name": name, "namespace": PLACE, "uid": f"uid-{kind}-{name}"}
    if labels:
        metadata["labels"] = dict(labels)
    if owner:
        above = {"kind": owner["kind"], "name": owner["metadata"]["name"], "uid": owner["metadata"]["uid"]}
        metadata["ownerReferences"] = [{**above, "controller": True}]
    if rest.pop("deleting", False):
        metadata["deletionTimestamp"] = "2026-11-25T08:59:59Z"
    return {"kind": kind, "apiVersion": KINDS[kind].version, "metadata": metadata, "spec": {}, **rest}


def evidence(*items: Object, unreadable: Mapping[str, Unreadable] | None = None, **rest: Any) -> Evidence:
    """One round of reading in which every kind was listed."""
    lists: dict[str, Any] = {kind: tuple(item for item in items if item["kind"] == kind) for kind in KINDS}
    lists.update(unreadable or {})
    return Evidence("minikube", "uid-cluster", "v1.37.2", PLACE, NOW, lists=lists, **rest)


def judged(name: str, data: Any, found: Evidence, **targets: str) -> Outcome:
    """What a check on the shelf says; `targets` are alias=Kind/name."""
    known = {alias: Target(alias, *text.split("/")) for alias, text in targets.items()}
    return CHECKS[name](data, known).judge(found, {})


def said(outcome: Outcome) -> list[str]:
    """The findings as one line each."""
    return [f"{finding.path}: {finding.expected} / {finding.actual}" for finding in outcome.findings]
