"""`make bench`: what things cost beside something measured in the same minute; prints ratios and writes bench.json.

bench.json is a list of {"name", "ratio", "low", "high", "seconds"}: the ratio's median and spread over nine pairs, and
the median seconds of the first of the two.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.bench import cards, labs, notes, pages
from tools.bench.pairs import Ratio
from tools.cluster import needs

ROOT = Path(__file__).resolve().parents[2]
CLUSTER = "bench"


def main(target: Path) -> int:
    """The exit code; a cluster that cannot be had costs a line, not the run."""
    ratios: list[Ratio] = []
    print(f"{'what / beside what':<58} {'ratio':>8}  (low-high)   {'one call':>11}  aim")
    for ratio in everything():
        print(ratio.line(), flush=True)
        ratios.append(ratio)
    print(f"most memory: {notes.memory_mb():.0f} MB")
    target.write_text(json.dumps([ratio.to_dict() for ratio in ratios], indent=2) + "\n", encoding="utf-8")
    print(f"written to {target}")
    return 0


def everything() -> Iterator[Ratio]:
    """Every ratio there is."""
    yield from notes.measure()
    yield from cards.measure()
    yield from pages.measure()
    trouble = needs.why_not()
    if trouble:
        print(f"not measured: labs, since there is no cluster here: {trouble}")
        return
    control("up")
    try:
        yield from labs.measure(control("kubeconfig").strip(), "minikube")
    finally:
        control("down")


def control(command: str) -> str:
    """Runs tools.cluster as a person does."""
    words = [sys.executable, "-m", "tools.cluster", command, "--name", CLUSTER]
    return subprocess.run(words, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout


if __name__ == "__main__":
    sys.exit(main(ROOT / "bench.json"))
