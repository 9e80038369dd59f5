"""`make verdicts`: prints how many situations are judged right, in all and by rule; `--wrong` names the others."""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tools.verdicts.cases import Case, all_cases


@dataclass
class Score:
    """Right and all."""

    right: int = 0
    all: int = 0

    def add(self, *, right: bool) -> None:
        self.right, self.all = self.right + right, self.all + 1

    def __str__(self) -> str:
        return f"{self.right}/{self.all}"


def main(arguments: Sequence[str]) -> int:
    """The exit code: 1 when a verdict or a first cause is wrong."""
    parser = argparse.ArgumentParser(prog="python -m tools.verdicts", description=__doc__)
    parser.add_argument("--wrong", action="store_true", help="name what is judged wrong")
    parser.add_argument("--record", metavar="KUBECONFIG", help="break things on this cluster, and keep what it answers")
    parser.add_argument("--context", default="minikube", help="with --record: the context (minikube)")
    parser.add_argument("--only", default="", help="with --record: entries with this text in their sentence")
    chosen = parser.parse_args(arguments)
    if chosen.record:
        from tools.verdicts.record import broken_live  # only where a cluster is asked for

        return broken_live(chosen.record, chosen.context, chosen.only)
    cases = list(all_cases())
    print("\n".join(report(cases)))
    wrong = [case for case in cases if not case.right]
    if chosen.wrong:
        for case in wrong:
            print(f"{case.name}: {' '.join(case.found)} where {' '.join(case.expected)} is right", file=sys.stderr)
    return 1 if wrong else 0


def report(cases: Sequence[Case]) -> Iterable[str]:
    """The lines: totals, where the state and where the first rule is right, then by rule."""
    states, rules, live = Score(), Score(), Score()
    by_rule: dict[str, Score] = {}
    sources = Counter(case.source for case in cases)
    for case in cases:
        states.add(right=case.found[0] == case.expected[0])
        rules.add(right=case.found[1] == case.expected[1])
        by_rule.setdefault(case.expected[1], Score()).add(right=case.right)
        if case.source != "made":
            live.add(right=case.right)
    yield f"state right        {states}"
    yield f"first rule right   {rules}"
    yield f"of real clusters   {live}"
    yield "from               " + ", ".join(f"{number} {name}" for name, number in sorted(sources.items()))
    yield "by first rule (- is none)"
    names = sorted(by_rule, key=lambda name: (name[0], int(name[1:] or 0)))
    cells = [f"{name:>4} {by_rule[name]!s:<8}" for name in names]
    for place in range(0, len(cells), 8):
        yield "  ".join(cells[place : place + 8]).rstrip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
