"""What the lexicon claims, asked of a real API server: commands, kinds, short names, defaults and limits."""

import json
from typing import Any

import pytest

from quizapp.lexicon.kinds import REMOVED, api_versions
from quizapp.lexicon.load import lexicon
from quizapp.lexicon.schema import kinds
from tests.cluster_fixture import Cluster

# Kinds of projects beside Kubernetes: a plain cluster does not serve them.
ELSEWHERE = {"gateway", "httproute", "verticalpodautoscaler", "volumesnapshot"}
POD = {
    "image": "nginx:1.27",
    "name": "web",
    "ports": [{"containerPort": 80}],
    "livenessProbe": {"httpGet": {"path": "/", "port": 80}},
}
TEMPLATE = {"metadata": {"labels": {"app": "web"}}, "spec": {"containers": [POD]}}


def completed(cluster: Cluster, body: dict[str, Any]) -> dict[str, Any]:
    """An object with the defaults that the API server fills in; nothing is stored."""
    told = cluster.kubectl("create", "--dry-run=server", "-o", "json", "-f", "-", input=json.dumps(body))
    made: dict[str, Any] = json.loads(told)
    return made


def value_of(term: str) -> str:
    (claim,) = lexicon().terms[term].claims
    return claim.answer


@pytest.fixture(scope="module")
def deployment(cluster: Cluster) -> dict[str, Any]:
    spec = {"selector": {"matchLabels": {"app": "web"}}, "template": TEMPLATE}
    return completed(
        cluster, {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web"}, "spec": spec}
    )


def test_every_kubectl_command_is_there(cluster: Cluster) -> None:
    names = [term.name for term in lexicon().terms.values() if term.name.startswith("kubectl ")]
    assert len(names) > 40
    for name in names:
        told = cluster.kubectl(*name.split()[1:], "--help")
        assert f"{name} " in f"{told} ", name


def test_every_object_is_a_kind_that_the_api_serves(cluster: Cluster) -> None:
    served = {line.split()[-1] for line in cluster.kubectl("api-resources", "--no-headers").splitlines()}
    terms = [term for term in lexicon().terms.values() if term.type == "object" and term.id not in ELSEWHERE]
    assert [term.name for term in terms if term.name not in served] == []


def test_kinds_stand_where_the_api_has_them(cluster: Cluster) -> None:
    lines = [line.split()[-3:] for line in cluster.kubectl("api-resources", "--no-headers").splitlines()]
    served = {(name, version): namespaced == "true" for version, namespaced, name in lines}
    known = {name: served.get((name, kind.versions[0])) for name, kind in kinds().items()}
    assert known == {name: kind.namespaced for name, kind in kinds().items()}


def test_short_names_are_those_of_the_api(cluster: Cluster) -> None:
    known = lexicon()
    for line in cluster.kubectl("api-resources", "--no-headers").splitlines():
        parts = line.split()
        if len(parts) == 5:
            for short in set(parts[1].split(",")) - {"limits"}:  # in notes, limits are those of containers
                found = known.find(short)
                assert found is None or found.name in (parts[-1], "Node", "worker node"), (short, found)


def test_defaults_of_a_deployment(deployment: dict[str, Any]) -> None:
    spec, rolling = deployment["spec"], deployment["spec"]["strategy"]["rollingUpdate"]
    assert str(spec["replicas"]) == value_of("replicas-default")
    assert str(spec["revisionHistoryLimit"]) == value_of("revision-history")
    assert rolling["maxSurge"] == value_of("max-surge").replace(" ", "")
    assert rolling["maxUnavailable"] == value_of("max-unavailable").replace(" ", "")
    assert spec["strategy"]["type"] == "RollingUpdate"


def test_defaults_of_a_pod_and_its_probes(deployment: dict[str, Any]) -> None:
    pod = deployment["spec"]["template"]["spec"]
    probe = pod["containers"][0]["livenessProbe"]
    assert str(pod["terminationGracePeriodSeconds"]) == value_of("grace-period")
    assert pod["restartPolicy"] == "Always"
    assert [
        str(probe[name]) for name in ("periodSeconds", "timeoutSeconds", "failureThreshold", "successThreshold")
    ] == [value_of(term) for term in ("period-seconds", "timeout-seconds", "failure-threshold", "success-threshold")]
    assert str(probe.get("initialDelaySeconds", 0)) == value_of("initial-delay-seconds")


def test_defaults_of_a_job_and_a_service(cluster: Cluster) -> None:
    pod = {"spec": {"restartPolicy": "Never", "containers": [{"name": "c", "image": "busybox"}]}}
    job = completed(
        cluster, {"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "j"}, "spec": {"template": pod}}
    )
    assert str(job["spec"]["backoffLimit"]) == value_of("backoff-limit")
    service = {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "s"}, "spec": {"ports": [{"port": 80}]}}
    assert completed(cluster, service)["spec"]["type"] == "ClusterIP"


def test_node_ports_come_from_the_range_and_a_secret_holds_no_more_than_it_may(cluster: Cluster) -> None:
    spec = {"type": "NodePort", "ports": [{"port": 80, "nodePort": 29999}]}
    body = {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "s"}, "spec": spec}
    with pytest.raises(AssertionError, match="30000-32767"):  # a dry run takes any port
        cluster.kubectl("create", "-f", "-", input=json.dumps(body))
    data = {"big": "a" * (1024 * 1024 + 1)}
    with pytest.raises(AssertionError, match="1048576"):
        completed(cluster, {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "c"}, "data": data})
    assert value_of("etcd-object-limit") == "1 MiB"


def test_api_versions_are_those_that_are_served_and_removed_ones_are_not(cluster: Cluster) -> None:
    rows = [line.split() for line in cluster.kubectl("api-resources", "--no-headers").splitlines()]
    served = {(row[-1], row[-3]) for row in rows}
    assert [pair for pair in api_versions().items() if pair not in served] == []
    groups = set(cluster.kubectl("api-versions").split())
    assert REMOVED.isdisjoint(groups)
