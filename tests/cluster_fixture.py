"""The real Kubernetes that tests use: which one, its start and its end. A pytest plug-in, named in tests/conftest.py.

1. QUIZAPP_TEST_CONTEXT names a context: that cluster, as it is.
2. Linux as root: the one of tools/cluster, started once and stopped at the end of the session that started it.
3. Otherwise the tests are skipped, saying what is missing; with CI=true that is a failure.
"""

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
KUBECTL = Path(sys.executable).with_name("kubectl")
NAME = os.environ.get("QUIZAPP_TEST_CLUSTER", "test")
STARTED = pytest.StashKey[bool]()
OF_WORKER = "started_cluster"


@dataclass(frozen=True)
class Cluster:
    """A cluster to test on; `name` is None for one that is not ours to start, stop or cut off."""

    kubeconfig: Path
    context: str
    name: str | None

    def kubectl(self, *arguments: str, input: str | None = None, namespace: str | None = None) -> str:  # noqa: A002
        """What kubectl prints; it fails the test when kubectl fails."""
        where = ["--namespace", namespace] if namespace else []
        done = subprocess.run(
            [KUBECTL, "--kubeconfig", self.kubeconfig, "--context", self.context, *where, *arguments],
            input=input,
            capture_output=True,
            text=True,
            check=False,
            timeout=180,
        )
        assert done.returncode == 0, f"kubectl {' '.join(arguments)}: {done.stderr or done.stdout}"
        return done.stdout

    def cut(self) -> None:
        """Makes the API server unreachable from here."""
        self._control("cut")

    def restore(self) -> None:
        """Makes it reachable again, at the same port."""
        self._control("restore")

    def _control(self, command: str) -> None:
        if self.name is None:
            cannot("the cluster of QUIZAPP_TEST_CONTEXT cannot be cut off from here: 'API unreachable' is not proven")
        control(command, "--name", str(self.name))


def control(*arguments: str, state: Path | None = None) -> str:
    """Runs tools.cluster as a person does."""
    environment = os.environ | ({"QUIZAPP_CLUSTER_STATE": str(state)} if state else {})
    command = [sys.executable, "-m", "tools.cluster", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"tools.cluster {' '.join(arguments)}: {done.stdout}{done.stderr}"
    return done.stdout


def cannot(reason: str) -> None:
    """Skips in one loud line; where nothing may be skipped, fails."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI=true and {reason}", pytrace=False)
    pytest.skip(reason)


def built_in_or_skip() -> None:
    """Goes on only where tools/cluster can run."""
    from tools.cluster.needs import why_not  # only where a cluster is asked for

    trouble = why_not()
    if trouble:
        cannot(f"no Kubernetes to test on: {trouble.says} ({trouble.hint}); nothing about real clusters is proven")


@pytest.fixture(scope="session")
def cluster(request: pytest.FixtureRequest) -> Cluster:
    """The cluster of this session."""
    context = os.environ.get("QUIZAPP_TEST_CONTEXT")
    if context:
        return Cluster(Path(os.environ.get("KUBECONFIG") or Path.home() / ".kube" / "config"), context, None)
    built_in_or_skip()
    started_here = not _runs()
    capture = request.config.pluginmanager.getplugin("capturemanager")
    with capture.global_and_fixture_disabled():
        command = [sys.executable, "-m", "tools.cluster", "up", "--name", NAME]
        started = subprocess.run(command, cwd=ROOT, stdout=sys.stderr, check=False)
    assert started.returncode == 0, "the test cluster did not start; the reason stands above"
    if started_here:
        request.config.stash[STARTED] = True
        if hasattr(request.config, "workeroutput"):
            request.config.workeroutput[OF_WORKER] = True
    kubeconfig = control("kubeconfig", "--name", NAME).strip()
    return Cluster(Path(kubeconfig), "minikube", NAME)


@pytest.fixture
def namespace(cluster: Cluster) -> Iterator[str]:
    """The name of a fresh namespace that takes Pods; deleted after the test."""
    name = f"test-{uuid.uuid4().hex[:8]}"
    cluster.kubectl("create", "namespace", name)
    cluster.kubectl("wait", "--for=create", "serviceaccount/default", "--timeout=30s", namespace=name)
    yield name
    cluster.kubectl("delete", "namespace", name, "--wait=false")


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Hears from a parallel worker whether it started the cluster; one that died has nothing to say."""
    if getattr(node, "workeroutput", {}).get(OF_WORKER):
        node.config.stash[STARTED] = True


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stops what this session started, never what another one did meanwhile; a worker leaves that to its parent."""
    if not hasattr(config, "workerinput") and config.stash.get(STARTED, False) and _runs():
        control("down", "--name", NAME)


def _runs() -> bool:
    if sys.platform != "linux":
        return False
    from tools.cluster import run  # the module is for Linux

    return run.status(NAME).running
