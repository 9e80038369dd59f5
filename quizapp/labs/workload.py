"""What belongs to a workload: its current Pods, and since when they are ready. Knows no check and no rule."""

from collections.abc import Iterator
from datetime import datetime

from quizapp.labs.evidence import Evidence, Object, condition, moment

REVISION = "deployment.kubernetes.io/revision"


def replicas(item: Object) -> int:
    """How many Pods a workload asks for; not written means one."""
    wanted = item.get("spec", {}).get("replicas")
    return 1 if wanted is None else int(wanted)


def counted(item: Object, field: str) -> int:
    """A number of its status; absent means none."""
    return int(item.get("status", {}).get(field) or 0)


def observed(item: Object) -> bool:
    """Whether its controller has seen the newest spec."""
    generation = int(item["metadata"].get("generation") or 0)
    return int(item.get("status", {}).get("observedGeneration") or 0) >= generation


def replica_sets(evidence: Evidence, deployment: Object) -> list[Object]:
    """Its ReplicaSets, newest revision first."""
    return sorted(evidence.owned("ReplicaSet", deployment), key=revision, reverse=True)


def revision(item: Object) -> int:
    """The revision that the Deployment controller notes on a Deployment and its ReplicaSets."""
    text = (item["metadata"].get("annotations") or {}).get(REVISION, "0")
    return int(text) if text.isdigit() else 0


def pods(evidence: Evidence, item: Object) -> list[Object]:
    """The Pods that count: of the newest ReplicaSet for a Deployment, and none that is being deleted."""
    return [pod for pod in _all_pods(evidence, item) if not pod["metadata"].get("deletionTimestamp")]


def _all_pods(evidence: Evidence, item: Object) -> Iterator[Object]:
    if item.get("kind") == "Pod":
        yield item
    elif item.get("kind") == "Deployment":
        newest = replica_sets(evidence, item)[:1]
        for owner in newest:
            yield from evidence.owned("Pod", owner)
    else:
        yield from evidence.owned("Pod", item)


def is_ready(pod: Object) -> bool:
    """Whether the kubelet says that it can serve."""
    return condition(pod, "Ready").get("status") == "True"


def ready_since(pod: Object) -> datetime | None:
    """Since when it is ready without a restart, by the cluster's own times."""
    if not is_ready(pod):
        return None
    statuses = pod.get("status", {}).get("containerStatuses") or ()
    started = [(status.get("state", {}).get("running") or {}).get("startedAt") for status in statuses]
    times = map(moment, [condition(pod, "Ready").get("lastTransitionTime"), *started])
    known = [time for time in times if time]
    return max(known) if known else None
