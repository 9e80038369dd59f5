"""Checks that ask more than lists, on a real API server: what somebody may do, and what containers wrote."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from quizapp.cluster.adapter import Cluster as Adapter
from quizapp.labs.check import Outcome, Target
from quizapp.labs.evidence import NotReadable
from quizapp.labs.registry import CHECKS
from tests.cluster_fixture import Cluster

OBJECTS = """
apiVersion: v1
kind: ServiceAccount
metadata: {name: app}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader}
rules: [{apiGroups: [""], resources: [pods], verbs: [get, list]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: everybody-reads}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: "system:serviceaccounts:PLACE"}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: writer}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: writer
          image: busybox:1.36
          command: [sh, -c, "while true; do echo here we are; sleep 1; done"]
"""


@pytest.fixture
def look(cluster: Cluster, namespace: str) -> Callable[[str, Any], Outcome]:
    """Judges a check by what the cluster answers now."""
    cluster.kubectl("apply", "-f", "-", input=OBJECTS.replace("PLACE", namespace), namespace=namespace)
    adapter = Adapter(kubeconfig=str(cluster.kubeconfig), now=lambda: datetime.now(UTC))  # noqa: TID251
    targets = {"web": Target("web", "Deployment", "writer"), "gone": Target("gone", "Pod", "gone")}

    def judge(name: str, data: Any) -> Outcome:
        check = CHECKS[name](data, targets)
        return check.judge(adapter.collect(cluster.context, namespace, list(check.needs()), fresh=True), {})

    return judge


def test_a_binding_to_a_group_counts_for_its_service_accounts(look: Callable[[str, Any], Outcome]) -> None:
    who = {"who": "serviceaccount/app", "resource": "pods"}
    assert look("can", [{**who, "verb": "list"}, {**who, "verb": "delete", "allowed": False}]).findings == ()
    denied = look("can", [{**who, "verb": "delete"}]).findings
    assert [(finding.expected, finding.actual) for finding in denied] == [("allowed", "not allowed")]
    granted = look("can", [{**who, "verb": "list", "allowed": False}]).findings
    assert "everybody-reads" in granted[0].actual


def test_logs_of_every_pod_of_a_deployment_are_read(look: Callable[[str, Any], Outcome]) -> None:
    wanted = {"web": {"contains": "here we are"}}
    end = time.monotonic() + 60
    while (found := look("logs", wanted).findings) and time.monotonic() < end:
        time.sleep(0.5)
    assert found == ()
    assert look("logs", {"web": {"contains": "out of disk"}}).findings != ()
    assert look("logs", {"web": {"lacks": "here we are"}}).findings != ()
    with pytest.raises(NotReadable):
        look("logs", {"web": {"contains": "x", "container": "sidecar"}})


def test_counting_and_owning_agree_with_a_real_controller(look: Callable[[str, Any], Outcome]) -> None:
    end = time.monotonic() + 60
    wanted = [{"kind": "Pod", "labels": {"app": "web"}, "number": 2}]
    while (found := look("count", wanted).findings) and time.monotonic() < end:
        time.sleep(0.5)
    assert found == ()
    assert look("absent", ["gone"]).findings == ()
    assert [finding.actual for finding in look("absent", ["web"]).findings] == ["there"]
