"""Which Pods and events a rule should look at: the owner graph from a step's objects down. Knows no rule."""

from collections.abc import Iterator
from datetime import UTC, datetime

from quizapp.labs.diagnose.cause import Scene
from quizapp.labs.evidence import Object, condition, moment, selects
from quizapp.labs.workload import observed, pods, replica_sets

OBSERVED = ("Deployment", "ReplicaSet", "StatefulSet", "DaemonSet")
WORKLOADS = (*OBSERVED, "Job", "CronJob")
OVER = ("Failed", "Succeeded")


def pods_in_question(scene: Scene) -> list[Object]:
    """The current Pods of the step's workloads, and those that its Services select; each once, by name.

    What a controller has replaced, or will as soon as it has seen the newest spec, explains nothing any more.
    """
    found: dict[str, Object] = {}
    for _, item in scene.found("Pod", *WORKLOADS):
        for pod in current_pods(scene, item):
            found[pod["metadata"]["uid"]] = pod
    for _, service in scene.found("Service"):
        for pod in selected(scene, service):
            found[pod["metadata"]["uid"]] = pod
    return sorted(found.values(), key=lambda pod: str(pod["metadata"]["name"]))


def current_pods(scene: Scene, item: Object) -> list[Object]:
    """The Pods of an object that say how it stands now."""
    kind = item.get("kind")
    if kind == "CronJob":
        jobs = sorted(scene.evidence.owned("Job", item), key=_made)
        return current_pods(scene, jobs[-1]) if jobs else []
    if kind in OBSERVED and not observed(item):
        return []
    found = pods(scene.evidence, item)
    if kind == "Job":
        return _of_job(item, found)
    return found if kind == "Pod" else [pod for pod in found if pod.get("status", {}).get("phase") not in OVER]


def _of_job(job: Object, found: list[Object]) -> list[Object]:
    """Those that run; else the last that failed, unless the Job was done in the end."""
    if condition(job, "Complete").get("status") == "True":
        return []
    running = [pod for pod in found if pod.get("status", {}).get("phase") not in OVER]
    failed = [pod for pod in found if pod.get("status", {}).get("phase") == "Failed"]
    return running or sorted(failed, key=_made)[-1:]


def _made(item: Object) -> str:
    return str(item["metadata"].get("creationTimestamp") or "")


def selected(scene: Scene, service: Object) -> list[Object]:
    """The Pods that a Service's selector picks, but for those that are over or being deleted."""
    selector = service["spec"].get("selector") or {}
    return [
        pod
        for pod in scene.evidence.readable("Pod")
        if selects(selector, pod["metadata"].get("labels") or {})
        and not pod["metadata"].get("deletionTimestamp")
        and pod.get("status", {}).get("phase") not in OVER
    ]


def behind(scene: Scene, service: Object) -> list[Object]:
    """The workloads whose Pods a Service's selector would pick, whether they have any or not."""
    selector = service["spec"].get("selector") or {}
    found = [item for kind in OBSERVED for item in scene.evidence.readable(kind)]
    return [item for item in found if selects(selector, template(item).get("metadata", {}).get("labels") or {})]


def template(item: Object) -> Object:
    """What a workload makes its Pods from; a Pod is its own."""
    if item.get("kind") == "Pod":
        return item
    spec = item.get("spec", {})
    if item.get("kind") == "CronJob":
        spec = spec.get("jobTemplate", {}).get("spec", {})
    found: Object = spec.get("template") or {}
    return found


def newest_event(scene: Scene, item: Object, reason: str, part: str = "") -> str:
    """The message of the newest event about this very object (by uid) with that reason and part of text."""
    found = events(scene, item, reason, part)
    return str(found[-1].get("message", "")) if found else ""


def events(scene: Scene, item: Object, reason: str, part: str = "") -> list[Object]:
    """The events about this very object (by uid, never by name) with that reason and part of text; newest last."""
    mine = scene.told.get(item["metadata"]["uid"], ())
    found = [event for event in mine if event.get("reason") == reason and part in str(event.get("message", ""))]
    return sorted(found, key=when)


def when(event: Object) -> datetime:
    """An event's time: the scheduler leaves lastTimestamp empty, a series has a time of its own."""
    series = event.get("series") or {}
    times = (series.get("lastObservedTime"), *(event.get(key) for key in ("lastTimestamp", "eventTime")))
    for text in (*times, event.get("firstTimestamp"), event["metadata"].get("creationTimestamp")):
        found = moment(text)
        if found:
            return found
    return datetime.min.replace(tzinfo=UTC)


def owners_of_pods(scene: Scene) -> Iterator[Object]:
    """The step's controllers that make Pods, and the newest ReplicaSet of each Deployment."""
    for _, item in scene.found(*OBSERVED, "Job"):
        yield item
        if item.get("kind") == "Deployment":
            yield from replica_sets(scene.evidence, item)[:1]
