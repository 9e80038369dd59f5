"""What labs need of a cluster, as a protocol: the adapter implements it, tests put a recorded one in its place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from quizapp.labs.evidence import Evidence, Need

RUN_LABEL = "quizapp.dev/run"  # what says that a namespace is ours, and so may be removed


@dataclass(frozen=True, slots=True)
class ContextInfo:
    """A context of the kubeconfig; `minikube` when its cluster says that minikube made it."""

    name: str
    cluster: str
    server: str
    minikube: bool


@dataclass(frozen=True, slots=True)
class NamespaceRef:
    """A namespace by name and uid (another one of that name is not it); `ours` when a run of ours made it."""

    name: str
    uid: str
    ours: bool = True


class Refused(Exception):
    """A command of a proof that failed, with what kubectl says; nothing is wrong with the cluster for all that."""


class Hands(Protocol):
    """What does to a cluster what a proof says."""

    def run(self, context: str, namespace: NamespaceRef, words: Sequence[str], *, text: str = "") -> None:
        """One command of kubectl, `text` being its input; Refused when it fails, ClusterTrouble without kubectl."""
        ...


class ClusterPort(Protocol):
    """A cluster as labs see it; every method may raise ClusterTrouble and returns within seconds."""

    def contexts(self) -> Sequence[ContextInfo]:
        """The contexts of the kubeconfig; ClusterTrouble when there is none or it cannot be read."""
        ...

    def identify(self, context: str) -> tuple[str, str]:
        """The uid of namespace kube-system, which names a cluster for life, and the server's version."""
        ...

    def collect(self, context: str, namespace: str, needs: Sequence[Need], *, fresh: bool = False) -> Evidence:
        """What all checks need, read in one round; unless `fresh`, one that was read a moment ago may be shared."""
        ...

    def prepare(
        self, context: str, namespace: str, labels: Mapping[str, str], manifests: Sequence[Mapping[str, Any]]
    ) -> NamespaceRef:
        """Makes the namespace, or takes the one with these labels, and applies the manifests in it."""
        ...

    def remove(self, context: str, namespace: NamespaceRef) -> None:
        """Deletes that very namespace, by uid."""
        ...
