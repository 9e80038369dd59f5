"""One round of reading: everything that is asked for at once, in parallel, with one deadline. Reads only."""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from quizapp.cluster.transport import DEADLINE, Answer, Transport
from quizapp.labs.evidence import KINDS, Evidence, HttpGet, HttpReply, ListOf, Need, Object
from quizapp.labs.trouble import ClusterTrouble, Unreadable

IDENTITY = "/api/v1/namespaces/kube-system"
BODY_KEPT = 8 * 1024
SAFE = "/?=&%"
SAME_CLOCK = timedelta(seconds=2)

Read = Callable[[float], Any]


def collect(
    transport: Transport, namespace: str, needs: Sequence[Need], version: str, now: Callable[[], datetime]
) -> Evidence:
    """The evidence; ClusterTrouble when nothing could be read, parts that alone failed stand in it as Unreadable."""
    reads: dict[Any, Read] = {"identity": lambda end: _identity(transport, end)}
    for need in needs:
        reads[need] = _reader(transport, namespace, need)
    results = _together(reads, time.monotonic() + DEADLINE)
    identity = results.pop("identity")
    if isinstance(identity, ClusterTrouble):
        raise identity
    uid, server_time = identity
    return Evidence(
        context=transport.context,
        cluster_uid=uid,
        version=version,
        namespace=namespace,
        at=_cluster_time(now(), server_time),
        lists={need.kind: _part(found) for need, found in results.items() if _is_list(need, everywhere=False)},
        elsewhere={need.kind: _enriching(found) for need, found in results.items() if _is_list(need, everywhere=True)},
        http={need: _part(found) for need, found in results.items() if isinstance(need, HttpGet)},
    )


def _is_list(need: Need, *, everywhere: bool) -> bool:
    return isinstance(need, ListOf) and need.everywhere is everywhere


def _reader(transport: Transport, namespace: str, need: Need) -> Read:
    if isinstance(need, HttpGet):
        return lambda end: _http(transport, namespace, need, end)
    kind = KINDS[need.kind]
    path = kind.url(namespace)
    if need.everywhere:
        path = path.replace(f"/namespaces/{namespace}", "") + "?limit=500"
    return lambda end: _list(transport, kind.name, path, end)


def _together(reads: Mapping[Any, Read], end: float) -> dict[Any, Any]:
    """Each read in a thread of its own; what has not come by the deadline counts as unreachable."""
    late = ClusterTrouble("The API server answers too slowly.", "minikube status", rule="C1", value="deadline")
    results: dict[Any, Any] = dict.fromkeys(reads, late)

    def run(key: Any, read: Read) -> None:
        try:
            results[key] = read(end)
        except ClusterTrouble as error:
            results[key] = error

    threads = [threading.Thread(target=run, args=pair, daemon=True) for pair in reads.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, end - time.monotonic()))
    return dict(results)


def _identity(transport: Transport, end: float) -> tuple[str, datetime | None]:
    answer = transport.request("GET", IDENTITY, deadline=end)
    _refuse(answer, "read the namespace kube-system")
    data = answer.json()
    uid = data.get("metadata", {}).get("uid") if isinstance(data, dict) else None
    if not isinstance(uid, str):
        raise ClusterTrouble("Something answered in place of the Kubernetes API.", "kubectl cluster-info", rule="C8")
    return uid, answer.date()


def _list(transport: Transport, kind: str, path: str, end: float) -> tuple[Object, ...]:
    answer = transport.request("GET", path, deadline=end)
    _refuse(answer, f"list {KINDS[kind].plural}")
    data = answer.json()
    if not isinstance(data, dict):
        raise ClusterTrouble("Something answered in place of the Kubernetes API.", "kubectl cluster-info", rule="C8")
    version = KINDS[kind].version
    return tuple({"kind": kind, "apiVersion": version, **item} for item in data.get("items") or ())


def _http(transport: Transport, namespace: str, need: HttpGet, end: float) -> HttpReply:
    """An answer through the Service proxy; 403 of the API server itself is not the application's."""
    path = need.path if need.path.startswith("/") else f"/{need.path}"
    service = f"/api/v1/namespaces/{namespace}/services/{quote(need.service)}:{quote(need.port)}"
    url = f"{service}/proxy{quote(path, safe=SAFE)}"
    answer = transport.request("GET", url, deadline=end, accept="*/*")
    body = answer.body[:BODY_KEPT].decode(errors="replace")
    if answer.status in (401, 403) and '"kind":"Status"' in body.replace(" ", ""):
        _refuse(answer, f"reach Service {need.service} through the API server")
    return HttpReply(answer.status, answer.headers, body)


def _refuse(answer: Answer, what: str) -> None:
    """ClusterTrouble for every status that is no answer: C5 when not allowed, C7 when not served, C1 when
    overloaded."""
    if answer.status < 400:
        return
    message = _message(answer)
    if answer.status == 401:
        raise ClusterTrouble(
            "The cluster does not know who you are: the credentials of this context are not accepted.",
            "minikube update-context, or log in again",
            rule="C5",
            value=f"401 {message}",
        )
    if answer.status == 403:
        raise ClusterTrouble(
            f"You are not allowed to {what} with this context.",
            "kubectl auth can-i --list",
            rule="C5",
            value=f"403 {message}",
        )
    rule = "C7" if answer.status == 404 else "C1"
    says = f"The API server could not {what}: HTTP {answer.status}."
    raise ClusterTrouble(says, "kubectl get --raw /readyz?verbose", rule=rule, value=f"{answer.status} {message}")


def _message(answer: Answer) -> str:
    try:
        data = answer.json()
    except ClusterTrouble:
        return ""
    return str(data.get("message", ""))[:300] if isinstance(data, dict) else ""


def _part(found: Any) -> Any:
    if isinstance(found, ClusterTrouble):
        return Unreadable(found.rule, found.says, found.hint, found.value)
    return found


def _enriching(found: Any) -> tuple[Object, ...]:
    return found if isinstance(found, tuple) else ()


def _cluster_time(here: datetime, server: datetime | None) -> datetime:
    """The cluster's time: our own clock, finer than the server's seconds, unless the two plainly differ."""
    if server is None or abs(here - server) <= SAME_CLOCK:
        return here
    return server
