"""Which clusters a kubeconfig knows. Reads files; talks to no cluster."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from quizapp.labs.port import ContextInfo
from quizapp.labs.trouble import ClusterTrouble
from quizapp.yamltext import SyntaxTrouble

MINIKUBE = "minikube.sigs.k8s.io"
START = "Start a cluster: minikube start"


def default_kubeconfig(kubeconfig: str | None) -> str:
    """The path, or paths as in KUBECONFIG; kubectl's default when none is given."""
    return kubeconfig or str(Path.home() / ".kube" / "config")


def read_contexts(paths: str) -> list[ContextInfo]:
    """All contexts, sorted by name; ClusterTrouble names the file that is missing or broken."""
    data = _merged(paths)
    clusters = {entry.get("name"): entry.get("cluster") or {} for entry in _entries(data, "clusters")}
    found = []
    for entry in _entries(data, "contexts"):
        context = entry.get("context") or {}
        cluster = clusters.get(context.get("cluster"), {})
        minikube = _made_by_minikube(cluster) or _made_by_minikube(context)
        info = ContextInfo(
            str(entry.get("name")), str(context.get("cluster")), str(cluster.get("server") or ""), minikube
        )
        found.append(info)
    return sorted(found, key=lambda info: info.name)


def _merged(paths: str) -> Mapping[str, Any]:
    from kubernetes.config.config_exception import ConfigException
    from kubernetes.config.kube_config import KubeConfigMerger

    existing = [path for path in paths.split(os.pathsep) if path and Path(path).expanduser().exists()]
    if not existing:
        raise ClusterTrouble(f"There is no kubeconfig at {paths}.", START, rule="C1", value=paths)
    try:
        data = KubeConfigMerger(paths).config  # type: ignore[no-untyped-call]
    except (ConfigException, SyntaxTrouble, OSError, UnicodeDecodeError, AttributeError, TypeError) as error:
        says = f"The kubeconfig {paths} cannot be read: {_first_line(error)}."
        raise ClusterTrouble(says, "kubectl config view", rule="C1", value=type(error).__name__) from error
    value = getattr(data, "value", data)
    if not isinstance(value, Mapping):
        raise ClusterTrouble(f"The kubeconfig {paths} is not a kubeconfig.", "kubectl config view", value=paths)
    return value


def _entries(data: Mapping[str, Any], key: str) -> Iterator[Mapping[str, Any]]:
    for entry in data.get(key) or ():
        value = getattr(entry, "value", entry)
        if isinstance(value, Mapping) and value.get("name"):
            yield value


def _made_by_minikube(entry: Mapping[str, Any]) -> bool:
    """minikube writes an extension of its own into what it makes."""
    for extension in entry.get("extensions") or ():
        inner = extension.get("extension") if isinstance(extension, Mapping) else None
        if isinstance(inner, Mapping) and inner.get("provider") == MINIKUBE:
            return True
    return False


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0].rstrip(".")
