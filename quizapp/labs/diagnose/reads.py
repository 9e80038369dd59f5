"""What has to be read beside the objects of a lab, so that the rules can say why. Knows no rule.

Little: every list costs a request a round, and most rules find what they need in the objects themselves. A list that
may not be read is no trouble: what needs it is not said.
"""

from collections.abc import Iterable, Mapping

from quizapp.labs.evidence import ListOf, Need, Review

ALWAYS = (ListOf("Deployment"), ListOf("ReplicaSet"), ListOf("Pod"), ListOf("Event"))
PLACE = ListOf("Namespace", own=True)
BESIDE: Mapping[str, tuple[str, ...]] = {
    "Pod": ("Node",),
    "Deployment": ("Node",),
    "ReplicaSet": ("Node",),
    "StatefulSet": ("Node", "Service", "PersistentVolumeClaim", "ResourceQuota"),
    "DaemonSet": ("Node",),
    "Job": ("Node",),
    "CronJob": ("Job",),
    "Service": ("EndpointSlice",),
    "PersistentVolumeClaim": ("StorageClass", "PersistentVolume"),
    "Ingress": ("IngressClass", "Service"),
    "Node": ("PodDisruptionBudget",),
}


def beside(kinds: Iterable[str], needs: Iterable[Need]) -> tuple[Need, ...]:
    """The lists that explain objects of these kinds, and answers about rights, each once."""
    found = [*ALWAYS, *(ListOf(other) for kind in kinds for other in BESIDE.get(kind, ()))]
    if any(isinstance(need, Review) for need in needs):
        found += [ListOf("Role"), ListOf("RoleBinding")]
    whole = ListOf("Namespace") in needs
    return tuple(dict.fromkeys(found if whole else [*found, PLACE]))
