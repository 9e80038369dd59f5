"""The only writer: makes a run's namespace and removes it again, by uid. Everything else in a cluster is left alone."""

from collections.abc import Mapping, Sequence
from typing import Any

from quizapp.cluster.transport import Answer, Transport
from quizapp.labs.evidence import KINDS
from quizapp.labs.port import RUN_LABEL, NamespaceRef
from quizapp.labs.trouble import ClusterTrouble

PROTECTED = ("default",)
PROTECTED_PREFIX = "kube-"


def make_namespace(transport: Transport, name: str, labels: Mapping[str, str]) -> NamespaceRef:
    """A new namespace with these labels, or the one that is there already; `ours` says whether a run made it."""
    _refuse_protected(name)
    body = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": dict(labels)}}
    answer = transport.request("POST", "/api/v1/namespaces", body=body)
    if answer.status == 409:
        return _take(transport, name)
    _refuse(answer, f"make the namespace {name}")
    return NamespaceRef(name, str(answer.json()["metadata"]["uid"]))


def _take(transport: Transport, name: str) -> NamespaceRef:
    answer = transport.request("GET", f"/api/v1/namespaces/{name}")
    _refuse(answer, f"read the namespace {name}")
    metadata = answer.json()["metadata"]
    if metadata.get("deletionTimestamp"):
        says = f"The namespace {name} of an earlier run is still being removed."
        raise ClusterTrouble(says, f"wait a moment and start again; kubectl get namespace {name}", rule="O4")
    ours = RUN_LABEL in (metadata.get("labels") or {})
    return NamespaceRef(name, str(metadata["uid"]), ours=ours)


def apply(transport: Transport, namespace: str, manifests: Sequence[Mapping[str, Any]]) -> None:
    """Makes the lab's prepared objects; what is there already stays as the learner left it."""
    for manifest in manifests:
        kind = KINDS.get(str(manifest.get("kind")))
        if kind is None or not kind.namespaced:
            raise ClusterTrouble(
                f"The lab's manifest of kind {manifest.get('kind')} cannot be prepared.", "", rule="C1"
            )
        answer = transport.request("POST", kind.url(namespace), body=dict(manifest))
        if answer.status != 409:
            _refuse(answer, f"make {kind.name} {manifest['metadata']['name']}")


def remove_namespace(transport: Transport, namespace: NamespaceRef) -> None:
    """Deletes that very namespace; one of the same name with another uid stays."""
    _refuse_protected(namespace.name)
    body = {"apiVersion": "v1", "kind": "DeleteOptions", "preconditions": {"uid": namespace.uid}}
    answer = transport.request("DELETE", f"/api/v1/namespaces/{namespace.name}", body=body)
    if answer.status not in (404, 409):
        _refuse(answer, f"remove the namespace {namespace.name}")


def _refuse_protected(name: str) -> None:
    if name in PROTECTED or name.startswith(PROTECTED_PREFIX):
        raise ClusterTrouble(f"The namespace {name} is the cluster's own and is never touched.", "", rule="C6")


def _refuse(answer: Answer, what: str) -> None:
    if answer.status >= 400:
        rule = "C5" if answer.status in (401, 403) else "C1"
        says = f"The cluster did not let the app {what}: HTTP {answer.status}."
        raise ClusterTrouble(says, "use the kubectl lines shown instead", rule=rule, value=str(answer.status))
