"""What making questions costs, beside parsing the same Markdown alone, and whether it grows as the notes do."""

import resource
import sys
from collections.abc import Iterator
from pathlib import Path

from markdown_it import MarkdownIt

from quizapp.notes.parse import parse_notes
from quizapp.questions.generate import generate
from tools.bench.pairs import Effort, Ratio, paired

NOTES = Path(__file__).resolve().parents[2] / "content" / "kubernetes" / "getting-started-with-kubernetes.md"
KB = 1024


def measure(effort: Effort) -> Iterator[Ratio]:
    """40 KB of prose and lists beside their parse; a table of 800 KB beside one of 80 KB, where 10 is linear."""
    prose, few, many = _prose(effort.of(40 * KB)), table(effort.of(80 * KB)), table(effort.of(800 * KB))
    parse = MarkdownIt("commonmark").enable("table").parse
    questions, alone = ("notes to questions, 40 KB", lambda: make(prose)), ("markdown-it alone", lambda: parse(prose))
    yield paired(effort, "notes/questions", questions, alone, calls=3, aim="< 2 s")
    large, small = ("a table of 800 KB", lambda: make(many)), ("a table of 80 KB", lambda: make(few))
    yield paired(effort, "notes/linear", large, small, calls=1, aim="<= 15")


def _prose(size: int) -> str:
    text = NOTES.read_text(encoding="utf-8")
    return (text * (size // len(text) + 1))[:size]


def table(size: int) -> str:
    """A table as long notes have them, of about so many bytes."""
    row = "| item-{} | it does the thing number {} for the cluster, and nothing else |"
    lines = [row.format(n, n) for n in range(size // (len(row) + 4))]
    return "\n".join(["# Table", "", "| name | what it does |", "|---|---|", *lines, ""])


def make(text: str) -> None:
    """Notes to items."""
    generate(parse_notes(text), slug="bench")


def memory_mb() -> float:
    """The most memory this process ever had, in MB."""
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / (1024 * 1024 if sys.platform == "darwin" else 1024)
