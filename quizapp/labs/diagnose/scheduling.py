"""P1, P2, P3, P22: why no node runs the Pod, or the node that does is in trouble."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from quizapp.labs.diagnose.cause import Cause, Scene, ago, field_of, name_of
from quizapp.labs.diagnose.scope import pods_in_question
from quizapp.labs.evidence import Object, condition
from quizapp.labs.workload import is_ready

GRACE = timedelta(seconds=15)
SHORTAGES = (
    ("Insufficient cpu", "no node has enough free CPU for its request"),
    ("Insufficient memory", "no node has enough free memory for its request"),
    ("Insufficient ephemeral-storage", "no node has enough free disk for its request"),
    ("untolerated taint", "every node has a taint that the Pod does not tolerate"),
    ("node affinity/selector", "no node has the labels that its nodeSelector or affinity asks for"),
    ("anti-affinity", "every node runs a Pod that it must not stand beside (anti-affinity)"),
    ("pod affinity rules", "no node runs a Pod that it must stand beside (affinity)"),
    ("topology spread constraints", "no node fits its topology spread constraints"),
    ("free ports", "the host port it asks for is taken"),
    ("persistentvolumeclaim", "a PersistentVolumeClaim it uses is missing or not bound"),
    ("PersistentVolumeClaims", "a PersistentVolumeClaim it uses is missing or not bound"),
    ("volume node affinity conflict", "its volume belongs to a node that cannot take it"),
    ("Too many pods", "the node already runs as many Pods as it may"),
    ("were unschedulable", "every node is cordoned"),
)


def node_in_trouble(scene: Scene) -> Iterator[Cause]:
    """P22: the Pod's node does not answer or is short of something, or every node is cordoned or down."""
    nodes = scene.known("Node") or ()
    for _, node in scene.found("Node"):
        trouble = _trouble(node)
        if trouble:
            yield _node(scene, node, trouble, "")
    for pod in pods_in_question(scene):
        own = next((node for node in nodes if name_of(node) == pod["spec"].get("nodeName")), None)
        down = _down(own) if own and not is_ready(pod) else None
        if own and down:
            yield _node(scene, own, down, f", so Pod {name_of(pod)} cannot run there")
        closed = [(node, trouble) for node in nodes if (trouble := _closed(node))]
        if closed and len(closed) == len(nodes) and _unschedulable(pod):
            yield _node(scene, *closed[0], f", so nothing takes Pod {name_of(pod)}")


def _node(scene: Scene, node: Object, trouble: tuple[str, str, str], so: str) -> Cause:
    says, path, value = trouble
    return scene.tell("P22", node, f"Node {name_of(node)} {says}{so}.", (path, value))


def _down(node: Object) -> tuple[str, str, str] | None:
    """Not Ready: says, path, value."""
    ready = condition(node, "Ready")
    if not ready or ready.get("status") == "True":
        return None
    return "is not Ready", "status.conditions[Ready].status", field_of(ready, "status")


def _trouble(node: Object) -> tuple[str, str, str] | None:
    """Not Ready, or short of memory, disk or process numbers."""
    for kind in ("MemoryPressure", "DiskPressure", "PIDPressure"):
        if condition(node, kind).get("status") == "True":
            return f"is under pressure ({kind})", f"status.conditions[{kind}].status", "True"
    return _down(node)


def _closed(node: Object) -> tuple[str, str, str] | None:
    """Takes no new Pods, whatever these ask for."""
    if node.get("spec", {}).get("unschedulable"):
        return f"is cordoned (kubectl uncordon {name_of(node)} opens it again)", "spec.unschedulable", "true"
    return _trouble(node)


def _unschedulable(pod: Object) -> str:
    found = condition(pod, "PodScheduled")
    off = found.get("status") == "False" and found.get("reason") == "Unschedulable"
    return field_of(found, "message") or "Unschedulable" if off else ""


def gated(scene: Scene) -> Iterator[Cause]:
    """P2: the Pod itself says that it must not be scheduled yet."""
    for pod in pods_in_question(scene):
        gates = [field_of(gate, "name") for gate in pod["spec"].get("schedulingGates") or ()]
        if gates and condition(pod, "PodScheduled").get("status") != "True":
            text = f"Pod {name_of(pod)} waits until its scheduling gates are taken away: {', '.join(gates)}."
            yield scene.tell("P2", pod, text, ("spec.schedulingGates", ", ".join(gates)))


def nobody_schedules(scene: Scene) -> Iterator[Cause]:
    """P3: no scheduler has looked at the Pod; the first seconds are its own."""
    for pod in pods_in_question(scene):
        spec, begun = pod["spec"], pod.get("status", {}).get("phase") not in (None, "Pending")
        if begun or spec.get("nodeName") or spec.get("schedulingGates") or condition(pod, "PodScheduled"):
            continue
        age = scene.since(pod["metadata"].get("creationTimestamp"))
        name = field_of(pod["spec"], "schedulerName") or "default-scheduler"
        if name == "default-scheduler":
            why = "the cluster's scheduler does not seem to run"
            command = scene.kubectl("get", "pods", "--namespace=kube-system")
        else:
            why, command = f"its schedulerName is {name}, and there may be no scheduler of that name", None
        text = f"Nobody has looked for a node for Pod {name_of(pod)} for {ago(age or timedelta())}: {why}."
        young = age is None or age < GRACE
        yield scene.tell("P3", pod, text, ("spec.schedulerName", name), waiting=young, command=command)


def unschedulable(scene: Scene) -> Iterator[Cause]:
    """P1: no node takes the Pod; the first 15 seconds are the scheduler's own."""
    for pod in pods_in_question(scene):
        message = _unschedulable(pod)
        if not message:
            continue
        reasons = list(dict.fromkeys(says for part, says in SHORTAGES if part in message))
        since = scene.since(field_of(condition(pod, "PodScheduled"), "lastTransitionTime"))
        young = since is not None and since < GRACE
        text = f"No node takes Pod {name_of(pod)}: {' and '.join(reasons) or message.rstrip('.')}."
        if "untolerated taint" in message:
            text += _taints(scene.known("Node") or (), pod)
        shows = ("status.conditions[PodScheduled].message", message)
        yield scene.tell("P1", pod, text, shows, waiting=young)


def _taints(nodes: Sequence[Object], pod: Object) -> str:
    """The taints that keep it away: the scheduler's message names none."""
    found = []
    for node in nodes:
        for taint in node.get("spec", {}).get("taints") or ():
            if taint.get("effect") != "PreferNoSchedule" and not _tolerated(taint, pod):
                value = f"={taint['value']}" if taint.get("value") else ""
                found.append(f"{taint.get('key')}{value}:{taint.get('effect')}")
    return f" The taints are: {', '.join(dict.fromkeys(found))}." if found else ""


def _tolerated(taint: Object, pod: Object) -> bool:
    for one in pod["spec"].get("tolerations") or ():
        if one.get("effect") not in (None, "", taint.get("effect")):
            continue
        if one.get("operator") == "Exists" and one.get("key") in (None, "", taint.get("key")):
            return True
        if one.get("key") == taint.get("key") and (one.get("value") or "") == (taint.get("value") or ""):
            return True
    return False
