"""What goes wrong, in a word each: changes of a healthy object that take many fields at once."""

from collections.abc import Callable
from typing import Any

from tests.labs.worlds import PLACE, Thing, made, past

Stroke = Callable[[Thing, Any], None]


def condition(item: Thing, kind: str, status: str, reason: str = "", message: str = "", ago: float = 60) -> None:
    """Sets a condition, in place of the one of that type."""
    found = item.setdefault("status", {}).setdefault("conditions", [])
    found[:] = [one for one in found if one.get("type") != kind]
    words = {"reason": reason, "message": message}
    found.append({"type": kind, "status": status, "lastTransitionTime": past(ago), **words})


def conditions(item: Thing, data: dict[str, Any]) -> None:
    """{Ready: "False"} or {Progressing: ["False", reason, message, seconds ago]}."""
    for kind, said in data.items():
        condition(item, kind, *(said if isinstance(said, list) else [said]))


def unready(item: Thing, phase: str) -> Thing:
    """A Pod that is not ready; gives the status of its first container."""
    item["status"]["phase"] = phase
    for kind in ("Ready", "ContainersReady"):
        condition(item, kind, "False", "ContainersNotReady")
    found: Thing = item["status"]["containerStatuses"][0]
    return found


def waiting(item: Thing, data: Any) -> None:
    """[reason, message]: the first container waits, and never ran."""
    reason, message = data if isinstance(data, list) else (data, "")
    status = unready(item, "Pending")
    image = item["spec"]["containers"][0]["image"]
    status |= {"ready": False, "started": False, "image": image, "restartCount": 0, "lastState": {}}
    status["state"] = {"waiting": {"reason": reason, **({"message": message} if message else {})}}


def ended(item: Thing, data: Any) -> None:
    """{code, reason, restarts, lasted, ago, up, ready, message}: the first container ended; with `up` it runs again."""
    data = data if isinstance(data, dict) else {"code": data}
    ago, lasted, code = data.get("ago", 5), data.get("lasted", 2), data["code"]
    status = unready(item, "Running")
    over = {"exitCode": code, "reason": data.get("reason", "Error" if code else "Completed")}
    over |= {"finishedAt": past(ago), "startedAt": past(ago + lasted)}
    if "message" in data:
        over["message"] = data["message"]
    status |= {"ready": False, "started": False, "restartCount": data.get("restarts", 3)}
    if "up" in data:
        status |= {"state": {"running": {"startedAt": past(data["up"])}}, "lastState": {"terminated": over}}
        status["started"] = True
    elif data.get("backoff"):
        back = {"reason": "CrashLoopBackOff", "message": "back-off 40s restarting failed container"}
        status |= {"state": {"waiting": back}, "lastState": {"terminated": over}}
    else:
        status |= {"state": {"terminated": over}, "lastState": {}}
    if data.get("ready"):
        status["ready"] = True
        conditions(item, {"Ready": ["True", "", "", data["up"]], "ContainersReady": "True"})


def running(item: Thing, up: float) -> None:
    """The first container has run for so many seconds, and is not ready."""
    status = unready(item, "Running")
    status |= {"ready": False, "state": {"running": {"startedAt": past(up)}}}


def failed(item: Thing, data: Any) -> None:
    """The Pod is over: [exit code, reason]; restartPolicy Never."""
    code, reason = data if isinstance(data, list) else (data, "Error")
    status = unready(item, "Failed" if code else "Succeeded")
    over = {"exitCode": code, "reason": reason, "startedAt": past(40), "finishedAt": past(30)}
    status |= {"ready": False, "state": {"terminated": over}, "lastState": {}}
    item["spec"]["restartPolicy"] = "Never"


def unscheduled(item: Thing, data: Any) -> None:
    """[message, seconds ago]: no node was found."""
    message, ago = data if isinstance(data, list) else (data, 60)
    item["spec"].pop("nodeName", None)
    item["status"] = {"phase": "Pending", "conditions": []}
    condition(item, "PodScheduled", "False", "Unschedulable", message, ago)


def unseen(item: Thing, age: float) -> None:
    """A Pod of that age on which no scheduler has looked."""
    item["spec"].pop("nodeName", None)
    item["metadata"]["creationTimestamp"] = past(age)
    item["status"] = {"phase": "Pending"}


def short(item: Thing, have: int) -> None:
    """A workload with so many Pods ready."""
    item["status"] |= {"readyReplicas": have, "availableReplicas": have}
    if item["kind"] == "DaemonSet":
        item["status"] |= {"numberReady": have, "numberAvailable": have}
    if item["kind"] == "Deployment":
        condition(item, "Available", "False", "MinimumReplicasUnavailable")


def first(item: Thing, data: dict[str, Any]) -> None:
    """{name: {running: seconds} | {code, restarts} | {waiting: reason} | done}: init containers in their order."""
    found = item["status"].setdefault("initContainerStatuses", [])
    status = unready(item, "Pending")
    condition(item, "Initialized", "False", "ContainersNotInitialized")
    status |= {"ready": False, "started": False, "state": {"waiting": {"reason": "PodInitializing"}}}
    for name, how in data.items():
        item["spec"].setdefault("initContainers", []).append({"name": name, "image": "busybox:1.36"})
        one: Thing = {"name": name, "image": "busybox:1.36", "ready": False, "restartCount": 0, "lastState": {}}
        over = {"exitCode": 0, "reason": "Completed", "startedAt": past(10), "finishedAt": past(5)}
        if how == "done":
            one["state"] = {"terminated": over}
        elif "running" in how:
            one["state"] = {"running": {"startedAt": past(how["running"])}}
        elif "code" in how:
            one |= {"state": {"terminated": {**over, "exitCode": how["code"], "reason": "Error"}}}
            one["restartCount"] = how.get("restarts", 2)
        else:
            one["state"] = {"waiting": {"reason": how["waiting"], "message": how.get("message", "")}}
        found.append(one)


def going(item: Thing, ago: float) -> None:
    """Deleted so many seconds ago, and still there."""
    item["metadata"]["deletionTimestamp"] = past(ago)


def aged(item: Thing, seconds: float) -> None:
    """Made so many seconds ago."""
    item["metadata"]["creationTimestamp"] = past(seconds)
    if item["kind"] == "Pod" and "startTime" in item.get("status", {}):
        item["status"]["startTime"] = past(seconds)


STROKES: dict[str, Stroke] = {
    stroke.__name__: stroke
    for stroke in (
        conditions,
        waiting,
        ended,
        running,
        failed,
        unscheduled,
        unseen,
        short,
        first,
        going,
        aged,
    )
}


def event(item: Thing, reason: str, message: str, ago: float = 20, **rest: Any) -> Thing:
    """An event about that very object, as the kubelet writes it."""
    of = {"kind": item["kind"], "name": item["metadata"]["name"], "namespace": PLACE, "uid": item["metadata"]["uid"]}
    name = f"{item['metadata']['name']}.{reason}.{ago}.{abs(hash(message)) % 10**6}"
    return made("Event", name, involvedObject=of, reason=reason, message=message, lastTimestamp=past(ago), **rest)
