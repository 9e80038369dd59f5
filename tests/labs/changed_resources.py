"""Other right ways, and wrong ones, through the lab of resources."""

from typing import Any

from tests.labs.changes import BUSYBOX, Row, answers, container, put, status, the

FOOD = "resources-and-quotas"


def resources(data: dict[str, Any], name: str, **fields: Any) -> None:
    kind = "Deployment" if name == "cooks" else "Pod"
    put(container(data, name, kind), resources=fields)


def hard(data: dict[str, Any], **fields: Any) -> None:
    the(data, "ResourceQuota", "kitchen")["spec"]["hard"] = {
        key.replace("_", "."): value for key, value in fields.items()
    }


def default(data: dict[str, Any], **fields: Any) -> None:
    the(data, "LimitRange", "portion")["spec"]["limits"][0]["default"] = fields


def refusal(data: dict[str, Any]) -> dict[str, Any]:
    conditions = the(data, "Deployment", "cooks")["status"]["conditions"]
    found: dict[str, Any] = next(one for one in conditions if one["type"] == "ReplicaFailure")
    return found


def stands(data: dict[str, Any], **fields: Any) -> None:
    the(data, "Deployment", "cooks")["status"].update(fields)


def wanted(data: dict[str, Any], number: int) -> None:
    the(data, "Deployment", "cooks")["spec"]["replicas"] = number


def another(data: dict[str, Any]) -> None:
    """A container beside the one that is asked for."""
    beside = {"name": "beside", "image": "busybox:1.37", "resources": {}}
    the(data, "Pod", "oven")["spec"]["containers"].insert(0, beside)


OVEN = {"requests": {"cpu": "0.05", "memory": "33554432"}, "limits": {"memory": "65536Ki"}}
RIGHT: list[Row] = [
    (FOOD, "oven", lambda data: resources(data, "oven", **OVEN)),
    (FOOD, "oven", lambda data: answers(data, "burstable")),
    (FOOD, "oven", another),
    (FOOD, "till", lambda data: resources(data, "till", limits={"cpu": "1", "memory": "32Mi"})),
    (FOOD, "till", lambda data: put(container(data, "till"), image=BUSYBOX)),
    (FOOD, "glutton", lambda data: put(container(data, "glutton"), command=["tail", "/dev/zero"])),
    (FOOD, "glutton", lambda data: resources(data, "glutton", limits={"memory": "25165824"})),
    (FOOD, "quota", lambda data: hard(data, limits_memory="0.25Gi")),
    (FOOD, "quota", lambda data: hard(data, limits_memory="256Mi", pods="20")),
    (FOOD, "silent", lambda data: resources(data, "cooks", requests={"memory": "8Mi"})),
    (FOOD, "portion", lambda data: default(data, memory="32768Ki", cpu="1")),
    (FOOD, "full", lambda data: put(refusal(data), message=refusal(data)["message"] + " and more")),
    (FOOD, "more", lambda data: hard(data, limits_memory="402653184")),
]
WRONG: list[Row] = [
    (FOOD, "oven", lambda data: resources(data, "oven", **{**OVEN, "limits": {"memory": "64M"}})),
    (FOOD, "oven", lambda data: resources(data, "oven", **{**OVEN, "limits": {}})),
    (FOOD, "oven", lambda data: resources(data, "oven", **{**OVEN, "requests": {"cpu": "50", "memory": "32Mi"}})),
    (FOOD, "oven", lambda data: answers(data, "Guaranteed")),
    (FOOD, "till", lambda data: put(the(data, "Pod", "till")["status"], qosClass="Burstable")),
    (FOOD, "till", lambda data: resources(data, "till", limits={"cpu": "1", "memory": "64Mi"})),
    (FOOD, "glutton", lambda data: put(status(data, "glutton")["state"]["terminated"], reason="Error")),
    (FOOD, "glutton", lambda data: put(the(data, "Pod", "glutton")["spec"], restartPolicy="OnFailure")),
    (FOOD, "glutton", lambda data: answers(data, "9")),
    (FOOD, "quota", lambda data: hard(data, limits_memory="256M")),
    (FOOD, "quota", lambda data: hard(data, limits_memory="384Mi")),
    (FOOD, "quota", lambda data: hard(data, requests_memory="256Mi")),
    (FOOD, "silent", lambda data: put(refusal(data), message="exceeded quota: kitchen")),
    (FOOD, "silent", lambda data: put(refusal(data), status="False")),
    (FOOD, "silent", lambda data: resources(data, "cooks", limits={"memory": "32Mi"})),
    (FOOD, "portion", lambda data: default(data, memory="64Mi")),
    (FOOD, "portion", lambda data: resources(data, "cooks", limits={"memory": "32Mi"})),
    (FOOD, "portion", lambda data: stands(data, availableReplicas=1)),
    (FOOD, "full", lambda data: wanted(data, 5)),
    (FOOD, "full", lambda data: put(refusal(data), message="must specify limits.memory")),
    (FOOD, "more", lambda data: hard(data, limits_memory="320Mi")),
    (FOOD, "more", lambda data: wanted(data, 5)),
    (FOOD, "more", lambda data: stands(data, availableReplicas=5)),
]
