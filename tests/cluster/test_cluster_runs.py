"""The test cluster is a Kubernetes as a learner's is: real Pods, names, Services, pulls and failures."""

import json
import subprocess
import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.cluster_fixture import KUBECTL, Cluster

Pod = dict[str, Any]


def run_pod(cluster: Cluster, namespace: str, image: str, *command: str, limits: dict[str, str] | None = None) -> None:
    container: dict[str, Any] = {"name": "main", "image": image, "resources": {"limits": limits or {}}}
    if command:
        container["command"] = list(command)
    pod = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "one"}, "spec": {"containers": [container]}}
    cluster.kubectl("apply", "-f", "-", input=json.dumps(pod), namespace=namespace)


def await_pod(cluster: Cluster, namespace: str, wanted: Callable[[Pod], object]) -> Pod:
    for _ in range(300):
        pod: Pod = json.loads(cluster.kubectl("get", "pod", "one", "-o", "json", namespace=namespace))
        if wanted(pod):
            return pod
        time.sleep(0.1)
    pytest.fail(f"the Pod never came to it: {pod['status']}")


def waiting(pod: Pod) -> dict[str, str]:
    statuses = pod["status"].get("containerStatuses") or [{"state": {}}]
    found: dict[str, str] = statuses[0]["state"].get("waiting", {})
    return found


def serve(cluster: Cluster, namespace: str, image: str = "nginx:1.27") -> None:
    cluster.kubectl("create", "deployment", "web", f"--image={image}", "--replicas=2", namespace=namespace)
    cluster.kubectl("expose", "deployment", "web", "--port=80", namespace=namespace)
    cluster.kubectl("rollout", "status", "deployment/web", "--timeout=60s", namespace=namespace)


def ask_from_inside(cluster: Cluster, namespace: str, command: str) -> str:
    return cluster.kubectl("exec", "deploy/web", "--", "sh", "-c", command, namespace=namespace)


def test_it_is_the_pinned_version(cluster: Cluster) -> None:
    version = json.loads(cluster.kubectl("version", "-o", "json"))["serverVersion"]
    assert (version["gitVersion"], version["major"], version["minor"]) == ("v1.37.2", "1", "37")


def test_its_kubeconfig_looks_like_minikube_s(cluster: Cluster) -> None:
    config = json.loads(cluster.kubectl("config", "view", "-o", "json"))
    assert config["current-context"] == "minikube"
    for entry in (config["clusters"][0]["cluster"], config["contexts"][0]["context"]):
        assert entry["extensions"][0]["extension"]["provider"] == "minikube.sigs.k8s.io"
    assert cluster.kubectl("get", "nodes", "-o", "name").split() == ["node/minikube"]


def test_a_service_answers_through_the_api_server(cluster: Cluster, namespace: str) -> None:
    serve(cluster, namespace)
    page = cluster.kubectl("get", "--raw", f"/api/v1/namespaces/{namespace}/services/web:80/proxy/")
    assert "Welcome to nginx!" in page


def test_names_resolve_inside_and_outside_names_do_not(cluster: Cluster, namespace: str) -> None:
    serve(cluster, namespace)
    assert "Welcome to nginx!" in ask_from_inside(
        cluster, namespace, "for i in 1 2 3 4 5 6; do timeout 5 wget -qO- http://web && exit 0; sleep 1; done; exit 1"
    )
    full = f"web.{namespace}.svc.cluster.local"
    assert full in ask_from_inside(cluster, namespace, f"nslookup {full}")
    assert "NXDOMAIN" in ask_from_inside(cluster, namespace, "nslookup nowhere.example.com || true")


def test_a_rollout_shows_the_new_version(cluster: Cluster, namespace: str) -> None:
    serve(cluster, namespace)
    look = "for i in 1 2 3 4 5 6; do timeout 5 wget -S -O /dev/null http://web 2>&1 && exit 0; sleep 1; done; exit 1"
    assert "Server: nginx/1.27" in ask_from_inside(cluster, namespace, look)
    cluster.kubectl("set", "image", "deployment/web", "nginx=nginx:1.28", namespace=namespace)
    cluster.kubectl("rollout", "status", "deployment/web", "--timeout=60s", namespace=namespace)
    assert "Server: nginx/1.28" in ask_from_inside(cluster, namespace, look)


def test_a_node_port_opens_on_the_node(cluster: Cluster, namespace: str) -> None:
    serve(cluster, namespace)
    cluster.kubectl("patch", "service", "web", "-p", '{"spec": {"type": "NodePort"}}', namespace=namespace)
    port = cluster.kubectl("get", "service", "web", "-o", "jsonpath={.spec.ports[0].nodePort}", namespace=namespace)
    node = cluster.kubectl("get", "node", "minikube", "-o", "jsonpath={.status.addresses[0].address}")
    again = f"for i in 1 2 3 4 5; do timeout 5 wget -qO- http://{node}:{port} && exit; sleep 1; done"
    assert "Welcome to nginx!" in ask_from_inside(cluster, namespace, again)


def test_logs_and_port_forward_work(cluster: Cluster, namespace: str) -> None:
    serve(cluster, namespace)
    command = [KUBECTL, "--kubeconfig", cluster.kubeconfig, "--context", cluster.context, "-n", namespace]
    with subprocess.Popen([*command, "port-forward", "service/web", ":80"], stdout=subprocess.PIPE, text=True) as going:
        assert going.stdout
        port = going.stdout.readline().split("127.0.0.1:")[1].split()[0]
        asked = ["curl", "-sS", "-A", "through-the-forward", f"http://127.0.0.1:{port}/missing"]
        reply = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
        going.terminate()
    assert "404 Not Found" in reply
    logs = cluster.kubectl("logs", "-l", "app=web", namespace=namespace)
    assert '"GET /missing HTTP/1.1" 404' in logs
    assert "through-the-forward" in logs


@pytest.mark.parametrize(
    ("image", "says"),
    [
        ("nginx:9.99", "docker.io/library/nginx:9.99: not found"),
        ("nosuch/thing:1", "pull access denied, repository does not exist"),
        ("registry.invalid/thing:1", "no such host"),
    ],
)
def test_a_pull_fails_as_it_does_in_the_world(cluster: Cluster, namespace: str, image: str, says: str) -> None:
    run_pod(cluster, namespace, image)
    pod = await_pod(cluster, namespace, lambda pod: waiting(pod).get("reason") == "ErrImagePull")
    assert says in waiting(pod)["message"]


def test_a_container_that_keeps_ending_is_restarted_again_and_again(cluster: Cluster, namespace: str) -> None:
    """The waiting reason CrashLoopBackOff is seldom to be seen, so what is asked for is what brings it about."""
    run_pod(cluster, namespace, "busybox:1.36", "sh", "-c", "echo going down; exit 3")

    def restarts(pod: Pod) -> object:
        statuses = pod["status"].get("containerStatuses")
        return bool(statuses) and statuses[0]["restartCount"] >= 2

    pod = await_pod(cluster, namespace, restarts)
    assert pod["status"]["containerStatuses"][0]["lastState"]["terminated"]["exitCode"] == 3
    assert "going down" in cluster.kubectl("logs", "one", namespace=namespace)


def test_a_container_over_its_memory_limit_is_killed(cluster: Cluster, namespace: str) -> None:
    run_pod(cluster, namespace, "busybox:1.36", "tail", "/dev/zero", limits={"memory": "24Mi"})

    def reason(pod: Pod) -> object:
        statuses = pod["status"].get("containerStatuses") or [{"state": {}, "lastState": {}}]
        ends = [statuses[0][state].get("terminated", {}) for state in ("state", "lastState")]
        return any(end.get("reason") == "OOMKilled" for end in ends)

    await_pod(cluster, namespace, reason)


def test_a_claim_gets_storage(cluster: Cluster, namespace: str) -> None:
    spec = {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Mi"}}}
    claim = {"apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {"name": "data"}, "spec": spec}
    cluster.kubectl("apply", "-f", "-", input=json.dumps(claim), namespace=namespace)
    cluster.kubectl("wait", "--for=jsonpath={.status.phase}=Bound", "pvc/data", "--timeout=30s", namespace=namespace)


def test_an_old_pod_leaves_quickly(cluster: Cluster, namespace: str) -> None:
    run_pod(cluster, namespace, "nginx:1.27")
    cluster.kubectl("wait", "--for=condition=Ready", "pod/one", "--timeout=30s", namespace=namespace)
    started = time.monotonic()
    cluster.kubectl("delete", "pod", "one", namespace=namespace)
    assert time.monotonic() - started < 10
