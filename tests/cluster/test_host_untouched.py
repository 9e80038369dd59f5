"""A cluster that came and went leaves the machine as it was: firewall, devices, mounts, network names, settings."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cluster_fixture import Cluster, built_in_or_skip, control
from tools.cluster import host

# Neither what kernels begin with nor what kubelet writes, so that putting back is seen.
ODD = {"vm/overcommit_memory": "2", "vm/panic_on_oom": "0", "kernel/panic": "17", "kernel/panic_on_oops": "0"}
COMMANDS = (
    ("nft", "list", "ruleset"),
    ("iptables-save",),
    ("ip", "-o", "link", "show"),
    ("ip", "-o", "address", "show"),
    ("ip", "route", "show", "table", "all"),
)


@pytest.fixture
def odd_settings() -> Iterator[None]:
    """Kernel settings that are nobody's; vm.overcommit_memory stays harmless because its ratio is raised with it."""
    ratio = Path("/proc/sys/vm/overcommit_ratio")
    paths = {host.PROC_SYS / key: value for key, value in ODD.items() if (host.PROC_SYS / key).exists()}
    before = {path: path.read_text() for path in (ratio, *paths)}
    ratio.write_text("1000")
    for path, value in paths.items():
        path.write_text(value)
    yield
    for path, text in reversed(before.items()):
        path.write_text(text)


def looks() -> dict[str, object]:
    """The machine as far as a cluster could change it."""
    found: dict[str, object] = {}
    for command in COMMANDS:
        if shutil.which(command[0]):
            printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
            found[" ".join(command)] = [line for line in printed.splitlines() if not line.startswith("#")]
    found["mounts"] = sorted(Path("/proc/mounts").read_text().splitlines())
    found["network names"] = sorted(path.name for path in Path("/run/netns").glob("*"))
    found["settings"] = {
        key: (host.PROC_SYS / key).read_text() for key in host.SYSCTLS if (host.PROC_SYS / key).exists()
    }
    found["folders"] = [point for point in host.MOUNT_POINTS if Path(point).exists()]
    return found


def test_the_machine_is_as_it_was(tmp_path: Path, odd_settings: None) -> None:
    built_in_or_skip()
    before = looks()
    control("up", "--name", "guest", state=tmp_path)
    try:
        guest = Cluster(Path(control("kubeconfig", "--name", "guest", state=tmp_path).strip()), "minikube", "guest")
        guest.kubectl("create", "deployment", "web", "--image=nginx:1.27")
        guest.kubectl("expose", "deployment", "web", "--port=80", "--type=NodePort")
        guest.kubectl("wait", "--for=condition=Available", "deployment/web", "--timeout=90s")
        during = looks()
        assert during["settings"] != before["settings"]
        for name in (*(" ".join(command) for command in COMMANDS), "mounts", "network names"):
            assert during.get(name) == before.get(name), name
    finally:
        control("down", "--name", "guest", state=tmp_path)
    assert looks() == before
