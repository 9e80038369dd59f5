"""A namespace in which one thing is broken: what breaks.yaml says, done with kubectl."""

import json
import shlex
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

KUBECTL = Path(sys.executable).with_name("kubectl")
KEYS = {"is", "step", "apply", "deployment", "pod", "stateful", "run", "undo", "alone", "after", "at", "expect", "also"}
KEYS |= {"patience", "settle", "first", "then"}
CONTAINER = {"name": "app", "image": "nginx:1.27"}
Part = Mapping[str, Any]


@dataclass(frozen=True)
class Stage:
    """A cluster by its kubeconfig, and a namespace in it."""

    kubeconfig: str
    context: str
    namespace: str

    def kubectl(self, *words: str, given: str | None = None) -> str:
        """What kubectl prints; RuntimeError when it fails."""
        where = ["--kubeconfig", self.kubeconfig, "--context", self.context, "--namespace", self.namespace]
        done = subprocess.run(
            [KUBECTL, *where, *words], input=given, capture_output=True, text=True, check=False, timeout=180
        )
        if done.returncode:
            raise RuntimeError(f"kubectl {' '.join(words)}: {done.stderr or done.stdout}")
        return done.stdout

    def make(self) -> None:
        """The namespace, as soon as Pods can be made in it."""
        self.kubectl("create", "namespace", self.namespace)
        self.kubectl("wait", "--for=create", "serviceaccount/default", "--timeout=30s")

    def break_it(self, part: Part) -> None:
        """Does what the entry says: the commands that come first, YAML, the objects in short, the other commands."""
        for line in part.get("first", ()):
            self.run(line)
        if "apply" in part:
            self.kubectl("apply", "-f", "-", given=part["apply"])
        for item in manifests(part):
            self.kubectl("apply", "-f", "-", given=json.dumps(item))
        for line in part.get("run", ()):
            self.run(line)
        if "then" in part:
            self.kubectl("apply", "-f", "-", given=part["then"])

    def run(self, line: str) -> None:
        """A line of kubectl's words, in this namespace."""
        self.kubectl(*shlex.split(line.replace("{namespace}", self.namespace)))


def manifests(part: Part) -> Sequence[dict[str, Any]]:
    """The objects that an entry names in short."""
    found = []
    if "deployment" in part:
        found.append(_workload("Deployment", "web", "web", part["deployment"]))
    if "stateful" in part:
        front = {"clusterIP": "None", "selector": {"app": "db"}, "ports": [{"port": 80}]}
        found.append({"apiVersion": "v1", "kind": "Service", "metadata": {"name": "db"}, "spec": front})
        own = {"serviceName": "db", "replicas": 2, **part["stateful"].get("spec", {})}
        found.append(_workload("StatefulSet", "db", "db", {**part["stateful"], "spec": own}))
    if "pod" in part:
        meta = {"name": "web", "labels": {"app": "web"}}
        found.append({"apiVersion": "v1", "kind": "Pod", "metadata": meta, "spec": _pod(part["pod"])})
    return found


def _workload(kind: str, name: str, label: str, part: Part) -> dict[str, Any]:
    template = {"metadata": {"labels": {"app": label}}, "spec": _pod(part)}
    spec = {"selector": {"matchLabels": {"app": label}}, "template": template, **part.get("spec", {})}
    return {"apiVersion": "apps/v1", "kind": kind, "metadata": {"name": name}, "spec": spec}


def _pod(part: Part) -> dict[str, Any]:
    return {"containers": [{**CONTAINER, **part.get("container", {})}], **part.get("pod", {})}
