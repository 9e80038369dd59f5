"""Which Pods and events a rule should look at: the owner graph from a step's objects down. Knows no rule."""

from collections.abc import Iterator
from datetime import UTC, datetime

from quizapp.labs.diagnose.cause import Scene
from quizapp.labs.evidence import Object, moment, selects
from quizapp.labs.workload import pods, replica_sets

WORKLOADS = ("Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "Job")


def pods_in_question(scene: Scene) -> list[Object]:
    """The current Pods of the step's workloads, and those that its Services select; each once, by name."""
    found: dict[str, Object] = {}
    for _, item in scene.found("Pod", *WORKLOADS):
        for pod in pods(scene.evidence, item):
            found[pod["metadata"]["uid"]] = pod
    for _, service in scene.found("Service"):
        for pod in selected(scene, service):
            found[pod["metadata"]["uid"]] = pod
    return sorted(found.values(), key=lambda pod: str(pod["metadata"]["name"]))


def selected(scene: Scene, service: Object) -> list[Object]:
    """The Pods that a Service's selector picks, but for those being deleted."""
    selector = service["spec"].get("selector") or {}
    return [
        pod
        for pod in scene.evidence.readable("Pod")
        if selects(selector, pod["metadata"].get("labels") or {}) and not pod["metadata"].get("deletionTimestamp")
    ]


def newest_event(scene: Scene, item: Object, reason: str, part: str) -> str:
    """The message of the newest event about this very object (by uid) with that reason and part of text."""
    uid = item["metadata"]["uid"]
    found = [
        (_when(event), str(event.get("message", "")))
        for event in scene.evidence.readable("Event")
        if event.get("involvedObject", {}).get("uid") == uid
        and event.get("reason") == reason
        and part in str(event.get("message", ""))
    ]
    return max(found)[1] if found else ""


def _when(event: Object) -> datetime:
    """An event's time: the scheduler leaves lastTimestamp empty."""
    series = event.get("series") or {}
    times = (series.get("lastObservedTime"), event.get("eventTime"), event.get("lastTimestamp"))
    for text in (*times, event["metadata"].get("creationTimestamp")):
        found = moment(text)
        if found:
            return found
    return datetime.min.replace(tzinfo=UTC)


def owners_of_pods(scene: Scene) -> Iterator[Object]:
    """The step's Deployments and ReplicaSets, and the newest ReplicaSet of each Deployment."""
    for _, item in scene.found("Deployment", "ReplicaSet"):
        yield item
        if item.get("kind") == "Deployment":
            yield from replica_sets(scene.evidence, item)[:1]
