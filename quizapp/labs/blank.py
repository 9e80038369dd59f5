"""An empty cluster: what a fresh namespace answers before anybody has done anything in it. Knows no lab."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from quizapp.labs.evidence import KINDS, Allowed, Evidence, LogsOf, Need, Object, Review

AT = datetime(2026, 1, 1, tzinfo=UTC)
PLACE = "lab-blank"
# What every cluster has, and what it puts into every namespace.
THERE = (
    ("ConfigMap", "kube-root-ca.crt"),
    ("ServiceAccount", "default"),
    ("Node", "minikube"),
    ("Namespace", PLACE),
    ("Namespace", "default"),
    ("StorageClass", "standard"),
)


def blank(needs: Iterable[Need]) -> Evidence:
    """A round of reading in which nothing is there, nobody answers and nothing is allowed."""
    wanted = tuple(needs)
    return Evidence(
        context="minikube",
        cluster_uid="blank",
        version="",
        namespace=PLACE,
        at=AT,
        lists={kind: tuple(_object(of, name) for of, name in THERE if of == kind) for kind in KINDS},
        reviews={need: Allowed(allowed=False) for need in wanted if isinstance(need, Review)},
        logs={need: {} for need in wanted if isinstance(need, LogsOf)},
    )


def _object(kind: str, name: str) -> Object:
    metadata: dict[str, Any] = {"name": name, "uid": f"blank-{kind}-{name}", "creationTimestamp": AT.isoformat()}
    if KINDS[kind].namespaced:
        metadata["namespace"] = PLACE
    return {"apiVersion": KINDS[kind].version, "kind": kind, "metadata": metadata}
