"""Other right ways, and wrong ones, through the lab of rolling updates."""

import json
from typing import Any

from tests.labs.changes import NGINX, Row, answers, container, put, the

ROLL = "rolling-updates-and-rollbacks"
REVISION = "deployment.kubernetes.io/revision"


def of_image(data: dict[str, Any], image: str) -> dict[str, Any]:
    """The ReplicaSet with that image."""
    sets: list[dict[str, Any]] = data["lists"]["ReplicaSet"]
    return next(one for one in sets if one["spec"]["template"]["spec"]["containers"][0]["image"] == image)


def lost(data: dict[str, Any], image: str) -> None:
    data["lists"]["ReplicaSet"].remove(of_image(data, image))


def pace(data: dict[str, Any], **fields: Any) -> None:
    the(data, "Deployment", "web")["spec"]["strategy"]["rollingUpdate"].update(fields)


def web(data: dict[str, Any], **fields: Any) -> None:
    put(container(data, "web", "Deployment"), **fields)


def stands(data: dict[str, Any], **fields: Any) -> None:
    the(data, "Deployment", "web")["status"].update(fields)


def revision(data: dict[str, Any], number: str) -> None:
    the(data, "Deployment", "web")["metadata"]["annotations"][REVISION] = number


def gone_back(data: dict[str, Any]) -> None:
    """The learner was back before the page looked."""
    web(data, image="nginx:1.28")
    stands(data, updatedReplicas=4)
    revision(data, "4")


def resumed(data: dict[str, Any]) -> None:
    """The learner resumed before the page looked; the changes came as one ReplicaSet."""
    now = the(data, "Deployment", "web")
    now["spec"].pop("paused")
    stands(data, updatedReplicas=4)
    made = json.loads(json.dumps(of_image(data, "nginx:1.28")))
    put(made["metadata"], name="web-new", uid="new")
    made["spec"]["template"] = now["spec"]["template"]
    data["lists"]["ReplicaSet"].append(made)


RIGHT: list[Row] = [
    (ROLL, "start", lambda data: web(data, image=NGINX)),
    (ROLL, "start", lambda data: put(of_image(data, "nginx:1.27")["metadata"], labels={"app": "shop"})),
    (ROLL, "pace", lambda data: pace(data, maxSurge="25%", maxUnavailable="0%")),
    (ROLL, "update", lambda data: lost(data, "nginx:1.27")),
    (ROLL, "update", lambda data: web(data, name="server")),
    (ROLL, "slip", gone_back),
    (ROLL, "back", lambda data: (web(data, image="nginx:1.29"), revision(data, "5"), answers(data, "5"))),
    (ROLL, "back", lambda data: web(data, image="docker.io/library/nginx:1.28")),
    (ROLL, "pause", resumed),
    (ROLL, "pause", lambda data: web(data, resources={"requests": {"memory": "33554432"}})),
    (ROLL, "resume", lambda data: lost(data, "nginx:1.28")),
    (ROLL, "resume", lambda data: web(data, resources={"requests": {"memory": "32Mi", "cpu": "10m"}})),
]
WRONG: list[Row] = [
    (ROLL, "start", lambda data: put(the(data, "Deployment", "web")["spec"], replicas=3)),
    (ROLL, "start", lambda data: lost(data, "nginx:1.27")),
    (ROLL, "start", lambda data: put(of_image(data, "nginx:1.27")["metadata"]["ownerReferences"][0], name="wep")),
    (ROLL, "start", lambda data: stands(data, availableReplicas=3)),
    (ROLL, "pace", lambda data: pace(data, maxSurge=2)),
    (ROLL, "pace", lambda data: pace(data, maxUnavailable=1)),
    (ROLL, "update", lambda data: of_image(data, "nginx:1.28")["metadata"].pop("annotations")),
    (ROLL, "update", lambda data: web(data, image="nginx:1.27")),
    (ROLL, "update", lambda data: stands(data, updatedReplicas=2)),
    (ROLL, "slip", lambda data: lost(data, "nginx:1.82")),
    (ROLL, "slip", lambda data: stands(data, availableReplicas=3)),
    (ROLL, "slip", lambda data: (gone_back(data), pace(data, maxUnavailable="25%"))),
    (ROLL, "back", lambda data: web(data, image="nginx:1.27")),
    (ROLL, "back", lambda data: web(data, image="nginx:1.29")),
    (ROLL, "back", lambda data: answers(data, "2")),
    (ROLL, "back", lambda data: stands(data, updatedReplicas=3)),
    (ROLL, "pause", lambda data: the(data, "Deployment", "web")["spec"].pop("paused")),
    (ROLL, "pause", lambda data: web(data, resources={})),
    (ROLL, "pause", lambda data: stands(data, updatedReplicas=4)),
    (ROLL, "resume", lambda data: put(the(data, "Deployment", "web")["spec"], paused=True)),
    (ROLL, "resume", lambda data: web(data, resources={"requests": {"memory": "32M"}})),
    (ROLL, "resume", lambda data: put(the(data, "Deployment", "web")["spec"], replicas=2)),
]
