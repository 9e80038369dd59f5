"""What the tests of questions share: the fixtures, and items made by hand."""

from pathlib import Path
from typing import Any

from quizapp.notes.parse import parse_notes
from quizapp.questions.generate import Generated, generate
from quizapp.questions.item import Item, option_id

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = sorted((ROOT / "tests/fixtures/notes").glob("*.md"))
MODULE = ROOT / "content/kubernetes/getting-started-with-kubernetes.md"


def made_from(text: str) -> Generated:
    return generate(parse_notes(text), slug="m")


def prompts(text: str, kind: str | None = None) -> list[str]:
    return [item.prompt for item in made_from(text).items if kind in (None, item.kind)]


def item(kind: str = "choice", **payload: Any) -> Item:
    use: Any = "card" if kind in ("term", "meaning") else "quiz"
    return Item("m-1", use, kind, ("Top",), (1, 1), "source", "fact", 0.5, payload)


def choice(stem: str, key: str, *wrong: str) -> Item:
    texts = [(key, True), *((text, False) for text in wrong)]
    options = [{"id": option_id(text), "text": text, "correct": right, "feedback": "f"} for text, right in texts]
    return item(stem=stem, options=options)
