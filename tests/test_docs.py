"""Docs that lag fail: kinds, lints, checks, pages and commands are named where a reader looks, and have tests."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DOCS = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "GLOSSARY.md", *sorted(Path("docs").rglob("*.md"))]


def text(name: str | Path) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def shelf(folder: str) -> list[str]:
    names = [path.stem for path in sorted((ROOT / folder).glob("*.py")) if path.stem != "__init__"]
    assert names, f"{folder} is empty"
    return names


def test_every_relative_link_in_the_docs_leads_somewhere() -> None:
    dead = [
        f"{name}: {target}"
        for name in DOCS
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text(name))
        if "://" not in target and not ((ROOT / name).parent / target).exists()
    ]
    assert dead == []


def test_every_test_file_that_the_architecture_names_exists() -> None:
    named = set(re.findall(r"`(tests/[\w/.]+)`", text("ARCHITECTURE.md")))
    assert named
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


def test_every_test_that_the_architecture_names_is_there() -> None:
    named = re.findall(r"`(tests/[\w/.]+)::(\w+)`", text("ARCHITECTURE.md"))
    assert len(named) > 20
    assert [f"{file}::{name}" for file, name in named if f"def {name}(" not in text(file)] == []


def test_every_kind_lint_check_and_rule_is_explained() -> None:
    from quizapp.labs.diagnose.why import RULES
    from quizapp.labs.operators import OPERATORS
    from quizapp.labs.registry import CHECKS

    questions, labs = text("docs/questions.md"), text("docs/labs.md")
    for folder in ("kinds", "lints"):
        assert [name for name in shelf(f"quizapp/questions/{folder}") if f"| `{name}` |" not in questions] == []
    assert [name for name in CHECKS if f"| `{name}` |" not in labs] == []
    assert [name for name, _ in RULES if f"| {name} |" not in labs] == []
    assert [name for name in OPERATORS if f"`{name}`" not in labs] == []


def test_the_lab_in_the_docs_is_a_lab_and_its_checks_parse() -> None:
    from quizapp.labs.check import Target
    from quizapp.labs.registry import CHECKS
    from quizapp.labs.spec import load_lab
    from quizapp.yamltext import load_yaml

    docs = text("docs/labs.md")
    lab, errors = load_lab(re.findall(r"```yaml\n(.*?)```", docs, re.DOTALL)[0], file="docs/labs.md")
    assert errors == []
    assert lab
    kinds = {"web": "Deployment", "api": "Deployment", "old": "Deployment", "pod": "Pod", "service": "Service"}
    targets = {alias: Target(alias, kind, alias) for alias, kind in kinds.items()}
    examples = re.findall(r"^\| `([a-z]+)` \| `([\[{].*?[\]}])` \|", docs, re.MULTILINE)
    assert {name for name, _ in examples} == set(CHECKS)
    for name, example in examples:
        if "..." not in example:
            CHECKS[name](load_yaml(example).data, targets)


def test_every_kind_is_in_the_glossary() -> None:
    assert [name for name in shelf("quizapp/questions/kinds") if f"`{name}`" not in text("GLOSSARY.md")] == []


def test_everything_on_a_shelf_is_tested_by_name() -> None:
    tests = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests").rglob("*.py")))
    for folder in ("quizapp/questions/kinds", "quizapp/questions/lints", "quizapp/labs/checks"):
        words = [name for name in shelf(folder) if not re.search(rf"\b{name}\b", tests)]
        assert words == [], folder
    routes = {
        name: set(re.findall(r'@page\.\w+\("(/[a-z-]*)', text(f"quizapp/web/pages/{name}.py")))
        for name in shelf("quizapp/web/pages")
    }
    assert [name for name, paths in routes.items() if not all(f'"{path}' in tests for path in paths)] == []


def test_every_top_level_module_is_on_the_map() -> None:
    names = {path.stem for path in (ROOT / "quizapp").iterdir() if not path.name.startswith("__")}
    assert [name for name in sorted(names) if f"quizapp/{name}" not in text("ARCHITECTURE.md")] == []


def test_every_command_is_in_the_root_help_and_has_an_example() -> None:
    from quizapp.cli.group import COMMANDS

    files = {name.removesuffix(".py") for name in shelf("quizapp/cli")} - {"group", "parts"}
    assert set(COMMANDS) == files
    assert [name for name in COMMANDS if "Example:" not in text(f"quizapp/cli/{name}.py")] == []


def test_every_variable_that_settings_read_is_documented() -> None:
    names = set(re.findall(r'env\.get\("([A-Z_]+)"\)', text("quizapp/settings.py")))
    docs = "\n".join(text(name) for name in DOCS)
    assert names
    assert [name for name in sorted(names) if name not in docs] == []


def test_every_check_is_in_the_glossary() -> None:
    assert [name for name in shelf("quizapp/labs/checks") if f"`{name}`" not in text("GLOSSARY.md")] == []


def test_every_make_target_has_a_comment_and_the_named_ones_exist() -> None:
    makefile = text("Makefile")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    commented = set(re.findall(r"^([a-z-]+):[^\n]*## ", makefile, re.MULTILINE))
    assert targets == commented
    docs = "\n".join(text(name) for name in DOCS)
    assert [name for name in re.findall(r"`make ([a-z-]+)`", docs) if name not in targets] == []
