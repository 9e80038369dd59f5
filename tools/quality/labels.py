"""What people said of generated items, in files beside the fixtures. Knows files and items, no figure.

`<name>.labels.txt` has a line for each item: its id, the verdict and the item in short, with tabs between. A verdict is
`ok`, or the points of the rubric that fail with the reason: `R6,R8 the stem tells it`. `<name>.second.txt` has those of
a second rater, who saw the rubric, the item and the notes and nothing else. `<name>.facts.txt` has the key
facts, written from the notes alone: first line, last line and the fact in short, with tabs between.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from quizapp.notes.document import Notes
from quizapp.notes.parse import parse_notes
from quizapp.questions.export import answer_of
from quizapp.questions.generate import Generated, generate
from quizapp.questions.item import Item
from quizapp.questions.shown import heading_of

ROOT = Path(__file__).resolve().parents[2]
NOTES = ROOT / "tests" / "fixtures" / "notes"
POINTS = {
    "R1": "reads as plain English and stands alone",
    "R2": "can be answered from the cited lines alone",
    "R3": "the key is right, by the notes and in Kubernetes 1.34 to 1.37",
    "R4": "one right answer or set; no wrong option is also true",
    "R5": "two wrong options or more, of the key's kind and form",
    "R6": "nothing gives the answer away",
    "R7": "no slip, no broken markup, nothing cut off",
    "R8": "worth asking: a fact of the section, no trifle",
}
FATAL = frozenset({"R3", "R4"})
NEEDED = frozenset({"R2", "R3", "R4"})
# The half on which rules were first tried; since the labels were written, both halves have been looked at.
TUNED = (
    "course-architecture",
    "course-deployments",
    "lab-only",
    "no-headings-and-prose",
    "pods-bullets-typos",
    "rbac-cheatsheet",
    "volumes-dashes",
)


@dataclass(frozen=True, slots=True)
class Label:
    """The points that fail, none for an item that is good as it is, and the reason."""

    fails: frozenset[str]
    why: str = ""

    @property
    def strict(self) -> bool:
        """Good on all eight points."""
        return not self.fails

    @property
    def lenient(self) -> bool:
        """Answerable and right, with one other fault at most."""
        return not self.fails & NEEDED and len(self.fails) <= 1

    @property
    def fatal(self) -> bool:
        """The key is wrong, or another answer is right as well."""
        return bool(self.fails & FATAL)


UNLABELLED = Label(frozenset(POINTS), "nobody has judged it")


@dataclass(frozen=True, slots=True)
class KeyFact:
    """Something the notes teach, by lines."""

    first: int
    last: int
    says: str


@dataclass(frozen=True, slots=True)
class Fixture:
    """One file of notes with what it gives and what people said of it."""

    name: str
    notes: Notes
    made: Generated
    labels: Mapping[str, Label]
    seconds: Mapping[str, Label]
    facts: tuple[KeyFact, ...]

    def label(self, item: Item) -> Label:
        """What was said of the item; an item nobody judged counts as a failure."""
        return self.labels.get(item.id, UNLABELLED)


def fixtures() -> Iterator[Fixture]:
    """All fixtures, by name."""
    for path in sorted(NOTES.glob("*.md")):
        notes = parse_notes(path.read_text("utf-8"))
        made = generate(notes, slug=path.stem)
        labels, seconds = (read_labels(path.with_suffix(f".{who}.txt")) for who in ("labels", "second"))
        yield Fixture(path.stem, notes, made, labels, seconds, tuple(_facts(path)))


def read_labels(path: Path) -> dict[str, Label]:
    """Labels by item id; raises ValueError naming file and line for a verdict that is none."""
    found: dict[str, Label] = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines() if path.is_file() else (), start=1):
        ident, _, rest = line.partition("\t")
        verdict = rest.partition("\t")[0].strip()
        fails = re.match(r"^(?:ok$|((?:R[1-8])(?:,R[1-8])*)\s+(\S.*)$)", verdict)
        if not fails:
            raise ValueError(f"{path.name}:{number}: {verdict!r} is no verdict; write ok, or R6,R8 and the reason")
        found[ident] = Label(frozenset(fails[1].split(",")) if fails[1] else frozenset(), fails[2] or "")
    return found


def _facts(path: Path) -> Iterator[KeyFact]:
    file = path.with_suffix(".facts.txt")
    for line in file.read_text("utf-8").splitlines() if file.is_file() else ():
        first, last, says = line.split("\t")
        yield KeyFact(int(first), int(last), says)


def in_short(item: Item) -> str:
    """An item on one line, for those who read labels."""
    return f"{item.use} {item.kind}: {item.prompt} = {answer_of(item)}"[:200].replace("\t", " ").replace("\n", " ")


def sheet(fixture: Fixture, *, whole: bool = False) -> str:
    """The items to judge, with all that a rater sees: options, key and the cited lines; without whole, the unjudged."""
    parts: list[str] = []
    for item in fixture.made.items:
        if not whole and item.id in fixture.labels:
            continue
        under = f", shown under \u201c{heading}\u201d" if (heading := heading_of(item)) else ""
        lines = [f"[{item.id}] {item.use} {item.kind}{under}", f"  Q: {item.prompt}"]
        lines += [f"  : {line}" for line in item.shown.splitlines()]
        lines += [f"  {'*' if option.correct else '-'} {option.text}   ({option.feedback})" for option in item.options]
        lines += [] if item.options else [f"  A: {answer_of(item)}"]
        lines += [f"  | {line}" for line in item.source.splitlines()]
        parts.append("\n".join(lines))
    return "\n\n".join(parts)
