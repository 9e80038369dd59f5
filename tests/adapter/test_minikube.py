"""Why a cluster of minikube does not answer, from what `minikube status` prints: in the words of the one who learns.

The texts here have the fields that minikube 1.3x prints; there is no minikube where these tests run.
"""

import json
import os
from pathlib import Path

import pytest

from quizapp.cluster.adapter import Cluster
from quizapp.cluster.minikube import sharper, status
from quizapp.labs.trouble import ClusterTrouble
from tests.adapter.api import Api, kubeconfig, reply, served
from tests.adapter.test_collect import NOW

TROUBLE = ClusterTrouble("The cluster cannot be reached.", "minikube status", value="refused")
RUNS = {
    "Name": "minikube", "Host": "Running", "Kubelet": "Running", "APIServer": "Running", "Kubeconfig": "Configured",
    "Worker": False,
}  # fmt: skip
WORKER = {"Name": "minikube-m02", "Host": "Running", "Kubelet": "Running", "Worker": True}
STOPPED = {**RUNS, "Host": "Stopped", "Kubelet": "Stopped", "APIServer": "Stopped", "Kubeconfig": "Stopped"}


def told(**changes: str) -> ClusterTrouble:
    return sharper(TROUBLE, json.dumps({**RUNS, **changes}), "minikube")


@pytest.mark.parametrize(
    ("changes", "rule", "says", "hint"),
    [
        ({"Kubeconfig": "Misconfigured"}, "C2", "no longer is", "minikube update-context -p minikube"),
        (dict(STOPPED, Name="minikube"), "C1", "is stopped", "minikube start -p minikube"),
        ({"Host": "Nonexistent", "APIServer": "Nonexistent"}, "C1", "no minikube cluster", "minikube start"),
        ({"Kubelet": "Stopped", "APIServer": "Paused"}, "C1", "is paused", "minikube unpause -p minikube"),
        ({"Kubelet": "Stopped", "APIServer": "Stopped"}, "C1", "its API server does not", "minikube start"),
    ],
)
def test_what_minikube_knows_is_told_with_the_way_out(changes: dict[str, str], rule: str, says: str, hint: str) -> None:
    found = told(**changes)
    assert (found.rule, found.hint.startswith(hint)) == (rule, True)
    assert says in found.says


def test_of_several_nodes_the_one_with_the_api_server_counts() -> None:
    assert sharper(TROUBLE, json.dumps([WORKER, STOPPED]), "minikube").says.endswith("is stopped.")
    gone = {**WORKER, "Host": "Stopped", "Kubelet": "Stopped"}
    assert sharper(TROUBLE, json.dumps([gone, RUNS]), "minikube") is TROUBLE


@pytest.mark.parametrize(
    "printed", ["", "* Profile minikube not found.", "[]", "3", '{"Host": null}', json.dumps(RUNS)]
)
def test_what_says_nothing_changes_nothing(printed: str) -> None:
    assert sharper(TROUBLE, printed, "minikube") is TROUBLE


def test_a_profile_is_quoted_in_the_command() -> None:
    assert sharper(TROUBLE, json.dumps(STOPPED), "a b;c").hint == "minikube start -p 'a b;c'"


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A minikube that is stopped, says so with its exit code too, and counts how often it is asked."""
    file = tmp_path / "bin" / "minikube"
    file.parent.mkdir()
    file.write_text(f'#!/bin/sh\necho "$@" >> "$0.asked"\necho \'{json.dumps(STOPPED)}\'\nexit 7\n')
    file.chmod(0o755)
    monkeypatch.setenv("PATH", f"{file.parent}{os.pathsep}{os.environ['PATH']}")
    return file


def unreachable(tmp_path: Path, *, minikube: bool = True) -> Cluster:
    with served(Api()) as port:
        pass  # nobody listens there any more
    file = kubeconfig(tmp_path / "config", port)
    if not minikube:
        Path(file).write_text(Path(file).read_text().replace("minikube.sigs.k8s.io", "elsewhere"))
    return Cluster(kubeconfig=file, now=lambda: NOW)


def test_a_stopped_cluster_is_told_and_minikube_is_asked_once_for_many_rounds(program: Path, tmp_path: Path) -> None:
    cluster = unreachable(tmp_path)
    for _ in range(3):
        with pytest.raises(ClusterTrouble, match="is stopped") as found:
            cluster.collect("minikube", "lab-probe", (), fresh=True)
        assert (found.value.rule, found.value.value) == ("C1", "Host: Stopped")
    with pytest.raises(ClusterTrouble, match="is stopped"):
        cluster.identify("minikube")
    with pytest.raises(ClusterTrouble, match="is stopped"):
        cluster.prepare("minikube", "lab-probe", {}, ())
    assert Path(f"{program}.asked").read_text() == "status --output=json --profile minikube\n"


def test_of_another_cluster_minikube_is_not_asked(program: Path, tmp_path: Path) -> None:
    with pytest.raises(ClusterTrouble, match="cannot be reached"):
        unreachable(tmp_path, minikube=False).collect("minikube", "lab-probe", (), fresh=True)
    assert not Path(f"{program}.asked").exists()


def test_a_cluster_that_answers_is_not_asked_about(program: Path, tmp_path: Path) -> None:
    api = Api()
    api.answers["/api/v1/namespaces/kube-system"] = reply({"message": "no"}, status=403)
    with served(api) as port:
        cluster = Cluster(kubeconfig=kubeconfig(tmp_path / "config", port), now=lambda: NOW)
        with pytest.raises(ClusterTrouble, match="not allowed"):
            cluster.collect("minikube", "lab-probe", (), fresh=True)
    assert not Path(f"{program}.asked").exists()


def test_without_minikube_nothing_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert status("minikube") == ""


def test_a_minikube_that_does_not_end_is_left_behind(
    program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program.write_text("#!/bin/sh\nexec sleep 60\n")
    monkeypatch.setattr("quizapp.cluster.minikube.LONGEST_S", 0.2)
    assert status("minikube") == ""
