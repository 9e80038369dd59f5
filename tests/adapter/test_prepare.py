"""The only writer makes a namespace and removes that very one; everything else in a cluster is left alone."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from quizapp.cluster.prepare import apply, make_namespace, remove_namespace
from quizapp.cluster.transport import Transport
from quizapp.labs.port import NamespaceRef
from quizapp.labs.trouble import ClusterTrouble
from tests.adapter.api import Api, kubeconfig, reply, served

MADE = reply({"metadata": {"name": "lab-one", "uid": "uid-1"}}, 201)
CONFLICT = reply({"kind": "Status", "reason": "AlreadyExists"}, 409)
LABELS = {"quizapp.dev/run": "one"}


@pytest.fixture
def api() -> Api:
    return Api()


@pytest.fixture
def transport(api: Api, tmp_path: Path) -> Iterator[Transport]:
    with served(api) as port:
        made = Transport(kubeconfig(tmp_path / "config", port), "minikube")
        yield made
        made.close()


def there(**metadata: object) -> dict[str, object]:
    return {"metadata": {"name": "lab-one", "uid": "uid-0", **metadata}}


def test_a_namespace_is_made_with_its_labels(api: Api, transport: Transport) -> None:
    bodies = []

    def note(request: BaseHTTPRequestHandler) -> None:
        bodies.append(json.loads(request.rfile.read(int(request.headers["Content-Length"]))))
        request.headers.replace_header("Content-Length", "0")
        MADE(request)

    api.answers["/api/v1/namespaces"] = note
    assert make_namespace(transport, "lab-one", LABELS) == NamespaceRef("lab-one", "uid-1", ours=True)
    assert bodies[0]["metadata"] == {"name": "lab-one", "labels": LABELS}


@pytest.mark.parametrize(("labels", "ours"), [(LABELS, True), ({}, False), (None, False)])
def test_one_that_is_there_is_ours_only_when_a_run_made_it(
    api: Api, transport: Transport, labels: object, ours: bool
) -> None:
    api.answers["/api/v1/namespaces"] = CONFLICT
    api.answers["/api/v1/namespaces/lab-one"] = reply(there(labels=labels))
    assert make_namespace(transport, "lab-one", LABELS) == NamespaceRef("lab-one", "uid-0", ours=ours)


def test_one_that_is_going_away_is_waited_for(api: Api, transport: Transport) -> None:
    api.answers["/api/v1/namespaces"] = CONFLICT
    api.answers["/api/v1/namespaces/lab-one"] = reply(there(deletionTimestamp="2026-11-25T09:00:00Z"))
    with pytest.raises(ClusterTrouble, match="still being removed") as trouble:
        make_namespace(transport, "lab-one", LABELS)
    assert trouble.value.rule == "O4"


@pytest.mark.parametrize("name", ["default", "kube-system", "kube-public", "kube-node-lease"])
def test_the_clusters_own_namespaces_are_never_touched(api: Api, transport: Transport, name: str) -> None:
    with pytest.raises(ClusterTrouble, match="never touched"):
        make_namespace(transport, name, LABELS)
    with pytest.raises(ClusterTrouble, match="never touched"):
        remove_namespace(transport, NamespaceRef(name, "uid-9"))
    assert api.asked == []


def test_a_namespace_is_removed_by_its_uid_alone(api: Api, transport: Transport) -> None:
    bodies = []

    def note(request: BaseHTTPRequestHandler) -> None:
        bodies.append(json.loads(request.rfile.read(int(request.headers["Content-Length"]))))
        request.headers.replace_header("Content-Length", "0")
        reply({"kind": "Status", "reason": "Conflict"}, 409)(request)

    api.answers["/api/v1/namespaces/lab-one"] = note
    remove_namespace(transport, NamespaceRef("lab-one", "uid-1"))
    assert [body["preconditions"] for body in bodies] == [{"uid": "uid-1"}]
    assert api.asked == ["DELETE /api/v1/namespaces/lab-one"]


@pytest.mark.parametrize(("status", "rule"), [(403, "C5"), (401, "C5"), (500, "C1")])
def test_a_cluster_that_does_not_let_us_is_told_with_another_way(
    api: Api, transport: Transport, status: int, rule: str
) -> None:
    api.answers["/api/v1/namespaces"] = reply({"kind": "Status"}, status)
    with pytest.raises(ClusterTrouble, match="kubectl") as trouble:
        make_namespace(transport, "lab-one", LABELS)
    assert trouble.value.rule == rule


def test_prepared_objects_go_into_the_namespace_and_what_is_there_stays(api: Api, transport: Transport) -> None:
    api.answers["/apis/apps/v1/namespaces/lab-one/deployments"] = CONFLICT
    apply(transport, "lab-one", [{"kind": "Deployment", "metadata": {"name": "web"}}])
    assert api.asked == ["POST /apis/apps/v1/namespaces/lab-one/deployments"]
    with pytest.raises(ClusterTrouble, match="ClusterRole"):
        apply(transport, "lab-one", [{"kind": "ClusterRole", "metadata": {"name": "all"}}])
