"""Brings what tests need on Debian and Ubuntu as root: Chromium, PostgreSQL, the cluster's packages and the
cluster itself.

Elsewhere it says what to install and what will not be proven without it. Does nothing when nothing is missing.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools.cluster import build, needs
from tools.cluster.trouble import Trouble

PACKAGES = {
    "chromium-headless-shell": "/usr/bin/chromium-headless-shell",
    "fonts-dejavu-core": "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "postgresql": "/usr/lib/postgresql",
}
NO_CLUSTER = Path("/etc/postgresql-common/createcluster.conf")


def main() -> int:
    """Exit code 0; what cannot be had is one line each, and the tests say again what they could not prove."""
    missing = [name for name, place in PACKAGES.items() if not Path(place).exists()] + needs.missing_packages()
    if missing:
        _install(missing)
    trouble = needs.why_not()
    if trouble:
        print(f"no test cluster: {trouble}")
        return 0
    try:
        build.build()
    except Trouble as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _install(missing: list[str]) -> None:
    line = f"apt-get install -y --no-install-recommends {' '.join(missing)}"
    if os.name != "posix" or os.geteuid() != 0 or not shutil.which("apt-get"):
        print(f"not here: {', '.join(missing)}; on Debian or Ubuntu: sudo {line}")
        return
    print(f"Installing {', '.join(missing)} ...", flush=True)
    if "postgresql" in missing and not NO_CLUSTER.exists():
        NO_CLUSTER.parent.mkdir(parents=True, exist_ok=True)
        NO_CLUSTER.write_text("create_main_cluster = false\n", encoding="ascii")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-q"], line.split()):
        done = subprocess.run(
            command, env=environment, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL, check=False
        )
        if done.returncode:
            sys.exit(f"failed: {' '.join(command)}")


if __name__ == "__main__":
    sys.exit(main())
