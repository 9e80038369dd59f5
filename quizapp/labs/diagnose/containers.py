"""How a container stands, read from its Pod. Knows no rule."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from quizapp.labs.diagnose.cause import Scene, field_of, name_of
from quizapp.labs.diagnose.scope import pods_in_question
from quizapp.labs.evidence import Object, moment

GRACE = timedelta(seconds=15)
NEVER_RAN = ("StartError", "ContainerCannotRun")
Status = Mapping[str, Any]


def each(scene: Scene) -> Iterator[tuple[Object, Status]]:
    """Every container of the Pods in question, those that run before the others first."""
    for pod in pods_in_question(scene):
        for status in (*first(pod), *ordinary(pod)):
            yield pod, status


def first(pod: Object) -> list[Status]:
    """The init containers."""
    return list(pod.get("status", {}).get("initContainerStatuses") or ())


def ordinary(pod: Object) -> list[Status]:
    """The containers that are no init containers."""
    return list(pod.get("status", {}).get("containerStatuses") or ())


def place(pod: Object, status: Status) -> str:
    """The path of a container's status."""
    field = "initContainerStatuses" if status in first(pod) else "containerStatuses"
    return f"status.{field}[{status.get('name')}]"


def waiting(status: Status) -> Mapping[str, Any]:
    """Why it waits; empty when it does not."""
    return status.get("state", {}).get("waiting") or {}


def reason(status: Status) -> str:
    """The word for why it waits."""
    return field_of(waiting(status), "reason")


def running(status: Status) -> Mapping[str, Any]:
    """Since when it runs; empty when it does not."""
    return status.get("state", {}).get("running") or {}


def ended(status: Status) -> Mapping[str, Any]:
    """How it ended last, whether it is between two starts or runs again; empty when it never did."""
    state, last = status.get("state", {}), status.get("lastState", {})
    return state.get("terminated") or last.get("terminated") or {}


def ended_path(pod: Object, status: Status, field: str) -> str:
    """The path of a field of how it ended."""
    state = "state" if status.get("state", {}).get("terminated") else "lastState"
    return f"{place(pod, status)}.{state}.terminated.{field}"


def exit_code(status: Status) -> int:
    """The code with which it ended last; 0 also when it never did."""
    return int(ended(status).get("exitCode") or 0)


def restarts(status: Status) -> int:
    """How often it was started again."""
    return int(status.get("restartCount") or 0)


def ran_for(status: Status) -> timedelta:
    """How long its last run took."""
    start, end = (moment(field_of(ended(status), key)) for key in ("startedAt", "finishedAt"))
    return end - start if start and end else timedelta()


def falls(scene: Scene, status: Status, *, after: int = 2) -> bool:
    """Whether it falls again and again: it is down, or is up for no longer than last time after so many restarts."""
    if not ended(status):
        return False
    up = scene.since(field_of(running(status), "startedAt"))
    if up is None:
        return True
    if restarts(status) < after or (status.get("ready") and up >= GRACE):
        return False
    return up <= max(ran_for(status) * 1.5, timedelta(seconds=5))


def spec_of(pod: Object, status: Status) -> Mapping[str, Any]:
    """What was asked for the container of that status."""
    spec = pod["spec"]
    for container in (*(spec.get("initContainers") or ()), *(spec.get("containers") or ())):
        if container.get("name") == status.get("name"):
            found: Mapping[str, Any] = container
            return found
    return {}


def policy(pod: Object, status: Status) -> str:
    """Whether it is started again: its own restartPolicy, else the Pod's."""
    return field_of(spec_of(pod, status), "restartPolicy") or field_of(pod["spec"], "restartPolicy") or "Always"


def is_sidecar(pod: Object, status: Status) -> bool:
    """An init container that runs beside the others."""
    return status in first(pod) and field_of(spec_of(pod, status), "restartPolicy") == "Always"


def said(pod: Object, status: Status) -> str:
    """How a sentence names a container."""
    word = "Init container" if status in first(pod) and not is_sidecar(pod, status) else "Container"
    return f"{word} {status['name']} of Pod {name_of(pod)}"


def logs(scene: Scene, pod: Object, status: Status) -> str:
    """The command that shows what it wrote, or wrote before it ended."""
    previous = ["--previous"] if status.get("lastState", {}).get("terminated") else []
    return scene.kubectl("logs", name_of(pod), "-c", str(status["name"]), *previous)
