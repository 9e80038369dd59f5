"""Writes docs/labs/schema.json, with which editors complete and check lab.yaml: python -m tools.lab_schema."""

import json
from pathlib import Path

from quizapp.labs.lab_schema import lab_schema

FILE = Path(__file__).resolve().parents[1] / "docs" / "labs" / "schema.json"


def text() -> str:
    """The file's text: the same code, the same bytes."""
    return json.dumps(lab_schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(text(), encoding="utf-8")
    print(FILE)
