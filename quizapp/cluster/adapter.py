"""The ClusterPort over a learner's kubeconfig: one transport a context, one collection for all who ask at the
same time."""

import os
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from quizapp.cluster import minikube, prepare
from quizapp.cluster.collect import IDENTITY, collect
from quizapp.cluster.kubeconfig import default_kubeconfig, read_contexts
from quizapp.cluster.transport import Transport
from quizapp.labs.evidence import Evidence, Need
from quizapp.labs.port import ContextInfo, NamespaceRef
from quizapp.labs.trouble import ClusterTrouble

SHARED_FOR = 0.4
TOLD_FOR = 15.0  # asking minikube takes a second or two, and a page asks every second


class Cluster:
    """Clusters of one kubeconfig; `now` is the clock that holds are counted against."""

    def __init__(self, *, kubeconfig: str | None, now: Callable[[], datetime]) -> None:
        self.paths = default_kubeconfig(kubeconfig)
        self.now = now
        self._lock = threading.Lock()
        self._transports: dict[str, tuple[object, Transport, str]] = {}
        self._rounds: dict[object, _Round] = {}
        self._told: dict[str, tuple[float, str]] = {}

    def contexts(self) -> Sequence[ContextInfo]:
        """The contexts of the kubeconfig."""
        return read_contexts(self.paths)

    def identify(self, context: str) -> tuple[str, str]:
        """The cluster's uid and its version."""
        with self._sharper(context):
            transport, version = self._transport(context)
            data = transport.request("GET", IDENTITY).json()
        uid = data.get("metadata", {}).get("uid") if isinstance(data, dict) else None
        if not uid:
            raise ClusterTrouble(
                "The cluster does not say which one it is.", "kubectl get namespace kube-system", rule="C5"
            )
        return str(uid), version

    def collect(self, context: str, namespace: str, needs: Sequence[Need], *, fresh: bool = False) -> Evidence:
        """One round; two tabs that ask at the same moment get the same one."""
        key = (context, namespace, tuple(needs))
        with self._lock:
            current = self._rounds.setdefault(key, _Round())
        with current.lock:
            if fresh or current.evidence is None or time.monotonic() - current.done > SHARED_FOR:
                with self._sharper(context):
                    transport, version = self._transport(context)
                    current.evidence = collect(transport, namespace, needs, version, self.now)
                current.done = time.monotonic()
            return current.evidence

    def prepare(
        self, context: str, namespace: str, labels: Mapping[str, str], manifests: Sequence[Mapping[str, Any]]
    ) -> NamespaceRef:
        """Makes the namespace and what the lab prepares in it."""
        with self._sharper(context):
            transport, _ = self._transport(context)
            made = prepare.make_namespace(transport, namespace, labels)
            prepare.apply(transport, namespace, manifests)
        return made

    def remove(self, context: str, namespace: NamespaceRef) -> None:
        """Deletes that very namespace."""
        transport, _ = self._transport(context)
        prepare.remove_namespace(transport, namespace)

    @contextmanager
    def _sharper(self, context: str) -> Iterator[None]:
        """Lets minikube say why its cluster cannot be reached; of any other cluster it knows nothing."""
        try:
            yield
        except ClusterTrouble as trouble:
            known = [info for info in read_contexts(self.paths) if info.name == context and info.minikube]
            if trouble.rule != "C1" or not known:
                raise
            raise minikube.sharper(trouble, self._status(known[0].cluster), known[0].cluster) from trouble

    def _status(self, profile: str) -> str:
        at, printed = self._told.get(profile, (-TOLD_FOR, ""))
        if time.monotonic() - at > TOLD_FOR:
            printed = minikube.status(profile)
            self._told[profile] = (time.monotonic(), printed)
        return printed

    def _transport(self, context: str) -> tuple[Transport, str]:
        """The transport of a context, made anew when a kubeconfig file has changed (minikube moves its port)."""
        stamp = tuple(_changed(path) for path in self.paths.split(os.pathsep))
        with self._lock:
            kept = self._transports.get(context)
        if kept and kept[0] == stamp:
            return kept[1], kept[2]
        transport = Transport(self.paths, context)
        data = transport.request("GET", "/version").json()
        version = str(data.get("gitVersion", "")) if isinstance(data, dict) else ""
        with self._lock:
            self._transports[context] = (stamp, transport, version)
        if kept:
            kept[1].close()
        return transport, version


class _Round:
    """A collection that those who ask at the same time share."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.evidence: Evidence | None = None
        self.done = 0.0


def _changed(path: str) -> float:
    try:
        return Path(path).expanduser().stat().st_mtime
    except OSError:
        return 0.0
