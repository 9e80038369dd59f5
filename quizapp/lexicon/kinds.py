"""Which apiVersion the manifest of a kind has, in Kubernetes 1.34 to 1.37, and which ones are served no more.

`tests/cluster/test_claims.py` holds the table to a real API server. Removed: the deprecated API migration guide.
"""

from collections.abc import Mapping
from functools import cache
from importlib import resources

REMOVED = frozenset(
    [
        "extensions/v1beta1",
        "apps/v1beta1",
        "apps/v1beta2",
        "batch/v1beta1",
        "batch/v2alpha1",
        "networking.k8s.io/v1beta1",
        "policy/v1beta1",
        "autoscaling/v2beta1",
        "autoscaling/v2beta2",
        "rbac.authorization.k8s.io/v1beta1",
        "apiextensions.k8s.io/v1beta1",
        "storage.k8s.io/v1beta1",
        "scheduling.k8s.io/v1beta1",
        "discovery.k8s.io/v1beta1",
    ]
)


@cache
def api_versions() -> Mapping[str, str]:
    """apiVersion by kind."""
    text = (resources.files("quizapp.lexicon") / "data" / "kinds.txt").read_text("utf-8")
    return dict(line.split() for line in text.splitlines())
