"""The first lab on a real cluster: green step by step, and red for the right reason on near-misses."""

import dataclasses
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from quizapp.factory import create_context
from quizapp.services.context import Context
from quizapp.services.labs import StepView, end_lab, start_lab, verify_lab
from quizapp.services.maintenance import upgrade_database
from quizapp.services.users import local_user
from quizapp.settings import read_settings
from tests.cluster_fixture import Cluster

LAB, PLACE = "first-deployment", "lab-first-deployment"


@pytest.fixture
def lab(cluster: Cluster, tmp_path: Path) -> Iterator[tuple[Context, str]]:
    settings = dataclasses.replace(read_settings({"QUIZAPP_DATA": str(tmp_path)}), kubeconfig=str(cluster.kubeconfig))
    upgrade_database(settings)
    ctx = create_context(settings)
    user = local_user(ctx).id
    start_lab(ctx, user, LAB, context=cluster.context, allow_context=cluster.context)
    yield ctx, user
    end_lab(ctx, user, LAB)
    cluster.kubectl("wait", "--for=delete", f"namespace/{PLACE}", "--timeout=90s")


def steps(lab: tuple[Context, str]) -> dict[str, StepView]:
    return {step.id: step for step in verify_lab(*lab, LAB).steps}


def until(lab: tuple[Context, str], wanted: Callable[[dict[str, StepView]], bool]) -> dict[str, StepView]:
    end = time.monotonic() + 60
    while not wanted(found := steps(lab)) and time.monotonic() < end:
        time.sleep(0.5)
    assert wanted(found), found
    return found


def test_the_solution_turns_every_step_green_in_order(cluster: Cluster, lab: tuple[Context, str]) -> None:
    assert {step.state for step in steps(lab).values()} == {"todo"}
    done = [
        (("create", "deployment", "web", "--image=nginx:1.27"), "ready"),
        (("scale", "deployment", "web", "--replicas=3"), "scale"),
        (("expose", "deployment", "web", "--port=80"), "expose"),
        (("set", "image", "deployment/web", "nginx=nginx:1.28"), "update"),
    ]
    for command, step in done:
        assert steps(lab)[step].state != "passed"
        cluster.kubectl(*command, namespace=PLACE)
        until(lab, lambda found, step=step: found[step].state == "passed")
    assert {step.state for step in steps(lab).values()} == {"passed"}


@pytest.mark.parametrize(("image", "rule"), [("nginx:9.99", "P4"), ("registry.invalid/nginx:1.27", "P6")])
def test_an_image_that_does_not_come_is_told_apart(
    cluster: Cluster, lab: tuple[Context, str], image: str, rule: str
) -> None:
    cluster.kubectl("create", "deployment", "web", f"--image={image}", namespace=PLACE)
    found = until(lab, lambda found: any(cause.rule == rule for cause in found["ready"].diagnosis))
    assert found["ready"].state == "blocked"
    assert found["ready"].diagnosis[0].rule == rule


def test_a_service_whose_selector_matches_nothing_is_told(cluster: Cluster, lab: tuple[Context, str]) -> None:
    cluster.kubectl("create", "deployment", "web", "--image=nginx:1.27", namespace=PLACE)
    cluster.kubectl("create", "service", "clusterip", "web", "--tcp=80", namespace=PLACE)
    cluster.kubectl("patch", "service", "web", "-p", '{"spec":{"selector":{"app":"wob"}}}', namespace=PLACE)
    found = until(lab, lambda found: bool(found["expose"].diagnosis))
    assert found["expose"].diagnosis[0].rule == "S1"
    assert "app=web" in found["expose"].diagnosis[0].text


def test_a_cluster_that_is_cut_off_is_unknown_and_comes_back(cluster: Cluster, lab: tuple[Context, str]) -> None:
    time.sleep(1)  # a round that was read a moment ago may be shared
    cluster.cut()
    try:
        found = steps(lab)
    finally:
        cluster.restore()
    assert {step.state for step in found.values()} == {"unknown"}
    assert {step.diagnosis[0].rule for step in found.values()} == {"C1"}
    assert "unknown" not in {step.state for step in steps(lab).values()}
