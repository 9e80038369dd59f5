"""What making questions costs, beside parsing the same Markdown alone, and whether it grows as the notes do."""

import resource
import sys
from collections.abc import Iterator
from pathlib import Path

from markdown_it import MarkdownIt

from quizapp.notes.parse import parse_notes
from quizapp.questions.generate import generate
from tools.bench.pairs import Ratio, paired

NOTES = Path(__file__).resolve().parents[2] / "content" / "kubernetes" / "getting-started-with-kubernetes.md"
SIZE = 40 * 1024


def measure(calls: int = 1) -> Iterator[Ratio]:
    """40 KB of prose and lists beside its parse; ten times as many table rows beside so many."""
    text = NOTES.read_text(encoding="utf-8")
    large = (text * (SIZE // len(text) + 1))[:SIZE]
    parse = MarkdownIt("commonmark").enable("table").parse
    yield paired(
        "notes to questions, 40 KB / parse", lambda: make(large), lambda: parse(large), calls=calls, aim="< 2 s"
    )
    few, many = table(400), table(4000)
    yield paired("table of 4000 rows / of 400", lambda: make(many), lambda: make(few), calls=calls, aim="<= 15")


def table(rows: int) -> str:
    """A table as long notes have them."""
    lines = [f"| item-{n} | it does the thing number {n} for the cluster, and nothing else |" for n in range(rows)]
    return "\n".join(["# Table", "", "| name | what it does |", "|---|---|", *lines, ""])


def make(text: str) -> None:
    """Notes to items."""
    generate(parse_notes(text), slug="bench")


def memory_mb() -> float:
    """The most memory this process ever had, in MB."""
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / (1024 * 1024 if sys.platform == "darwin" else 1024)
