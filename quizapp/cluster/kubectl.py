"""What an author's proof does to a cluster, in kubectl's own words. Only for namespaces that the app made itself."""

import os
import shutil
import subprocess
from collections.abc import Sequence

from quizapp.cluster.kubeconfig import default_kubeconfig
from quizapp.labs.port import NamespaceRef, Refused
from quizapp.labs.trouble import ClusterTrouble

LONGEST_S = 300
MISSING = "install kubectl (https://kubernetes.io/docs/tasks/tools/), or put it on your PATH"


class Kubectl:
    """Runs kubectl with one kubeconfig."""

    def __init__(self, kubeconfig: str | None) -> None:
        self.paths = default_kubeconfig(kubeconfig)

    def run(self, context: str, namespace: NamespaceRef, words: Sequence[str], *, text: str = "") -> None:
        """One command in a namespace that a run of ours made; Refused with what kubectl says when it fails."""
        if not namespace.ours:
            raise Refused(f"the namespace {namespace.name} was not made for this and is left alone")
        program = shutil.which("kubectl")
        if program is None:
            raise ClusterTrouble("There is no kubectl here.", MISSING)
        # Several files, as in KUBECONFIG, can only come from there, and kubectl reads it too.
        file = () if os.pathsep in self.paths else ("--kubeconfig", self.paths)
        command = [program, *file, "--context", context, "--namespace", namespace.name, *words]
        try:
            done = subprocess.run(command, input=text, capture_output=True, text=True, check=False, timeout=LONGEST_S)
        except subprocess.TimeoutExpired as error:
            raise Refused(f"kubectl {' '.join(words)}: no end after {LONGEST_S} s") from error
        if done.returncode:
            raise Refused(f"kubectl {' '.join(words)}: {(done.stderr or done.stdout).strip()}")
