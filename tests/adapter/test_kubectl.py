"""What acts on a cluster for `lab test`: its words, its input, its refusals, and what it leaves alone."""

import os
from pathlib import Path

import pytest

from quizapp.cluster.kubectl import Kubectl
from quizapp.labs.port import NamespaceRef, Refused
from quizapp.labs.trouble import ClusterTrouble

MINE = NamespaceRef("lab-test-1", "u")
SCRIPT = """#!/bin/sh
printf "%s\\n" "$@" > "$0.words"
cat > "$0.input"
[ "$7" != fail ] || { echo "no such thing" >&2; exit 1; }
"""


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A kubectl that notes what it was told."""
    file = tmp_path / "kubectl"
    file.write_text(SCRIPT)
    file.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    return file


def test_it_says_context_and_namespace_and_hands_over_what_is_applied(program: Path) -> None:
    Kubectl("/some/config").run("minikube", MINE, ("apply", "-f", "-"), text="kind: Pod")
    words = Path(f"{program}.words").read_text().split()
    assert words == [
        "--kubeconfig", "/some/config", "--context", "minikube", "--namespace", "lab-test-1", "apply", "-f", "-",
    ]  # fmt: skip
    assert Path(f"{program}.input").read_text() == "kind: Pod"


def test_several_files_come_from_the_environment_as_kubectl_reads_it(program: Path) -> None:
    Kubectl(f"/one{os.pathsep}/two").run("minikube", MINE, ("get", "pods"))
    assert Path(f"{program}.words").read_text().split()[0] == "--context"


def test_what_fails_is_told_in_its_own_words(program: Path) -> None:
    with pytest.raises(Refused, match="kubectl fail it: no such thing"):
        Kubectl("/some/config").run("minikube", MINE, ("fail", "it"))


def test_a_namespace_that_was_there_before_is_left_alone(program: Path) -> None:
    with pytest.raises(Refused, match="left alone"):
        Kubectl("/some/config").run("minikube", NamespaceRef("shop", "u", ours=False), ("get", "pods"))
    assert not Path(f"{program}.words").exists()


def test_without_kubectl_the_way_out_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ClusterTrouble, match="install kubectl"):
        Kubectl("/some/config").run("minikube", MINE, ("get", "pods"))
