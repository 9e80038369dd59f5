"""What a cluster disturbs on the machine although it has namespaces: kernel settings, cgroup folders, mount points.

What was there is written to a file before the first cluster starts and put back when the last one has ended, also by a
later command when the first one was killed.
"""

import contextlib
import json
import os
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

# kubelet sets these for the whole kernel.
SYSCTLS = (
    "vm/overcommit_memory",
    "vm/panic_on_oom",
    "kernel/panic",
    "kernel/panic_on_oops",
    "kernel/keys/root_maxkeys",
    "kernel/keys/root_maxbytes",
)
# Fixed paths that the components write to: each gets a private folder mounted over it, so it must exist.
MOUNT_POINTS = ("/var/lib/cni", "/var/log/pods", "/var/log/containers", "/tmp/hostpath_pv")
CONTROLLERS = ("cpuset", "cpu", "io", "memory", "hugetlb", "pids")
PROC_SYS = Path("/proc/sys")


@dataclass(frozen=True)
class Record:
    """How the machine was: sysctls by path, folders and cgroup controllers that were not there; true for one boot."""

    boot: str
    sysctls: dict[str, str]
    made: list[str]
    controllers: list[str]


def save(record: Path) -> None:
    """Remembers how the machine is, once: a record of this boot is older and therefore the true one."""
    if _read(record) is None:
        made = [folder for point in MOUNT_POINTS for folder in _absent(Path(point))]
        enabled = [f"{root} {name}" for root in _unified() for name in _disabled(root)]
        before = {key: (PROC_SYS / key).read_text() for key in SYSCTLS if (PROC_SYS / key).exists()}
        found = Record(_boot(), before, made, enabled)
        half = record.with_suffix(".half")
        half.write_text(json.dumps(vars(found)))
        half.rename(record)
    for point in MOUNT_POINTS:
        Path(point).mkdir(parents=True, exist_ok=True)


def restore(record: Path) -> None:
    """Puts back what `save` remembered; a record of an earlier boot has nothing to say any more."""
    found = _read(record)
    record.unlink(missing_ok=True)
    if found is None:
        return
    for key, value in found.sysctls.items():
        if (PROC_SYS / key).read_text() != value:
            (PROC_SYS / key).write_text(value)
    for folder in reversed(found.made):
        with contextlib.suppress(OSError):
            Path(folder).rmdir()
    for line in found.controllers:
        root, name = line.rsplit(" ", 1)
        with contextlib.suppress(OSError):
            Path(root, "cgroup.subtree_control").write_text(f"-{name}")


def make_cgroup(name: str) -> None:
    """A folder of the cluster's own in every cgroup hierarchy, with what its Pods may be given."""
    for root in _unified():
        for controller in _disabled(root):
            with contextlib.suppress(OSError):
                Path(root, "cgroup.subtree_control").write_text(f"+{controller}")
    for root in _hierarchies():
        folder = root / name
        folder.mkdir(exist_ok=True)
        for key in ("cpuset.cpus", "cpuset.mems"):
            if (folder / key).exists() and (root / "cpuset.cpus").exists():
                (folder / key).write_text((root / key).read_text())


def drop_cgroup(name: str, seconds: float = 5) -> None:
    """Removes the folders; the kernel needs a moment until the last process is out of them."""
    deadline = time.monotonic() + seconds
    left = [root / name for root in _hierarchies()]
    while (left := [folder for folder in left if not _drop(folder)]) and time.monotonic() < deadline:
        time.sleep(0.05)


def drop_folder(folder: Path) -> None:
    """Removes a state folder; a dying namespace can hold a file a moment longer."""
    for _ in range(20):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(0.1)


def snapshotter(folder: Path) -> str:
    """An overlay cannot lie on an overlay; there plain copies do."""
    mounts = [line.split()[1:3] for line in Path("/proc/mounts").read_text().splitlines()]
    over = [(len(point), kind) for point, kind in mounts if folder.is_relative_to(point)]
    return "native" if max(over)[1] == "overlay" else "overlayfs"


def has_capability(bit: int) -> bool:
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("CapEff"))
    return bool(int(line.split()[1], 16) & bit)


def _hierarchies() -> list[Path]:
    mounts = [line.split()[1:3] for line in Path("/proc/mounts").read_text().splitlines()]
    return [Path(point) for point, kind in mounts if kind in {"cgroup", "cgroup2"}]


def _unified() -> list[Path]:
    return [root for root in _hierarchies() if (root / "cgroup.controllers").is_file()]


def _disabled(root: Path) -> list[str]:
    """Controllers that this hierarchy has and does not hand down."""
    there, handed = ((root / f"cgroup.{file}").read_text().split() for file in ("controllers", "subtree_control"))
    return [name for name in CONTROLLERS if name in there and name not in handed]


def _drop(folder: Path) -> bool:
    for path, _, _ in os.walk(folder, topdown=False):
        with contextlib.suppress(OSError):
            os.rmdir(path)
    return not folder.exists()


def _absent(folder: Path) -> list[str]:
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    return [str(path) for path in reversed(missing)]


def _boot() -> str:
    return Path("/proc/sys/kernel/random/boot_id").read_text().strip()


def _read(record: Path) -> Record | None:
    """The record, unless there is none, it is broken, or it is of an earlier boot."""
    try:
        found = Record(**json.loads(record.read_text()))
    except (FileNotFoundError, ValueError, TypeError):
        return None
    return found if found.boot == _boot() else None
