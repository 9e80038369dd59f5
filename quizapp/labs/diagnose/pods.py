"""P-rules: why a Pod does not run or is not ready. From status alone; events only enrich, by uid."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from quizapp.labs.diagnose.cause import Cause, CauseState, Scene, field_of
from quizapp.labs.diagnose.scope import newest_event, pods_in_question
from quizapp.labs.evidence import Object, condition, moment

GRACE = timedelta(seconds=15)
PULLING = ("ErrImagePull", "ImagePullBackOff")
NO_SUCH_IMAGE = ("not found", "manifest unknown", "repository does not exist", "name unknown")
NETWORK = (
    "no such host",
    "i/o timeout",
    "connection refused",
    "network is unreachable",
    "toomanyrequests",
    "no matching manifest",
    "tls handshake timeout",
    "context deadline exceeded",
    "failed to do request",
    "server misbehaving",
)
EXIT_CODES = {
    1: "the program itself reported an error",
    2: "the program was started with wrong arguments",
    126: "the command cannot be executed",
    127: "the command was not found in the image",
    137: "it was killed",
    139: "it crashed (segmentation fault)",
    143: "it was told to stop",
}
SHORTAGES = (
    ("Insufficient cpu", "no node has enough free CPU for its request"),
    ("Insufficient memory", "no node has enough free memory for its request"),
    ("untolerated taint", "every node has a taint that the Pod does not tolerate"),
    ("node affinity/selector", "no node has the labels that its nodeSelector or affinity asks for"),
    ("free ports", "the host port it asks for is taken"),
    ("persistentvolumeclaim", "a PersistentVolumeClaim it uses is missing or not bound"),
    ("PersistentVolumeClaims", "a PersistentVolumeClaim it uses is missing or not bound"),
    ("Too many pods", "the node already runs as many Pods as it may"),
)

Status = Mapping[str, Any]


def unschedulable(scene: Scene) -> Iterator[Cause]:
    """P1: no node takes the Pod; the first 15 seconds are the scheduler's own."""
    for pod in pods_in_question(scene):
        found = condition(pod, "PodScheduled")
        if found.get("status") != "False" or found.get("reason") != "Unschedulable":
            continue
        message = str(found.get("message", ""))
        reasons = list(dict.fromkeys(says for part, says in SHORTAGES if part in message))
        since = moment(found.get("lastTransitionTime"))
        young = since is not None and scene.evidence.at - since < GRACE
        text = f"No node takes Pod {_name(pod)}: {' and '.join(reasons) or message}."
        yield _cause(scene, "P1", pod, text, "status.conditions[PodScheduled].message", message, waiting=young)


def no_such_image(scene: Scene) -> Iterator[Cause]:
    """P4: the registry answered that this image is not there."""
    for pod, status in _pull_failures(scene):
        message = _pull_message(scene, pod, status)
        if _has(message, NO_SUCH_IMAGE) and not _has(message, NETWORK[:3]):
            image = field_of(status, "image")
            text = f"The image {image} does not exist: the registry knows no such name or tag. Check its spelling."
            yield _cause(scene, "P4", pod, text, _waiting_path(status), message or _reason(status))


def registry_not_reached(scene: Scene) -> Iterator[Cause]:
    """P6: the image could not be fetched over the network, or not for this kind of machine."""
    for pod, status in _pull_failures(scene):
        message = _pull_message(scene, pod, status)
        if _has(message, NETWORK) and not (_has(message, NO_SUCH_IMAGE) and not _has(message, NETWORK[:3])):
            image = field_of(status, "image")
            if "toomanyrequests" in message:
                why = "the registry allows no more downloads for now"
            elif "no matching manifest" in message:
                why = "there is no version of it for this machine's processor"
            else:
                why = "its registry cannot be reached from the cluster"
            text = f"The image {image} could not be pulled: {why}. Check the registry's name and the network."
            yield _cause(scene, "P6", pod, text, _waiting_path(status), message or _reason(status))


def crashing(scene: Scene) -> Iterator[Cause]:
    """P9: the container ends with an error again and again."""
    for pod in pods_in_question(scene):
        for status in _containers(pod):
            ended = _ended(status)
            code = int(ended.get("exitCode") or 0) if ended else 0
            if not ended or code == 0 or ended.get("reason") == "OOMKilled" or _runs_well(status, scene):
                continue
            meaning = EXIT_CODES.get(code, "the program ended with an error")
            restarts = int(status.get("restartCount") or 0)
            times = f"; it was restarted {restarts} times" if restarts > 1 else ""
            text = f"Container {status['name']} of Pod {_name(pod)} ended with exit code {code}: {meaning}{times}."
            path = f"status.containerStatuses[{status['name']}].lastState.terminated.exitCode"
            yield _cause(scene, "P9", pod, text, path, str(code), command=_logs(scene, pod, status))


def out_of_memory(scene: Scene) -> Iterator[Cause]:
    """P11: the container used more memory than its limit."""
    for pod in pods_in_question(scene):
        for status in _containers(pod):
            ended = _ended(status)
            if ended and ended.get("reason") == "OOMKilled" and not _runs_well(status, scene):
                limit = _memory_limit(pod, str(status["name"]))
                text = (
                    f"Container {status['name']} of Pod {_name(pod)} was killed: it used more memory than its limit"
                    f"{f' of {limit}' if limit else ''} allows."
                )
                path = f"status.containerStatuses[{status['name']}].lastState.terminated.reason"
                yield _cause(scene, "P11", pod, text, path, "OOMKilled")


def missing_configuration(scene: Scene) -> Iterator[Cause]:
    """P13: a ConfigMap, Secret or key that the container names is not there, or it may not run as root."""
    for pod in pods_in_question(scene):
        for status in _containers(pod):
            waiting = status.get("state", {}).get("waiting") or {}
            if waiting.get("reason") == "CreateContainerConfigError":
                message = field_of(waiting, "message")
                text = f"Container {status['name']} of Pod {_name(pod)} cannot be made: {message}."
                yield _cause(scene, "P13", pod, text, _waiting_path(status), message)


def running_not_ready(scene: Scene) -> Iterator[Cause]:
    """P17: it runs, but its readiness probe does not succeed."""
    for pod in pods_in_question(scene):
        if pod.get("status", {}).get("phase") != "Running":
            continue
        for status in _containers(pod):
            running = status.get("state", {}).get("running")
            if not running or status.get("ready") or _restarting(status):
                continue
            started = moment(running.get("startedAt"))
            young = started is not None and scene.evidence.at - started < GRACE
            event = newest_event(scene, pod, "Unhealthy", "Readiness")
            why = f": {event.rstrip('. ')}" if event else ""
            probe = _probe(pod, str(status["name"]))
            text = f"Container {status['name']} of Pod {_name(pod)} runs but is not ready{why}.{probe}"
            path = f"status.containerStatuses[{status['name']}].ready"
            yield _cause(scene, "P17", pod, text, path, "false", waiting=young)


def _cause(
    scene: Scene,
    rule: str,
    pod: Object,
    text: str,
    path: str,
    value: str,
    *,
    waiting: bool = False,
    command: str | None = None,
) -> Cause:
    state: CauseState = "waiting" if waiting else "blocked"
    look = command or scene.kubectl("describe", "pod", _name(pod))
    return Cause(rule, state, f"Pod/{_name(pod)}", text, path, value, look)


def _name(pod: Object) -> str:
    return str(pod["metadata"]["name"])


def _containers(pod: Object) -> list[Status]:
    status = pod.get("status", {})
    return [*(status.get("initContainerStatuses") or ()), *(status.get("containerStatuses") or ())]


def _pull_failures(scene: Scene) -> Iterator[tuple[Object, Status]]:
    for pod in pods_in_question(scene):
        for status in _containers(pod):
            if _reason(status) in PULLING:
                yield pod, status


def _reason(status: Status) -> str:
    return field_of(status.get("state", {}).get("waiting"), "reason")


def _pull_message(scene: Scene, pod: Object, status: Status) -> str:
    """The kubelet's own words; in back-off they may be in an event alone."""
    message = field_of(status.get("state", {}).get("waiting"), "message")
    if not _has(message, NO_SUCH_IMAGE) and not _has(message, NETWORK):
        message = newest_event(scene, pod, "Failed", "Failed to pull image") or message
    return message


def _waiting_path(status: Status) -> str:
    return f"status.containerStatuses[{status.get('name')}].state.waiting"


def _has(message: str, parts: tuple[str, ...]) -> bool:
    return any(part in message.lower() for part in parts)


def _ended(status: Status) -> Status | None:
    """How the container ended last, whether it is between two starts or runs again."""
    found: Status | None = (status.get("state", {}).get("terminated")) or status.get("lastState", {}).get("terminated")
    return found


def _restarting(status: Status) -> bool:
    return int(status.get("restartCount") or 0) > 0 and _ended(status) is not None and not status.get("ready")


def _runs_well(status: Status, scene: Scene) -> bool:
    """Ready again for a while: what ended before is history."""
    started = moment(field_of(status.get("state", {}).get("running"), "startedAt"))
    return bool(status.get("ready")) and started is not None and scene.evidence.at - started >= GRACE


def _memory_limit(pod: Object, name: str) -> str:
    for container in pod["spec"].get("containers") or ():
        if container["name"] == name:
            return field_of((container.get("resources") or {}).get("limits"), "memory")
    return ""


def _probe(pod: Object, name: str) -> str:
    """The probe's port when the container names other ports, which is the usual slip."""
    for container in pod["spec"].get("containers") or ():
        if container["name"] == name:
            probe = container.get("readinessProbe") or {}
            port = (probe.get("httpGet") or probe.get("tcpSocket") or {}).get("port")
            named = [entry.get("containerPort") for entry in container.get("ports") or ()]
            if isinstance(port, int) and named and port not in named:
                return f" The probe asks port {port}; the container names {', '.join(map(str, named))}."
    return ""


def _logs(scene: Scene, pod: Object, status: Status) -> str:
    previous = ["--previous"] if status.get("lastState", {}).get("terminated") else []
    return scene.kubectl("logs", _name(pod), "-c", str(status["name"]), *previous)
