"""The lint of labs: each rule bites on the slip it is for, names the line and the way out, and is silent otherwise."""

import json
from pathlib import Path

import pytest

from quizapp.labs.images import KNOWN, NOWHERE, unknown
from quizapp.labs.recording import read_recording, write_recording
from quizapp.labs.spec import load_lab
from quizapp.services.authoring import lint_labs
from quizapp.settings import read_settings
from tests.checks.parts import evidence, thing
from tests.lab_proofs import LABS, proven_labs
from tests.labs.lint_parts import LAB, PROOF, said
from tools.cluster.images import BUSYBOX_TAGS, NGINX

NOTES = "    notes: Deployments\n"
REST = LAB.rpartition(NOTES)[2]
MADE = thing("Deployment", "web", spec={"replicas": 3, "template": {"spec": {"containers": [{"image": "nginx:1.27"}]}}})


def test_a_lab_without_a_slip_is_clean() -> None:
    assert said() == []


def test_every_shipped_lab_is_clean() -> None:
    report = lint_labs(read_settings({}), LABS)
    assert report.errors == ()
    assert list(report.labs) == proven_labs()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (NOTES + REST, REST, "lab.yaml:12: the step 'scale' leads to no notes; write notes:"),
        ("notes: Deployments", "notes: Deploying", "lab.yaml:9: basics has no heading 'Deploying'; it has Deployments"),
        (
            "match: {web: {spec: {replicas: 3}}}",
            "absent: [web]",
            "lab.yaml:12: the step 'scale' passes in an empty namespace; ask also for",
        ),
        (
            "match: {web: {spec: {replicas: 3}}}",
            "can: [{who: user/x, verb: get, resource: web, allowed: false}]\n    told: [x, get]",
            "passes in an empty namespace",
        ),
        (
            "match: {web: {spec: {replicas: 3}}}",
            "count: [{kind: Pod, number: {lte: 3}}]\n    told: [Pod]",
            "passes in an empty namespace",
        ),
        (
            "match: {web: {spec: {replicas: 3}}}",
            "not: {says: It is gone, match: {web: {}}}",
            "passes in an empty namespace",
        ),
        (
            '--image=nginx:1.27"]',
            '--image=nginx"]',
            "lab.yaml:8: the image 'nginx' has no tag that labs use; take nginx:1.25",
        ),
        (
            '--image=nginx:1.27"]',
            '--image httpd:2.4"]',
            "lab.yaml:8: the image 'httpd:2.4' is not one that labs use; take nginx",
        ),
        ("nginx:1.27`", "nginx:1.20`", ""),
    ],
)
def test_a_slip_in_the_steps_is_told_with_its_line(old: str, new: str, says: str) -> None:
    lab = LAB.replace(old, new)
    assert lab != LAB
    if not says:  # the checks ask for what the text does not tell: the lab cannot be read at all
        assert "asks for 'nginx:1.27', which the step's text does not tell" in str(load_lab(lab, file="x")[1])
        return
    assert any(says in line for line in said(lab)), said(lab)


def test_an_image_that_checks_ask_for_is_looked_at_too() -> None:
    lines = said(LAB.replace("nginx:1.27", "nginx:1.20"))
    assert [line.partition(": ")[0] for line in lines] == ["labs/probe/lab.yaml:8", "labs/probe/lab.yaml:11"]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            "  - step: scale\n    run: [scale deployment web --replicas=3]\n",
            "",
            "lab.yaml:12: the step 'scale' has no solution; add a part with step: scale to labs/probe/proof.yaml",
        ),
        ("step: scale\n", "step: scales\n", "proof.yaml:4: solves 'scales', which is no step; steps are make, scale"),
        ("step: make\n", "step: scale\n", "the solution has one part a step, in their order: make, scale"),
        (
            "    run: [scale deployment web --replicas=3]\n",
            "",
            "lab.yaml:12: the step 'scale' is done as soon as 'make' is: its solution does nothing",
        ),
        (PROOF[PROOF.index("  - name: two") :], "", "lab.yaml:12: no near miss stays red at the step 'scale'; add one"),
        ("name: two Pods", "name: Another name", "proof.yaml:10: the near miss 'Another name' is there twice"),
        (
            "{step: scale, state: blocked}",
            "{step: scales, state: blocked}",
            "proof.yaml:10: expects the step 'scales', which is none",
        ),
        (
            "{step: scale, state: blocked}",
            "{step: scale, state: passed}",
            "proof.yaml:12: a near miss never passes; expect todo",
        ),
        (
            "{step: scale, state: blocked}",
            "{step: scale}",
            "proof.yaml:12: expect names the step that stays red and its state",
        ),
        (
            "state: blocked, rule: O2",
            "state: blocked, rules: O2",
            "proof.yaml:9: unknown key 'rules'; known are step, state, rule",
        ),
        (
            "    run: [scale deployment web --replicas=3]",
            "    do: [scale deployment web --replicas=3]",
            "proof.yaml:5: unknown key 'do'; known are step, run, apply, elsewhere",
        ),
        (
            "run: [scale deployment web --replicas=3]",
            "run: scale it",
            "proof.yaml:5: is a list of what follows the word kubectl",
        ),
        (
            "run: [create deployment web --image=nginx:1.27]",
            "run: [create deployment web --image=nginx:latest]",
            "proof.yaml:2: the image 'nginx:latest' has no tag",
        ),
        ("solution:", "solutions:", "proof.yaml:1: unknown key 'solutions'; known are solution, near-misses"),
        ("solution:", "solution: [", "proof.yaml:"),
    ],
)
def test_a_slip_in_the_proof_is_told_with_its_line(old: str, new: str, says: str) -> None:
    proof = PROOF.replace(old, new, 1)
    assert proof != PROOF
    lines = said(proof=proof)
    assert any(says in line for line in lines), lines


def test_a_lab_without_a_proof_is_told_so() -> None:
    (line,) = said(proof=None)
    assert line.startswith("labs/probe/proof.yaml: there is none; write the solution, one part a step, and the near")


def test_a_lab_without_a_module_is_told_so_once() -> None:
    lab = LAB.replace("module: basics\n", "")
    assert [line for line in said(lab, headings=None) if "module" in line] == [
        "labs/probe/lab.yaml:1: names no module; write module: and, in each step, notes: with a heading of it"
    ]


def test_a_step_that_checks_no_more_than_the_one_before_is_told_unless_it_is_meant() -> None:
    same = LAB.replace("match: {web: {spec: {replicas: 3}}}", LAB.splitlines()[10].strip()).replace(
        "`3`", "`nginx:1.27`"
    )
    assert [line for line in said(same) if "it checks nothing else" in line]
    assert said(same.replace("    notes: Deployments", "    already: it is meant\n    notes: Deployments")) == []


def test_a_step_that_recorded_answers_to_the_one_before_pass_is_told() -> None:
    name = "solution-1-make.json"
    (line,) = said(recordings={name: write_recording(evidence(MADE), {})})
    assert line.startswith("labs/probe/lab.yaml:12: the step 'scale' is done as soon as 'make' is: evidence/solution-1")
    MADE["spec"]["replicas"], three = 1, MADE["spec"]["replicas"]
    assert said(recordings={name: write_recording(evidence(MADE), {})}) == []
    MADE["spec"]["replicas"] = three


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "is not JSON (line 1"),
        ("[]", "is no recording of a cluster's answers"),
        ('{"evidence": {}, "baseline": {}}', "is no recording of a cluster's answers"),
        (write_recording(evidence(), {}), "belongs to no part of proof.yaml"),
    ],
)
def test_a_recording_that_cannot_be_used_is_told(text: str, says: str) -> None:
    assert any(says in line for line in said(recordings={"some.json": text})), said(recordings={"some.json": text})


def test_of_several_right_ways_one_must_be_told() -> None:
    ways = "any: [{match: {web: {spec: {replicas: 3}}}}, {match: {web: {spec: {paused: true, replicas: 4}}}}]"
    lab = LAB.replace("match: {web: {spec: {replicas: 3}}}", ways)
    assert said(lab) == []
    errors = load_lab(lab.replace("`3` Pods", "some Pods"), file="lab.yaml")[1]
    assert [str(error).partition(",")[0] for error in errors] == ["lab.yaml:17: asks for '3'"]


def test_every_image_that_labs_may_use_is_served_by_the_test_cluster() -> None:
    nginx = {tag for tags in NGINX.values() for tag in tags}
    served = {"nginx": nginx, "nginxinc/nginx-unprivileged": nginx, "busybox": set(BUSYBOX_TAGS)}
    assert {name: set(tags) - served[name] for name, tags in KNOWN.items()} == {name: set() for name in KNOWN}
    assert unknown("docker.io/library/nginx:1.27") is None
    assert unknown("nginxinc/nginx-unprivileged:1.28") is None
    assert unknown("nginx@sha256:" + "0" * 64)
    assert {name: set(tags) & served[name] for name, tags in NOWHERE.items()} == {name: set() for name in NOWHERE}
    assert unknown("nginx:1.82") is None
    assert unknown("registry.example:5000/nginx:1.27")


def test_what_was_written_is_read_as_it_was() -> None:
    for path in sorted(LABS.glob("*/evidence/*.json")):
        text = path.read_text(encoding="utf-8")
        kept = read_recording(text)
        assert json.loads(write_recording(kept.evidence, kept.baseline)) == json.loads(text), path


def test_a_folder_is_read_as_one_lab_or_as_many(tmp_path: Path) -> None:
    (tmp_path / "labs" / "probe").mkdir(parents=True)
    (tmp_path / "labs" / "probe" / "lab.yaml").write_text(
        LAB.replace("holds", "x").replace("match: {web: {spec: {r", "matches: {web: {spec: {r")
    )
    settings = read_settings({"QUIZAPP_CONTENT": str(tmp_path)})
    for folder in (tmp_path / "labs", tmp_path / "labs" / "probe"):
        report = lint_labs(settings, folder)
        assert report.labs == ("probe",)
        lines = list(map(str, report.errors))
        assert any(f"{tmp_path}/labs/probe/lab.yaml:17: unknown key 'matches'; known are id" in line for line in lines)
