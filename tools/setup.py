"""Makes .venv and installs the pinned packages; does nothing when nothing changed. Uses the standard library alone.

`setup.py run` installs what the app needs, `setup.py dev` also what tests and style checks need.
"""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCKS = {"run": ROOT / "requirements.txt", "dev": ROOT / "requirements-dev.txt"}


def main(level: str) -> None:
    """Brings .venv to the level asked for."""
    if not _usable():
        print("Making .venv ...", flush=True)
        venv.create(VENV, with_pip=True, clear=True)
    if _stamp(level).is_file() and _stamp(level).read_text() == _digest(level):
        return
    print(f"Installing packages from {LOCKS[level].name} (once, about a minute) ...", flush=True)
    _install(level)
    for covered in LOCKS if level == "dev" else (level,):
        _stamp(covered).write_text(_digest(covered))


def _usable() -> bool:
    """Whether .venv runs here: a moved checkout or a removed Python leaves a broken one."""
    if not PYTHON.is_file():
        return False
    same = subprocess.run([PYTHON, "-c", "import sys; print(sys.prefix)"], capture_output=True, text=True, check=False)
    return same.returncode == 0 and Path(same.stdout.strip()).resolve() == VENV.resolve()


def _install(level: str) -> None:
    command: list[str | Path] = [
        PYTHON,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--require-hashes",
    ]
    if subprocess.run([*command, "-r", LOCKS[level]], check=False).returncode:
        sys.exit(f"The packages of {LOCKS[level].name} could not be installed; the reason stands above. Run it again.")


def _stamp(level: str) -> Path:
    return VENV / f".installed-{level}"


def _digest(level: str) -> str:
    return hashlib.sha256(LOCKS[level].read_bytes()).hexdigest()


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in LOCKS:
        sys.exit("usage: setup.py run|dev")
    main(sys.argv[1])
