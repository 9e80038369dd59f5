"""`make lock`: turns requirements*.in into locks with hashes that hold on Linux, macOS and Windows."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMMAND = "pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url".split()


def main() -> None:
    """Writes both locks; the second takes the run-time pins of the first."""
    for source, extra in (("requirements", ()), ("requirements-dev", ("-c", "requirements.txt"))):
        arguments = [f"{source}.in", *extra, "--no-emit-find-links", "-o", f"{source}.txt"]
        subprocess.run([Path(sys.executable).parent / "uv", *COMMAND, *arguments], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
