"""`quizapp lab test` as an author types it, on a real cluster: the table, the exit code, and nothing left behind."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cluster_fixture import KUBECTL, ROOT, Cluster

LAB = """lab: probe
title: Probe
steps:
  - id: make
    title: Make it
    text: Make a ConfigMap named `shop` whose key `hours` says `9-17`.
    get: {shop: {kind: ConfigMap, name: shop}}
    match: {shop: {data: {hours: "9-17"}}}
  - id: keep
    title: Keep it
    text: Make the ConfigMap `shop` immutable.
    get: {shop: {kind: ConfigMap, name: shop}}
    match: {shop: {immutable: true}}
"""
PROOF = """solution:
  - step: make
    run: [create configmap shop --from-literal=hours=9-17]
  - step: keep
    run: ["patch configmap shop -p '{\\"immutable\\": true}'"]
near-misses:
  - name: another name
    run: [create configmap shops --from-literal=hours=9-17]
    expect: {step: make, state: blocked, rule: O2}
  - name: somewhere else
    elsewhere: [create configmap shop --from-literal=hours=9-17]
    expect: {step: make, state: blocked, rule: O1}
"""


def run(cluster: Cluster, data: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """The command with this cluster's kubeconfig, and kubectl on its PATH."""
    path = f"{KUBECTL.parent}{os.pathsep}{os.environ['PATH']}"
    settings = {"KUBECONFIG": str(cluster.kubeconfig), "QUIZAPP_DATA": str(data), "PATH": path}
    command = [sys.executable, "-m", "quizapp", *map(str, words), "--allow-context", cluster.context]
    command += ["--context", cluster.context]
    return subprocess.run(
        command, cwd=ROOT, env=os.environ | settings, capture_output=True, text=True, check=False, timeout=300
    )


@pytest.fixture
def lab(tmp_path: Path) -> Path:
    folder = tmp_path / "probe"
    folder.mkdir()
    (folder / "lab.yaml").write_text(LAB)
    (folder / "proof.yaml").write_text(PROOF)
    return folder


def left(cluster: Cluster) -> list[str]:
    """Namespaces of a trial that nobody has begun to remove."""
    items = json.loads(cluster.kubectl("get", "namespaces", "-l", "quizapp.dev/run=probe", "-o", "json"))["items"]
    return [item["metadata"]["name"] for item in items if not item["metadata"].get("deletionTimestamp")]


def test_a_lab_that_is_as_declared_ends_with_0_and_leaves_nothing(cluster: Cluster, lab: Path, tmp_path: Path) -> None:
    done = run(cluster, tmp_path / "data", "lab", "test", lab)
    lines = done.stdout.splitlines()
    assert done.returncode == 0, done.stdout + done.stderr
    assert lines[0].split() == ["state", "rule", "seconds", "part"]
    assert [line.split()[:3] for line in lines[1:-1]] == [
        ["ok", "passed", "-"],
        ["ok", "passed", "-"],
        ["ok", "blocked", "O2"],
        ["ok", "blocked", "O1"],
    ]
    assert lines[-1] == "4 parts tried, 0 not as declared"
    assert left(cluster) == []
    assert "shop" not in cluster.kubectl("get", "configmaps", "-o", "name", namespace="default")


def test_a_command_that_fails_ends_with_1_and_leaves_nothing(cluster: Cluster, lab: Path, tmp_path: Path) -> None:
    (lab / "proof.yaml").write_text(PROOF.replace("patch configmap shop", "patch configmap shops", 1))
    done = run(cluster, tmp_path / "data", "lab", "test", lab, "--json")
    assert done.returncode == 1, done.stderr
    rows = json.loads(done.stdout)["parts"]
    assert [(row["step"], bool(row["wrong"])) for row in rows][:2] == [("make", False), ("keep", True)]
    assert 'configmaps "shops" not found' in rows[1]["wrong"]
    assert left(cluster) == []
