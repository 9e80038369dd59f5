"""Cutting the API server off and bringing it back."""

import json
import subprocess

import pytest

from tests.cluster_fixture import KUBECTL, Cluster


def test_a_cut_cluster_refuses_and_comes_back_as_it_was(cluster: Cluster, namespace: str) -> None:
    before = json.loads(cluster.kubectl("get", "namespace", namespace, "-o", "json"))["metadata"]["uid"]
    cluster.cut()
    try:
        with pytest.raises(AssertionError, match="refused"):
            cluster.kubectl("get", "namespaces")
    finally:
        cluster.restore()
    after = json.loads(cluster.kubectl("get", "namespace", namespace, "-o", "json"))["metadata"]["uid"]
    assert after == before


def test_a_cut_ends_a_watch_that_was_going_on(cluster: Cluster, namespace: str) -> None:
    command = [KUBECTL, "--kubeconfig", cluster.kubeconfig, "--context", cluster.context, "-n", namespace]
    watching = [*command, "get", "serviceaccounts", "--watch", "--output-watch-events"]
    with subprocess.Popen(watching, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as watch:
        assert watch.stdout
        watch.stdout.readline()
        cluster.cut()
        try:
            watch.wait(timeout=20)
        finally:
            cluster.restore()
            watch.kill()
    assert namespace in cluster.kubectl("get", "namespaces", "-o", "name")


def test_restoring_twice_changes_nothing(cluster: Cluster) -> None:
    cluster.restore()
    cluster.restore()
    assert "minikube" in cluster.kubectl("get", "nodes")
