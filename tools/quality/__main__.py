"""`make quality`: writes docs/quality.md; `python -m tools.quality --sheet NAME` prints a fixture's items to judge."""

import argparse
import sys

from quizapp.questions import score
from tools.quality import fit
from tools.quality.labels import NOTES, ROOT, Fixture, fixtures, in_short, sheet
from tools.quality.page import as_markdown
from tools.quality.report import judged

PAGE = ROOT / "docs" / "quality.md"


def main(arguments: list[str]) -> int:
    """The exit code: 1 when an item has no label."""
    parser = argparse.ArgumentParser(prog="python -m tools.quality", description=__doc__)
    parser.add_argument("--sheet", metavar="NAME", help="print the items of a fixture that nobody has judged")
    parser.add_argument("--whole", action="store_true", help="with --sheet: all items, judged or not")
    parser.add_argument("--tidy", action="store_true", help="drop labels of items that are no more, order the rest")
    parser.add_argument("--fit", action="store_true", help="fit the weights of the score to the labels first")
    chosen = parser.parse_args(arguments)
    found = list(fixtures())
    if chosen.sheet:
        print(sheet(next(one for one in found if one.name == chosen.sheet), whole=chosen.whole))
        return 0
    if chosen.tidy:
        for fixture in found:
            _tidy(fixture)
    if chosen.fit:
        fit.write(judged(found))
        score.weights.cache_clear()
        found = list(fixtures())
    PAGE.write_text(as_markdown(found), encoding="utf-8")
    print(f"written to {PAGE}")
    missing = [
        f"{fixture.name}: {in_short(item)}"
        for fixture in found
        for item in fixture.made.items
        if item.id not in fixture.labels
    ]
    for line in missing:
        print(f"nobody has judged {line}", file=sys.stderr)
    return 1 if missing else 0


def _tidy(fixture: Fixture) -> None:
    lines = []
    for item in fixture.made.items:
        label = fixture.labels.get(item.id)
        if label:
            verdict = f"{','.join(sorted(label.fails))} {label.why}" if label.fails else "ok"
            lines.append(f"{item.id}\t{verdict}\t{in_short(item)}\n")
    (NOTES / f"{fixture.name}.labels.txt").write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
