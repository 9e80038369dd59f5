"""`make lock`: turns requirements*.in into locks with hashes that hold on Linux, macOS and Windows."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OPTIONS = (
    "--quiet",
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-header",
    "--no-emit-index-url",
    "--no-emit-find-links",
)


def main() -> None:
    """Writes both locks; the second takes the run-time pins of the first."""
    for name, extra in (("requirements", ()), ("requirements-dev", ("-c", "requirements.txt"))):
        uv = Path(sys.executable).parent / "uv"
        subprocess.run(
            [uv, "pip", "compile", *OPTIONS, *extra, f"{name}.in", "-o", f"{name}.txt"], cwd=ROOT, check=True
        )


if __name__ == "__main__":
    main()
