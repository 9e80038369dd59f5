"""Process 1 of the cluster's own namespaces: makes its network and mounts, starts the node's parts, keeps them running.

Started by `run.up` through unshare. Killing it ends everything that it started. It never touches what lies outside.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from tools.cluster import needs, node
from tools.cluster.host import MOUNT_POINTS
from tools.cluster.pki import NODE_ADDRESS

RESTART_AFTER = 1.0


def main(plan: node.Plan) -> None:
    _mounts(plan)
    _network()
    keeper = Keeper(plan)
    keeper.start(node.early(plan))
    while not _api_listens():
        keeper.bury(wait=False)
        time.sleep(0.05)
    keeper.start(node.late(plan))
    while True:
        keeper.bury(wait=True)


@dataclass
class Keeper:
    """The node's parts that should run; one that ended is started again."""

    plan: node.Plan
    commands: dict[str, list[str]] = field(default_factory=dict)
    running: dict[int, str] = field(default_factory=dict)

    def start(self, commands: dict[str, list[str]]) -> None:
        self.commands |= commands
        for name in commands:
            self._start(name)

    def bury(self, *, wait: bool) -> None:
        """Takes in one dead process, as process 1 must for every orphan, if there is one or when one comes."""
        pid, _ = os.waitpid(-1, 0 if wait else os.WNOHANG)
        name = self.running.pop(pid, None)
        if name:
            time.sleep(RESTART_AFTER)
            self._start(name)

    def _start(self, name: str) -> None:
        path = os.pathsep.join([str(self.plan.containerd), needs.PATH])
        with (self.plan.state / "log" / f"{name}.log").open("ab") as output:
            started = subprocess.Popen(
                self.commands[name],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd=self.plan.state,
                start_new_session=True,
                env=os.environ | {"PATH": path},
            )
        self.running[started.pid] = name


def _mounts(plan: node.Plan) -> None:
    """Nothing that is mounted or written here shows outside: mounts are private, the usual folders are our own."""
    mount = needs.program("mount")
    subprocess.run([mount, "--make-rprivate", "/"], check=True)
    subprocess.run([mount, "--make-rshared", "/"], check=True)
    subprocess.run([mount, "-t", "tmpfs", "-o", "mode=755", "tmpfs", "/run"], check=True)
    Path("/run/lock").mkdir()
    for point in MOUNT_POINTS:
        own = plan.state / "private" / point.lstrip("/")
        own.mkdir(parents=True, exist_ok=True)
        subprocess.run([mount, "--bind", own, point], check=True)
    for name in ("resolv.conf", "hosts"):
        target = Path("/etc", name).resolve()
        if target.is_relative_to("/run"):
            target.parent.mkdir(parents=True, exist_ok=True)
            target.touch()
        if target.exists():
            subprocess.run([mount, "--bind", plan.state / name, target], check=True)


def _network() -> None:
    """The node's address lies on a bridge; the default route leads there too, so that Services have one."""
    socket.sethostname("minikube")
    ip = needs.program("ip")
    for arguments in (
        "link set lo up",
        "link add kube0 type bridge",
        f"addr add {NODE_ADDRESS}/24 dev kube0",
        "link set kube0 up",
        "route add default dev kube0",
    ):
        subprocess.run([ip, *arguments.split()], check=True)
    for key, value in {"ipv4/ip_forward": "1", "bridge/bridge-nf-call-iptables": "1"}.items():
        path = Path("/proc/sys/net", key)
        if path.exists():
            path.write_text(value)


def _api_listens() -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", node.API_PORT)) == 0


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    main(node.Plan.load(Path(sys.argv[1]).read_text()))
