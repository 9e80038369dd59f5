"""The few questions that starting a cluster asks its API server; needs no package and no adapter."""

import http.client
import json
import ssl
from typing import Any

from tools.cluster.places import State


class Api:
    """One cluster's API server through its port on the host."""

    def __init__(self, state: State, port: int) -> None:
        self._port = port
        self._tls = ssl.create_default_context(cafile=state.pki / "ca.crt")
        self._tls.load_cert_chain(state.pki / "admin.crt", state.pki / "admin.key")

    def ask(self, path: str, *, patch: object = None) -> tuple[int, Any]:
        """The status and the reply, parsed when it is JSON; status 0 when nothing answers."""
        connection = http.client.HTTPSConnection("127.0.0.1", self._port, timeout=5, context=self._tls)
        try:
            body = json.dumps(patch) if patch else None
            headers = {"Content-Type": "application/merge-patch+json"} if patch else {}
            connection.request("PATCH" if patch else "GET", path, body, headers)
            reply = connection.getresponse()
            text = reply.read()
        except (OSError, http.client.HTTPException):
            return 0, None
        finally:
            connection.close()
        try:
            return reply.status, json.loads(text)
        except ValueError:
            return reply.status, text.decode(errors="replace")

    def ready(self) -> bool:
        return self.ask("/readyz")[0] == 200

    def version(self) -> str:
        """gitVersion, or an empty text."""
        status, reply = self.ask("/version")
        return str(reply["gitVersion"]) if status == 200 else ""

    def mark_node(self) -> bool:
        """Gives the node the labels that minikube's has."""
        labels = {
            "minikube.k8s.io/name": "minikube",
            "minikube.k8s.io/primary": "true",
            "node-role.kubernetes.io/control-plane": "",
        }
        return self.ask("/api/v1/nodes/minikube", patch={"metadata": {"labels": labels}})[0] == 200

    def node_ready(self) -> bool:
        return self._condition("/api/v1/nodes/minikube", "Ready")

    def names_resolve(self) -> bool:
        return self._condition("/apis/apps/v1/namespaces/kube-system/deployments/coredns", "Available")

    def accounts_made(self) -> bool:
        """Before this no Pod is let into the default namespace."""
        return self.ask("/api/v1/namespaces/default/serviceaccounts/default")[0] == 200

    def _condition(self, path: str, kind: str) -> bool:
        status, reply = self.ask(path)
        if status != 200:
            return False
        conditions = reply.get("status", {}).get("conditions", [])
        return any(found["type"] == kind and found["status"] == "True" for found in conditions)
