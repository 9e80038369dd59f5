"""One round of reading: everything that is asked for at once, in parallel, with one deadline. Reads only."""

import dataclasses
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from quizapp.cluster.beyond import http, last_lines, review
from quizapp.cluster.refusal import not_kubernetes, refuse
from quizapp.cluster.transport import DEADLINE, Transport
from quizapp.labs.evidence import KINDS, Evidence, HttpGet, ListOf, LogsOf, Need, NotReadable, Object, Review
from quizapp.labs.trouble import ClusterTrouble, Unreadable
from quizapp.labs.workload import pods

IDENTITY = "/api/v1/namespaces/kube-system"
MOST_LOGS = 5
SAME_CLOCK = timedelta(seconds=2)

Read = Callable[[float], Any]


def collect(
    transport: Transport, namespace: str, needs: Sequence[Need], version: str, now: Callable[[], datetime]
) -> Evidence:
    """The evidence; ClusterTrouble when nothing could be read, parts that alone failed stand in it as Unreadable."""
    end = time.monotonic() + DEADLINE
    reads: dict[Any, Read] = {"identity": lambda until: _identity(transport, until)}
    for need in needs:
        if not isinstance(need, LogsOf):
            reads[need] = _reader(transport, namespace, need)
    results = _together(reads, end)
    identity = results.pop("identity")
    if isinstance(identity, ClusterTrouble):
        raise identity
    uid, server_time = identity
    evidence = Evidence(
        context=transport.context,
        cluster_uid=uid,
        version=version,
        namespace=namespace,
        at=_cluster_time(now(), server_time),
        lists={need.kind: _part(found) for need, found in results.items() if _is_list(need, everywhere=False)},
        elsewhere={need.kind: _enriching(found) for need, found in results.items() if _is_list(need, everywhere=True)},
        http={need: _part(found) for need, found in results.items() if isinstance(need, HttpGet)},
        reviews={need: _part(found) for need, found in results.items() if isinstance(need, Review)},
    )
    logs = {need: _logs(transport, evidence, need, end) for need in needs if isinstance(need, LogsOf)}
    return dataclasses.replace(evidence, logs=logs)


def _is_list(need: Need, *, everywhere: bool) -> bool:
    return isinstance(need, ListOf) and need.everywhere is everywhere


def _reader(transport: Transport, namespace: str, need: ListOf | HttpGet | Review) -> Read:
    if isinstance(need, HttpGet):
        return lambda end: http(transport, namespace, need, end)
    if isinstance(need, Review):
        return lambda end: review(transport, namespace, need, end)
    return lambda end: _list(transport, need.kind, list_path(need, namespace), end)


def list_path(need: ListOf, namespace: str) -> str:
    """Where the objects of a kind are listed; elsewhere they only enrich, so that one page of them is enough."""
    kind = KINDS[need.kind]
    if need.own:
        return f"{kind.url(None)}?fieldSelector=metadata.name%3D{namespace}"
    return f"{kind.url(None)}?limit=500" if need.everywhere else kind.url(namespace)


def _logs(transport: Transport, evidence: Evidence, need: LogsOf, end: float) -> Mapping[str, str] | Unreadable:
    """What the newest current Pods of an object wrote: which Pods these are, the lists have told."""
    try:
        item = evidence.find(need.kind, need.name)
        current = pods(evidence, item) if item else []
    except NotReadable as error:
        return error.unreadable
    newest = sorted(current, key=lambda pod: str(pod["metadata"].get("creationTimestamp")), reverse=True)[:MOST_LOGS]
    names = [str(pod["metadata"]["name"]) for pod in newest]
    reads = {name: _log_reader(transport, evidence.namespace, name, need.container) for name in names}
    found = _together(reads, end)
    trouble = next((part for part in found.values() if isinstance(part, ClusterTrouble)), None)
    written = {name: text for name, text in found.items() if text is not None}
    result: Mapping[str, str] | Unreadable = _part(trouble or written)
    return result


def _log_reader(transport: Transport, namespace: str, pod: str, container: str) -> Read:
    return lambda end: last_lines(transport, namespace, pod, container, end)


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
    refuse(answer, "read the namespace kube-system")
    data = answer.json()
    uid = data.get("metadata", {}).get("uid") if isinstance(data, dict) else None
    if not isinstance(uid, str):
        raise not_kubernetes()
    return uid, answer.date()


def _list(transport: Transport, kind: str, path: str, end: float) -> tuple[Object, ...]:
    answer = transport.request("GET", path, deadline=end)
    refuse(answer, f"list {KINDS[kind].plural}")
    data = answer.json()
    if not isinstance(data, dict):
        raise not_kubernetes()
    version = KINDS[kind].version
    return tuple({"kind": kind, "apiVersion": version, **item} for item in data.get("items") or ())


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
