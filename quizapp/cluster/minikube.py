"""What minikube itself says of a cluster that does not answer: stopped, paused, gone, or at another address by now."""

import json
import shlex
import shutil
import subprocess
from collections.abc import Mapping
from typing import Any

from quizapp.labs.trouble import ClusterTrouble

LONGEST_S = 4.0


def status(profile: str) -> str:
    """What `minikube status` prints as JSON; nothing without minikube, or when it takes too long.

    Its exit code says what is wrong in bits, and the JSON says it better, so it is not looked at.
    """
    program = shutil.which("minikube")
    if program is None:
        return ""
    command = [program, "status", "--output=json", "--profile", profile]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=LONGEST_S)
    except (subprocess.TimeoutExpired, OSError):
        return ""
    return done.stdout


def sharper(trouble: ClusterTrouble, printed: str, profile: str) -> ClusterTrouble:
    """The same trouble with its cause, where minikube knows it: C2 for a stale address, C1 for what does not run."""
    node = _control_plane(printed)
    host, server = str(node.get("Host", "")), str(node.get("APIServer", ""))
    name = shlex.quote(profile)
    start, resume = f"minikube start -p {name}", f"minikube unpause -p {name}"
    if node.get("Kubeconfig") == "Misconfigured":
        says = f"Your kubeconfig names an address at which minikube's cluster {profile} no longer is."
        return ClusterTrouble(says, f"minikube update-context -p {name}", rule="C2", value="Kubeconfig: Misconfigured")
    if host == "Nonexistent":
        return _told(f"There is no minikube cluster {profile} any more.", start, f"Host: {host}")
    if host in ("Stopped", "Stopping"):
        return _told(f"The minikube cluster {profile} is stopped.", start, f"Host: {host}")
    if "Paused" in (host, server):
        return _told(f"The minikube cluster {profile} is paused.", resume, f"APIServer: {server}")
    if host == "Running" and server in ("Stopped", "Error"):
        says = f"The machine of the minikube cluster {profile} runs, and its API server does not."
        return _told(says, start, f"APIServer: {server}")
    return trouble


def _told(says: str, hint: str, value: str) -> ClusterTrouble:
    return ClusterTrouble(says, hint, rule="C1", value=value)


def _control_plane(printed: str) -> Mapping[str, Any]:
    """The node with the API server: one node is an object, several are a list; anything else says nothing."""
    try:
        data = json.loads(printed)
    except ValueError:
        return {}
    nodes = [node for node in (data if isinstance(data, list) else [data]) if isinstance(node, Mapping)]
    return next((node for node in nodes if not node.get("Worker")), {})
