"""What the machine must have, each missing thing with the line that brings it. Installs nothing itself."""

import os
import shutil
import sys
from pathlib import Path

from tools.cluster.trouble import Trouble

# Debian's package for each program; CNI plug-ins are looked for as a folder.
PROGRAMS = {
    "unshare": "util-linux",
    "nsenter": "util-linux",
    "mount": "mount",
    "ip": "iproute2",
    "openssl": "openssl",
    "runc": "runc",
    "nft": "nftables",
    "iptables": "iptables",
    "busybox": "busybox-static",
}
CNI_PACKAGE = "containernetworking-plugins"
CNI_FOLDERS = (Path("/usr/lib/cni"), Path("/opt/cni/bin"), Path("/usr/libexec/cni"))
PATH = os.pathsep.join([os.environ.get("PATH", ""), "/usr/local/sbin", "/usr/sbin", "/sbin", "/usr/bin", "/bin"])
PACKAGES = tuple(sorted({*PROGRAMS.values(), CNI_PACKAGE}))


def program(name: str) -> str:
    """The full path of a program, sbin folders included."""
    found = shutil.which(name, path=PATH)
    if found is None:
        raise Trouble(f"{name} is missing", f"sudo apt-get install {PROGRAMS.get(name, name)}")
    return found


def cni_folder() -> Path:
    found = next((folder for folder in CNI_FOLDERS if (folder / "bridge").is_file()), None)
    if found is None:
        raise Trouble("the CNI plug-ins are missing", f"sudo apt-get install {CNI_PACKAGE}")
    return found


def missing_packages() -> list[str]:
    """Debian's names of the packages without which no cluster runs here."""
    absent = {package for name, package in PROGRAMS.items() if shutil.which(name, path=PATH) is None}
    if not any((folder / "bridge").is_file() for folder in CNI_FOLDERS):
        absent.add(CNI_PACKAGE)
    return sorted(absent)


def why_not() -> Trouble | None:
    """Why this machine cannot run a cluster, or None when it can."""
    if sys.platform != "linux":
        return Trouble("the built-in cluster needs Linux", "use minikube, and name its context in QUIZAPP_TEST_CONTEXT")
    if os.geteuid() != 0:
        return Trouble("the built-in cluster needs root", "run the same command with sudo, or use minikube")
    absent = missing_packages()
    if absent:
        return Trouble(f"missing on this machine: {' '.join(absent)}", f"apt-get install {' '.join(absent)}")
    return None


def require_root() -> None:
    if os.geteuid() != 0:
        raise Trouble("this needs root", "run the same command with sudo")


def require() -> None:
    trouble = why_not()
    if trouble:
        raise trouble
