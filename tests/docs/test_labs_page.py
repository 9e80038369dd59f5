"""docs/labs.md says what a lab may say: its examples are parsed, and nothing that exists is left out."""

import re
from pathlib import Path
from typing import get_args

import pytest

from quizapp.labs.check import Target
from quizapp.labs.checks import answer, can, changed, count, logs, ready, selects, serves, targets
from quizapp.labs.judge import State
from quizapp.labs.operators import OPERATORS, STRUCTURAL, wrong_operand
from quizapp.labs.registry import CHECKS
from quizapp.labs.spec import LAB_KEYS, STEP_KEYS, load_lab
from quizapp.yamltext import load_yaml

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "labs.md").read_text(encoding="utf-8")
KINDS = {
    "web": "Deployment",
    "api": "Deployment",
    "old": "Deployment",
    "pod": "Pod",
    "service": "Service",
    "ingress": "Ingress",
}
TARGETS = {alias: Target(alias, kind, alias) for alias, kind in KINDS.items()}


def rows(part: str) -> set[str]:
    """The names in the first column of the tables of a part."""
    cells = re.findall(r"^\| ([^|]+) \|", part, re.MULTILINE)
    return {name for cell in cells for name in re.findall(r"`(\w+)`", cell)}


def part(heading: str) -> str:
    return PAGE.partition(f"\n{heading}\n")[2].partition("\n## ")[0]


TABLE = part("## Checks").partition("In `match`")[0]
EXAMPLES = dict(re.findall(r"^\| `([a-z]+)` \| `([\[{].*?[\]}])` \|", TABLE, re.MULTILINE))


def test_the_lab_is_one_without_an_error_and_has_every_key() -> None:
    text = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)[0]
    lab, errors = load_lab(text, file="docs/labs.md")
    assert errors == []
    assert lab
    data = load_yaml(text).data
    assert set(data) == set(LAB_KEYS)
    assert {key for step in data["steps"] for key in step} >= set(STEP_KEYS) - set(CHECKS)


def test_every_key_is_explained_and_no_other() -> None:
    assert rows(PAGE.partition("## Checks")[0]) == {*LAB_KEYS, *STEP_KEYS} - set(CHECKS)


def test_every_check_has_its_example_and_no_other() -> None:
    assert set(EXAMPLES) == set(CHECKS)


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_a_check(name: str) -> None:
    CHECKS[name](load_yaml(EXAMPLES[name]).data, TARGETS)


def test_what_a_check_may_say_is_said() -> None:
    lines = {name: next(line for line in TABLE.splitlines() if line.startswith(f"| `{name}`")) for name in CHECKS}
    words = {"can": can.KEYS, "count": count.KEYS, "logs": logs.KEYS, "serves": serves.KEYS, "changed": changed.ASPECTS}
    words["answer"] = answer.KEYS
    words |= {"targets": (*targets.PORT_KEYS, *targets.POINTING), "ready": tuple(ready.KINDS)}
    words["selects"] = tuple(selects.SELECTOR)
    assert [(name, key) for name, keys in words.items() for key in keys if key not in lines[name]] == []


def test_every_operation_has_an_example_that_can_be_used() -> None:
    page = PAGE.partition("In `match` a value")[2].partition("## States")[0]
    assert rows(page) == {*OPERATORS, *STRUCTURAL}
    for example in re.findall(r"^\| [^|]+ \| `(\{.*?\})` \|", page, re.MULTILINE):
        for operator, operand in load_yaml(example).data.items():
            assert wrong_operand(operator, operand) is None, example


def test_every_state_is_explained_and_no_other() -> None:
    assert rows(part("## States")) == set(get_args(State))


def test_every_rule_that_the_code_can_give_is_explained_and_no_other() -> None:
    code = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "quizapp").rglob("*.py")))
    given = set(re.findall(r'"([COPWSIVKNRHQD]\d{1,2})"', code))
    told = re.findall(r"^\| ([COPWSIVKNRHQD]\d+) \|", part("## Why a step is not green"), re.MULTILINE)
    assert set(told) == given
    assert len(told) == len(given)
