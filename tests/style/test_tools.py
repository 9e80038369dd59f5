"""The tools that read the code agree with it."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent

CHECKS = {
    "import contracts": [BIN / "lint-imports", "--no-cache"],
    "ruff": [BIN / "ruff", "check", "--no-cache", "."],
    "format": [BIN / "ruff", "format", "--check", "--no-cache", "."],
    "types": [BIN / "mypy", "--no-error-summary"],
}


@pytest.mark.style
@pytest.mark.parametrize("name", CHECKS)
def test_the_code_passes(name: str) -> None:
    result = subprocess.run(CHECKS[name], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
