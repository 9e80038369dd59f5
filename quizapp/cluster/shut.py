# ruff: noqa: ARG002  (the arguments are the protocol's; none of them changes the answer)
"""The cluster that a server has for its learners: none. Knows why, and what to do instead.

The kubeconfig of a server is its operator's. Labs that every learner could start with it would meet in one namespace
and act with the operator's rights, so a server uses it for nobody.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

from quizapp.labs.evidence import Evidence, Need
from quizapp.labs.port import ContextInfo, NamespaceRef
from quizapp.labs.trouble import ClusterTrouble


class ShutCluster:
    """Refuses whatever is asked of a cluster, in a learner's words; implements ClusterPort."""

    def contexts(self) -> Sequence[ContextInfo]:
        self._refuse()

    def identify(self, context: str) -> tuple[str, str]:
        self._refuse()

    def collect(self, context: str, namespace: str, needs: Sequence[Need], *, fresh: bool = False) -> Evidence:
        self._refuse()

    def prepare(
        self, context: str, namespace: str, labels: Mapping[str, str], manifests: Sequence[Mapping[str, Any]]
    ) -> NamespaceRef:
        self._refuse()

    def remove(self, context: str, namespace: NamespaceRef) -> None:
        self._refuse()

    def _refuse(self) -> NoReturn:
        raise ClusterTrouble(
            "This server has no cluster for labs.",
            "Do the labs on your own machine: quizapp runs there with `make run` and uses your minikube.",
        )
