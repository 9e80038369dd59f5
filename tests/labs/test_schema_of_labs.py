"""docs/labs/schema.json is what the code knows now; it takes every lab there is and refuses what the loader refuses."""

import json
import re
from typing import Any

import pytest

from quizapp.labs.registry import CHECKS, SCHEMAS
from quizapp.labs.spec import LAB_KEYS, STEP_KEYS, load_lab
from quizapp.yamltext import load_yaml
from tests.docs.test_labs_page import EXAMPLES, PAGE
from tests.lab_proofs import LABS, proven_labs
from tests.labs.lint_parts import LAB
from tests.labs.schema_words import wrong
from tools.lab_schema import FILE, text

SCHEMA = json.loads(FILE.read_text(encoding="utf-8"))


def said(data: Any) -> list[str]:
    return list(wrong(SCHEMA, data, SCHEMA))


def test_it_is_current() -> None:
    assert FILE.read_text(encoding="utf-8") == text(), "make schema"


def test_every_check_and_key_is_in_it() -> None:
    assert set(SCHEMAS) == set(CHECKS)
    assert list(SCHEMA["properties"]) == list(LAB_KEYS)
    assert set(SCHEMA["$defs"]["step"]["properties"]) == set(STEP_KEYS)


def test_every_reference_in_it_leads_somewhere() -> None:
    named = set(re.findall(r'"#/\$defs/(\w+)"', text()))
    assert named <= set(SCHEMA["$defs"])
    assert set(SCHEMA["$defs"]) <= named


@pytest.mark.parametrize("slug", proven_labs())
def test_a_shipped_lab_is_taken(slug: str) -> None:
    raw = (LABS / slug / "lab.yaml").read_text(encoding="utf-8")
    assert raw.startswith("# yaml-language-server: $schema=../../docs/labs/schema.json\n")
    assert said(load_yaml(raw).data) == []


def test_the_examples_of_the_docs_are_taken() -> None:
    assert said(load_yaml(re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)[0]).data) == []
    for name, example in EXAMPLES.items():
        assert list(wrong(SCHEMAS[name], load_yaml(example).data, SCHEMA)) == [], name


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("lab: probe", "lab: Probe"),
        ("lab: probe\n", ""),
        ("title: Probe", "title:"),
        ("title: Probe", "minutes: 600"),
        ("    hints:", "    hint:"),
        ("kind: Deployment", "kind: Deploiment"),
        ("    match:", "    matches:"),
        ("match: {web: {spec: {replicas: 3}}}", "match: web"),
        ("match: {web: {spec: {replicas: 3}}}", "hold: 10s"),
        ("match: {web: {spec: {replicas: 3}}}", "hold: 10m\n    ready: [web]"),
        ("match: {web: {spec: {replicas: 3}}}", "ready: web"),
        ("match: {web: {spec: {replicas: 3}}}", "ready: []"),
        ("match: {web: {spec: {replicas: 3}}}", "changed: {web: {colour: 1}}"),
        ("match: {web: {spec: {replicas: 3}}}", "count: [{kind: Pod}]"),
        ("match: {web: {spec: {replicas: 3}}}", "count: [{kind: Pod, number: -1}]"),
        ("match: {web: {spec: {replicas: 3}}}", "logs: {web: {container: web}}"),
        ("match: {web: {spec: {replicas: 3}}}", "can: [{who: web, verb: get, resource: pods}]"),
        ("match: {web: {spec: {replicas: 3}}}", "serves: {web: {body: text}}"),
        ("match: {web: {spec: {replicas: 3}}}", "targets: {web: {port: 80}}"),
        ("match: {web: {spec: {replicas: 3}}}", "same: {web: web}"),
        ("match: {web: {spec: {replicas: 3}}}", "sum: {of: [], is: 3}"),
        ("match: {web: {spec: {replicas: 3}}}", "any: [{ready: [web]}]"),
        ("match: {web: {spec: {replicas: 3}}}", "any: [{ready: [web]}, {unready: [web]}]"),
        ("match: {web: {spec: {replicas: 3}}}", "not: {ready: [web]}"),
        ("match: {web: {spec: {replicas: 3}}}", "owned: {}"),
    ],
)
def test_what_the_loader_refuses_for_its_form_the_schema_refuses_too(old: str, new: str) -> None:
    lab = LAB.replace(old, new)
    assert lab != LAB
    assert load_lab(lab, file="lab.yaml")[0] is None
    assert said(load_yaml(lab).data)
    assert said(load_yaml(LAB).data) == []
