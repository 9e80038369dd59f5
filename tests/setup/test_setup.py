"""Set-up on a fresh machine: what is missing is named with the line that installs it; nothing is done twice."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools import setup
from tools import test as runner

ROOT = Path(__file__).resolve().parents[2]


def machine(folder: Path, *programs: str, **scripts: str) -> dict[str, str]:
    """The environment of a machine that has these programs and nothing else on its PATH."""
    folder.mkdir()
    for name in ("sh", "dirname", "cat", *programs):
        (folder / name).symlink_to(shutil.which(name) or f"/bin/{name}")
    for name, script in scripts.items():
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)
    return {"PATH": str(folder), "HOME": str(folder)}


def run_setup(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    shell = str(Path(environment["PATH"]) / "sh")
    return subprocess.run(
        [shell, ROOT / "tools" / "setup.sh", "run"], env=environment, capture_output=True, text=True, check=False
    )


def test_a_machine_without_git_is_told_how_to_get_it(tmp_path: Path) -> None:
    done = run_setup(machine(tmp_path / "bin", **{"apt-get": ""}))
    assert (done.returncode, done.stderr) == (1, "git is missing; install it with:\n  sudo apt-get install git\n")


@pytest.mark.parametrize(
    ("manager", "line"),
    [
        ("apt-get", "sudo apt-get install python3 python3-venv"),
        ("dnf", "sudo dnf install python3"),
        ("brew", "brew install python"),
    ],
)
def test_a_machine_without_python_is_told_in_its_own_words(tmp_path: Path, manager: str, line: str) -> None:
    done = run_setup(machine(tmp_path / "bin", **{"git": "", manager: ""}))
    assert done.returncode == 1
    assert done.stderr == f"Python 3.11 or newer is missing; install it with:\n  {line}\n"


def test_an_old_python_does_not_count(tmp_path: Path) -> None:
    done = run_setup(machine(tmp_path / "bin", git="", brew="", python3="exit 1"))
    assert "Python 3.11 or newer is missing" in done.stderr


def test_a_python_without_venv_is_told_which_package_it_lacks(tmp_path: Path) -> None:
    python = 'case "$2" in *ensurepip*) exit 1;; *print*) echo 3.12;; esac'
    done = run_setup(machine(tmp_path / "bin", **{"git": "", "apt-get": "", "python3": python}))
    assert done.returncode == 1
    assert "Python 3.12 is here, but without the venv module" in done.stderr
    assert "sudo apt-get install python3.12-venv" in done.stderr


def test_nothing_is_installed_when_nothing_has_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = tmp_path / "requirements.txt"
    lock.write_text("pinned==1\n")
    installed: list[str] = []
    monkeypatch.setattr(setup, "VENV", tmp_path)
    monkeypatch.setattr(setup, "LOCKS", {"run": lock})
    monkeypatch.setattr(setup, "_usable", lambda: True)
    monkeypatch.setattr(setup, "_install", installed.append)
    setup.main("run")
    setup.main("run")
    assert installed == ["run"]
    lock.write_text("pinned==2\n")
    setup.main("run")
    assert installed == ["run", "run"]


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_every_pinned_package_has_hashes_and_every_wanted_one_is_pinned(name: str) -> None:
    text = (ROOT / f"{name}.txt").read_text()
    pins = re.findall(r"^([A-Za-z0-9._-]+)==\S+.*\\\n(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+", text, re.MULTILINE)
    named = re.findall(r"^([A-Za-z0-9._-]+)==", text, re.MULTILINE)
    assert pins == named
    wanted = re.findall(r"^([A-Za-z0-9._-]+)", (ROOT / f"{name}.in").read_text(), re.MULTILINE)
    assert {one.lower() for one in wanted} <= {one.lower().replace("_", "-") for one in named} | {"-r", "-c"}


def test_the_app_needs_no_tool_of_its_developers() -> None:
    pinned = (ROOT / "requirements.txt").read_text()
    assert [name for name in ("pytest", "playwright", "ruff", "mypy", "hypothesis") if f"\n{name}==" in pinned] == []


SKIPPING = """
import pytest

@pytest.mark.{mark}
def test_needs_something():
    pytest.skip("no such thing here; nothing about it is proven")

def test_works():
    assert True
"""


@pytest.mark.parametrize(("ci", "code"), [(False, 0), (True, 1)])
def test_what_could_not_run_is_one_line_a_kind_and_a_failure_in_ci(tmp_path: Path, ci: bool, code: int) -> None:
    (tmp_path / "test_it.py").write_text(SKIPPING.format(mark="postgres"))
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = postgres: x\n")
    program = "import sys; from tools.test import main; sys.exit(main(sys.argv[1:]))"
    command = [
        sys.executable,
        "-c",
        program,
        "-c",
        str(tmp_path / "pytest.ini"),
        "-p",
        "no:cacheprovider",
        str(tmp_path),
    ]
    environment = {**os.environ, "CI": "true" if ci else ""}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stdout
    assert "not run: 1 postgres tests: no such thing here; nothing about it is proven" in done.stdout
    assert ("CI=true: nothing may be skipped" in done.stdout) is ci


def test_every_kind_of_test_has_a_marker() -> None:
    settings = (ROOT / "pyproject.toml").read_text()
    assert [kind for kind in runner.KINDS if f'"{kind}: ' not in settings] == []
