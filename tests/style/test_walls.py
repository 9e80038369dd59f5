"""Size walls: what grows past them is split, not excused (architecture norms)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SKIPPED = {".venv", "node_modules", "vendor", "__pycache__", ".git"}
FILES = {  # folder, pattern -> lines
    ("quizapp", "*.py"): 400,
    ("tools", "*.py"): 400,
    ("migrations", "*.py"): 400,
    ("tests", "*.py"): 500,
    ("quizapp/web/templates", "*.html"): 200,
    ("quizapp/web/static", "*.js"): 150,
    ("quizapp/web/static", "*.css"): 400,
}
FUNCTIONS = {"quizapp": 45, "tools": 45, "tests": 40}

pytestmark = pytest.mark.style


def files(folder: str, pattern: str) -> Iterator[Path]:
    for path in sorted((ROOT / folder).rglob(pattern)):
        if not SKIPPED.intersection(path.relative_to(ROOT).parts):
            yield path


@pytest.mark.parametrize(("folder", "pattern"), FILES)
def test_no_file_is_longer_than_its_wall(folder: str, pattern: str) -> None:
    found = list(files(folder, pattern))
    assert found, f"{folder}/{pattern} matches nothing: the wall would guard nothing"
    wall = FILES[folder, pattern]
    lengths = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in found}
    assert {name: length for name, length in lengths.items() if length > wall} == {}


@pytest.mark.parametrize("folder", FUNCTIONS)
def test_no_function_is_longer_than_its_wall(folder: str) -> None:
    long = {}
    for path in files(folder, "*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > FUNCTIONS[folder]:
                    long[f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"] = length
    assert long == {}


def test_every_module_says_what_it_is() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for folder in ("quizapp", "tools")
        for path in files(folder, "*.py")
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_there_is_no_drawer_for_everything() -> None:
    names = {"models", "views", "utils", "helpers", "common", "misc"}
    assert [str(path) for path in files("quizapp", "*.py") if path.stem in names] == []


def test_settings_alone_read_the_environment() -> None:
    code = {path.name: path.read_text(encoding="utf-8") for path in files("quizapp", "*.py")}
    assert [name for name, text in code.items() if "os.environ" in text or "getenv" in text] == ["settings.py"]
