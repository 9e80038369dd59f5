"""`make test`: every test there is, then one line for each kind that could not run here, and why.

With CI=true nothing may be skipped: a skip makes the run fail.
"""

import os
import sys
from collections import defaultdict

import pytest

KINDS = ("postgres", "browser", "cluster", "style")


class Skips:
    """Gathers what was skipped, by kind and reason."""

    def __init__(self) -> None:
        self.by_kind: defaultdict[str, dict[str, int]] = defaultdict(dict)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """pytest's hook, once for each phase of each test."""
        if report.skipped:
            kind = next((name for name in KINDS if name in report.keywords), "plain")
            says = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
            reason = says.removeprefix("Skipped: ")
            self.by_kind[kind][reason] = self.by_kind[kind].get(reason, 0) + 1

    def lines(self) -> list[str]:
        """A sentence for each kind and reason."""
        return [
            f"not run: {count} {kind} tests: {reason}"
            for kind, reasons in self.by_kind.items()
            for reason, count in reasons.items()
        ]


def main(arguments: list[str]) -> int:
    """The exit code of pytest, or 1 when CI skipped something."""
    skips = Skips()
    code = int(pytest.main(["-m", "", "-q", "--durations=15", "--durations-min=3", *arguments], plugins=[skips]))
    for line in skips.lines():
        print(line)
    if skips.by_kind and os.environ.get("CI") == "true":
        print("CI=true: nothing may be skipped")
        return code or 1
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
