"""What the adapter makes of every answer that a cluster, or something in its place, gives: in time, in plain words."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from quizapp.cluster import transport
from quizapp.cluster.adapter import Cluster
from quizapp.labs.evidence import HttpGet, ListOf, NotReadable
from quizapp.labs.trouble import ClusterTrouble
from tests.adapter.api import Api, kubeconfig, reply, served
from tests.lab_proofs import lab_of

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
PODS = "/api/v1/namespaces/lab/pods"
NEEDS = (ListOf("Pod"), ListOf("Service"))
DEADLINE_S = 0.5


@pytest.fixture
def api() -> Api:
    return Api()


@pytest.fixture
def cluster(api: Api, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cluster]:
    monkeypatch.setattr("quizapp.cluster.collect.DEADLINE", DEADLINE_S)
    monkeypatch.setattr(transport, "DEADLINE", DEADLINE_S)
    with served(api) as port:
        made = Cluster(kubeconfig=kubeconfig(tmp_path / "config", port), now=lambda: NOW)
        yield made
        for _, one, _ in made._transports.values():
            one.close()


def test_lists_become_evidence_with_kind_and_version_on_every_object(api: Api, cluster: Cluster) -> None:
    api.answers[PODS] = reply({"items": [{"metadata": {"name": "web-1", "uid": "u"}, "unknownField": {"kept": True}}]})
    found = cluster.collect("minikube", "lab", NEEDS)
    pod = found.find("Pod", "web-1")
    assert pod == {
        "kind": "Pod",
        "apiVersion": "v1",
        "metadata": {"name": "web-1", "uid": "u"},
        "unknownField": {"kept": True},
    }
    assert (found.cluster_uid, found.version, found.objects("Service")) == ("uid-of-cluster", "v1.37.2", ())


def test_a_field_that_is_null_is_a_field_that_is_not_there(api: Api, cluster: Cluster) -> None:
    api.answers[PODS] = reply({"items": [{"metadata": {"name": "a", "uid": "1", "labels": None}, "status": None}]})
    api.answers["/apis/apps/v1/namespaces/lab/deployments"] = reply({"items": None})
    found = cluster.collect("minikube", "lab", [ListOf("Pod"), ListOf("Deployment")], fresh=True)
    (pod,) = found.objects("Pod")
    assert pod["metadata"] == {"name": "a", "uid": "1"}
    assert "status" not in pod
    assert found.objects("Deployment") == ()


@pytest.mark.parametrize("count", [1, 300])
def test_the_number_of_requests_does_not_grow_with_objects_or_steps(api: Api, cluster: Cluster, count: int) -> None:
    api.answers[PODS] = reply({"items": [{"metadata": {"name": f"web-{n}", "uid": str(n)}} for n in range(count)]})
    cluster.identify("minikube")
    api.asked.clear()
    needs = lab_of("first-deployment").needs()
    cluster.collect("minikube", "lab", needs, fresh=True)
    assert len(api.asked) == len(set(api.asked)) == len(needs) + 1
    assert len(needs) == 11


def test_two_who_look_at_the_same_moment_share_a_round(api: Api, cluster: Cluster) -> None:
    cluster.collect("minikube", "lab", NEEDS)
    before = len(api.asked)
    cluster.collect("minikube", "lab", NEEDS)
    assert len(api.asked) == before
    cluster.collect("minikube", "lab", NEEDS, fresh=True)
    assert len(api.asked) == before + 3


@pytest.mark.parametrize(
    ("answer", "rule", "word"),
    [
        (reply({"kind": "Status", "message": "Unauthorized"}, 401), "C5", "who you are"),
        (reply({"kind": "Status", "message": "pods is forbidden"}, 403), "C5", "not allowed to list pods"),
        (reply({"kind": "Status", "message": "not served"}, 404), "C7", "404"),
        (reply({"kind": "Status"}, 429, **{"Retry-After": "1"}), "C1", "429"),
        (reply({"kind": "Status"}, 500), "C1", "500"),
        (reply("<html>Please log in to the hotel</html>"), "C8", "not in JSON"),
        (reply('{"items": [{"metadata"'), "C8", "not in JSON"),
        (reply([]), "C8", "in place of the Kubernetes API"),
    ],
)
def test_a_list_that_is_no_list_is_unreadable_and_the_rest_is_sound(
    api: Api, cluster: Cluster, answer: Callable[[BaseHTTPRequestHandler], None], rule: str, word: str
) -> None:
    api.answers[PODS] = answer
    found = cluster.collect("minikube", "lab", NEEDS)
    with pytest.raises(NotReadable) as unreadable:
        found.objects("Pod")
    assert unreadable.value.unreadable.rule == rule
    assert word in unreadable.value.unreadable.says
    assert unreadable.value.unreadable.hint
    assert found.objects("Service") == ()


def test_a_redirect_is_not_followed_and_takes_no_credentials_along(api: Api, cluster: Cluster) -> None:
    other = Api()
    with served(other) as port:
        api.answers[PODS] = reply({}, 302, Location=f"http://127.0.0.1:{port}/steal")
        found = cluster.collect("minikube", "lab", NEEDS)
        with pytest.raises(NotReadable, match="redirect"):
            found.objects("Pod")
    assert other.asked == []
    assert {sent.get("authorization") for sent in api.sent} == {"Bearer a-secret-token"}


def drip(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.send_header("Content-Length", "100000")
    request.end_headers()
    for _ in range(200):
        request.wfile.write(b" ")
        request.wfile.flush()
        time.sleep(0.05)


def endless(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.send_header("Content-Length", str(10**9))
    request.end_headers()
    while True:
        request.wfile.write(b" " * 65536)


def cut(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.send_header("Content-Length", "1000")
    request.end_headers()
    request.wfile.write(b'{"items": [')
    request.close_connection = True


def silent(request: BaseHTTPRequestHandler) -> None:
    time.sleep(2)


@pytest.mark.parametrize(("answer", "rule"), [(drip, "C1"), (silent, "C1"), (cut, "C1"), (endless, "C8")])
def test_no_answer_holds_a_round_longer_than_its_deadline(
    api: Api,
    cluster: Cluster,
    monkeypatch: pytest.MonkeyPatch,
    answer: Callable[[BaseHTTPRequestHandler], None],
    rule: str,
) -> None:
    monkeypatch.setattr(transport, "LARGEST", 1024 * 1024)
    cluster.identify("minikube")
    api.answers[PODS] = answer
    start = time.monotonic()
    found = cluster.collect("minikube", "lab", NEEDS, fresh=True)
    assert time.monotonic() - start < DEADLINE_S + 1
    with pytest.raises(NotReadable) as unreadable:
        found.objects("Pod")
    assert unreadable.value.unreadable.rule == rule


def test_an_address_where_nobody_listens_is_told_as_that(tmp_path: Path) -> None:
    with served(Api()) as port:
        pass
    cluster = Cluster(kubeconfig=kubeconfig(tmp_path / "config", port), now=lambda: NOW)
    with pytest.raises(ClusterTrouble, match="cannot be reached") as trouble:
        cluster.collect("minikube", "lab", NEEDS)
    assert trouble.value.rule == "C1"
    assert "minikube start" in trouble.value.hint


def test_something_else_at_the_address_is_no_cluster(api: Api, cluster: Cluster) -> None:
    api.answers["/api/v1/namespaces/kube-system"] = reply({"hello": "world"})
    with pytest.raises(ClusterTrouble, match="in place of the Kubernetes API") as trouble:
        cluster.collect("minikube", "lab", NEEDS)
    assert trouble.value.rule == "C8"


def test_an_answer_through_the_service_proxy_is_the_applications(api: Api, cluster: Cluster) -> None:
    need = HttpGet("web", "80", "/")
    api.answers["/api/v1/namespaces/lab/services/web:80/proxy/"] = reply("<h1>Forbidden</h1>", 403, Server="nginx/1.27")
    found = cluster.collect("minikube", "lab", (need,)).reply(need)
    assert found
    assert (found.status, found.body) == (403, "<h1>Forbidden</h1>")
    api.answers["/api/v1/namespaces/lab/services/web:80/proxy/"] = reply({"kind": "Status", "message": "no"}, 403)
    refused = cluster.collect("minikube", "lab", (need,), fresh=True)
    with pytest.raises(NotReadable, match="not allowed to reach Service web"):
        refused.reply(need)


def test_a_kubeconfig_that_has_changed_is_read_again(api: Api, cluster: Cluster, tmp_path: Path) -> None:
    cluster.identify("minikube")
    other = Api()
    other.answers["/api/v1/namespaces/kube-system"] = reply({"metadata": {"uid": "another"}})
    with served(other) as port:
        time.sleep(0.02)
        kubeconfig(tmp_path / "config", port)
        assert cluster.identify("minikube")[0] == "another"


def test_the_librarys_process_wide_client_is_never_touched(api: Api, cluster: Cluster) -> None:
    from kubernetes.client import Configuration

    before = Configuration.get_default_copy().host
    cluster.collect("minikube", "lab", NEEDS)
    assert Configuration.get_default_copy().host == before
