"""`make bench`: what things cost beside something simpler in the same minute; prints a table and writes bench.json.

bench.json: {"commit", "machine": {"processor", "cores", "system", "python"}, "results": [...]}; a result has "name",
"what" and "over" (the two that were timed in turn), "ratio" (their median), "low" and "high" (its spread), "runs" (how
many pairs) and "seconds" (the median of one `what`). Ratios can be compared between machines, seconds cannot.
"""

import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

from tools.bench import cards, labs, many, notes, pages
from tools.bench.pairs import HEAD, Effort, Ratio
from tools.cluster import build, needs

ROOT = Path(__file__).resolve().parents[2]
CLUSTER = "bench"


def main(target: Path) -> int:
    """The exit code; a cluster that cannot be had costs a line, not the run."""
    write(measured([*anywhere(Effort()), with_cluster(Effort())]), target)
    print(f"most memory: {notes.memory_mb():.0f} MB; written to {target}")
    return 0


def anywhere(effort: Effort) -> list[Iterator[Ratio]]:
    """What needs this machine alone."""
    return [notes.measure(effort), cards.measure(effort), pages.measure(effort), many.measure(effort)]


def with_cluster(effort: Effort) -> Iterator[Ratio]:
    """What needs a Kubernetes: one of tools/cluster, stopped afterwards unless it ran before."""
    reason = _why_no_cluster()
    if reason:
        print(f"not measured: lab/verified, since {reason}")
        return
    ran_before = _control("status").returncode == 0
    started = _control("up")
    if started.returncode:
        print(f"not measured: lab/verified, since the cluster did not start: {started.stderr.strip()}")
        return
    try:
        yield from labs.measure(effort, _control("kubeconfig").stdout.strip(), "minikube")
    finally:
        if not ran_before:
            _control("down")


def measured(groups: Iterable[Iterator[Ratio]]) -> list[Ratio]:
    """Every ratio, told as soon as it is there."""
    ratios = []
    print(HEAD)
    for group in groups:
        for ratio in group:
            print(ratio.line(), flush=True)
            ratios.append(ratio)
    return ratios


def write(ratios: list[Ratio], target: Path) -> None:
    """bench.json as this module's docstring says."""
    machine = {
        "processor": platform.machine(),
        "cores": os.cpu_count(),
        "system": platform.system(),
        "python": platform.python_version(),
    }
    results = [{key: value for key, value in asdict(ratio).items() if key != "aim"} for ratio in ratios]
    data = {"commit": _commit(), "machine": machine, "results": results}
    target.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")


def _why_no_cluster() -> str:
    """Why none can be had at once; a build of minutes is no part of a benchmark."""
    trouble = needs.why_not()
    if trouble:
        return f"{trouble.says} ({trouble.hint})"
    missing = build.missing()
    return f"the cluster is not built yet: {', '.join(missing)} (make setup-test builds it)" if missing else ""


def _control(command: str) -> "subprocess.CompletedProcess[str]":
    """Runs tools.cluster as a person does."""
    words = [sys.executable, "-m", "tools.cluster", command, "--name", CLUSTER]
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)


def _commit() -> str:
    """The commit that was measured, or nothing outside of a checkout."""
    words = ["git", "describe", "--always", "--dirty", "--abbrev=12"]
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()


if __name__ == "__main__":
    sys.exit(main(ROOT / "bench.json"))
