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


def test_every_import_contract_is_among_the_invariants() -> None:
    contracts = re.findall(r'^name = "(\d)', text("pyproject.toml"), re.MULTILINE)
    told = text("ARCHITECTURE.md").partition("## Invariants")[2]
    assert set(re.findall(r"[( ]C(\d)[,)]", told)) == set(contracts)


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

    files = {name.replace("_", "-") for name in shelf("quizapp/cli")} - {"group", "parts"}
    assert set(COMMANDS) == files
    assert [name for name in COMMANDS if "Example:" not in text(f"quizapp/cli/{name.replace('-', '_')}.py")] == []


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
    named = {name for line in commands() for name in re.findall(r"^(?:[A-Z]+=\S* )*make ([a-z-]+)", line)}
    assert {"run", "test", "check", "bench", "cluster", "setup-test"} <= named
    assert named - targets == set()


def test_every_command_in_the_docs_is_there_with_its_options() -> None:
    lines = [found[1] for line in commands() if (found := re.search(r"(?:^|-m )quizapp ((?:[a-z]|--).*)", line))]
    assert len(lines) > 6
    assert [line for line in lines if not is_command(line.split("#")[0].split())] == []


def test_every_program_in_the_docs_is_there() -> None:
    programs = {name for line in commands() for name in re.findall(r"-m (tools[\w.]*)", line)}
    assert programs
    assert [name for name in programs if not (ROOT / name.replace(".", "/")).exists()] == []
    files = {place for line in commands() for place in re.findall(r"(?<= )((?:content|tests|labs)/[\w/.-]+)", line)}
    assert [place for place in sorted(files) if not (ROOT / place).exists()] == []


def commands() -> list[str]:
    """Everything in the docs that is to be typed: lines of shell blocks, and code within a line."""
    docs = "\n".join(text(name) for name in DOCS)
    blocks = re.findall(r"^```sh\n(.*?)^```", docs, re.MULTILINE | re.DOTALL)
    inline = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", docs, flags=re.MULTILINE | re.DOTALL))
    return [line.strip() for block in blocks for line in block.splitlines()] + inline


def is_command(words: list[str]) -> bool:
    """Whether the words lead to a command, and their options are its own."""
    import click

    from quizapp.cli.group import root

    command: click.Command | None = root
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        command = command.get_command(click.Context(command), words.pop(0))
    if command is None:
        return False
    known = {option for param in command.params for option in param.opts}
    return {word for word in words if word.startswith("--")} <= known
