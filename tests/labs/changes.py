"""Changes in one place of what a cluster answered, to be judged again."""

from collections.abc import Callable
from typing import Any

Change = Callable[[dict[str, Any]], object]
Row = tuple[str, str, Change]
NGINX = "docker.io/library/nginx:1.27"
BUSYBOX = "docker.io/library/busybox:1.36"


def the(data: dict[str, Any], kind: str, name: str) -> dict[str, Any]:
    return next(item for item in data["lists"][kind] if item["metadata"]["name"] == name)


def container(data: dict[str, Any], name: str, kind: str = "Pod") -> dict[str, Any]:
    spec = the(data, kind, name)["spec"]
    found: dict[str, Any] = spec.get("template", {"spec": spec})["spec"]["containers"][0]
    return found


def status(data: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = the(data, "Pod", name)["status"]["containerStatuses"][0]
    return found


def put(what: dict[str, Any], **fields: Any) -> None:
    what.update({key.replace("_", "-"): value for key, value in fields.items()})


def written(data: dict[str, Any], text: str) -> None:
    for pair in data["logs"]:
        pair["is"] = dict.fromkeys(pair["is"], text)


def answers(data: dict[str, Any], text: str) -> None:
    data["answers"] = dict.fromkeys(data["answers"], text)


def served(data: dict[str, Any], text: str) -> None:
    for pair in data["http"]:
        pair["is"]["body"] = text
