"""W-rules: why a controller does not reach the number of Pods it should."""

from collections.abc import Iterator

from quizapp.labs.diagnose.cause import Cause, Scene, field_of
from quizapp.labs.diagnose.scope import owners_of_pods
from quizapp.labs.evidence import KINDS, Object, condition, title
from quizapp.labs.workload import counted, replicas


def too_few(scene: Scene) -> Iterator[Cause]:
    """W1: fewer Pods are asked for than the step wants, or fewer are available than are asked for.

    It waits while Pods are on their way.
    """
    for target, item in scene.found("Deployment", "ReplicaSet", "StatefulSet"):
        asked = next((one for one in scene.findings if one.path == f"{target.title} spec.replicas"), None)
        if asked is not None:
            text = f"{target.title} asks for {_pods(replicas(item))}; this step wants {asked.expected}."
            yield _cause(scene, "W1", item, text, "spec.replicas", str(replicas(item)))
            continue
        wanted, have = replicas(item), counted(item, "availableReplicas")
        if have >= wanted:
            continue
        text = f"{target.title} has {have} of {wanted} Pods available."
        yield _cause(scene, "W1", item, text, "status.availableReplicas", str(have), waiting=not _stuck(item))


def refused(scene: Scene) -> Iterator[Cause]:
    """W2: the API server refuses to make the Pods: a quota, a limit range, a policy, a missing service account."""
    told = set()
    for item in owners_of_pods(scene):
        found = condition(item, "ReplicaFailure")
        message = field_of(found, "message")
        if found.get("status") != "True" or message in told:
            continue
        told.add(message)
        text = f"{title(item)} cannot make its Pods: {_short(message)}."
        command = scene.kubectl("get", "resourcequota,limitrange") if "quota" in message else None
        yield _cause(scene, "W2", item, text, "status.conditions[ReplicaFailure].message", message, command=command)


def rollout_stuck(scene: Scene) -> Iterator[Cause]:
    """W3: the rollout made no progress for longer than its deadline, even when the old Pods still serve."""
    for target, item in scene.found("Deployment"):
        found = condition(item, "Progressing")
        if found.get("status") == "False" and found.get("reason") == "ProgressDeadlineExceeded":
            text = f"The rollout of {target.title} is stuck: its new Pods do not become available."
            path = "status.conditions[Progressing].reason"
            yield _cause(scene, "W3", item, text, path, "ProgressDeadlineExceeded")


def _pods(count: int) -> str:
    return "1 Pod" if count == 1 else f"{count} Pods"


def _stuck(item: Object) -> bool:
    """Whether more Pods will not come by themselves: refused, or past the deadline."""
    failed = condition(item, "ReplicaFailure").get("status") == "True"
    return failed or condition(item, "Progressing").get("status") == "False"


def _short(message: str) -> str:
    """The reason at the end of the API server's sentence, without the Pod's made-up name in front."""
    head, found, tail = message.partition(" is forbidden: ")
    return (tail if found else head).rstrip(".")


def _cause(
    scene: Scene,
    rule: str,
    item: Object,
    text: str,
    path: str,
    value: str,
    *,
    waiting: bool = False,
    command: str | None = None,
) -> Cause:
    kind = KINDS[str(item["kind"])]
    look = command or scene.kubectl("describe", kind.plural.removesuffix("s"), str(item["metadata"]["name"]))
    return Cause(rule, "waiting" if waiting else "blocked", title(item), text, path, value, look)
