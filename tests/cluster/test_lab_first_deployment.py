"""A lab as its learner does it, from start to end, on a real cluster: passes are kept, trouble costs nothing."""

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
NOBODY = """
apiVersion: v1
kind: ServiceAccount
metadata: {name: nobody, namespace: default}
"""

Doing = tuple[Context, str]


@pytest.fixture
def lab(cluster: Cluster, tmp_path: Path) -> Iterator[Doing]:
    # An earlier test may have ended in this namespace a moment ago; a start in one that is going away is refused.
    cluster.kubectl("wait", "--for=delete", f"namespace/{PLACE}", "--timeout=90s")
    settings = dataclasses.replace(read_settings({"QUIZAPP_DATA": str(tmp_path)}), kubeconfig=str(cluster.kubeconfig))
    upgrade_database(settings)
    ctx = create_context(settings)
    user = local_user(ctx).id
    start_lab(ctx, user, LAB, context=cluster.context, allow_context=cluster.context)
    yield ctx, user
    end_lab(ctx, user, LAB)
    ctx.database.close()


def steps(lab: Doing) -> dict[str, StepView]:
    return {step.id: step for step in verify_lab(*lab, LAB).steps}


def until(lab: Doing, wanted: Callable[[dict[str, StepView]], bool]) -> dict[str, StepView]:
    end = time.monotonic() + 60
    while not wanted(found := steps(lab)) and time.monotonic() < end:
        time.sleep(0.5)
    assert wanted(found), found
    return found


def test_a_step_stays_passed_when_the_learner_goes_on_or_clears_up(cluster: Cluster, lab: Doing) -> None:
    assert {step.state for step in steps(lab).values()} == {"todo"}
    cluster.kubectl("create", "deployment", "web", "--image=nginx:1.27", namespace=PLACE)
    until(lab, lambda found: found["ready"].state == "passed")
    cluster.kubectl("delete", "deployment", "web", namespace=PLACE)
    found = until(lab, lambda found: found["scale"].findings[0].path == "Deployment/web")
    assert {name for name, step in found.items() if step.state == "passed"} == {"create", "ready"}
    assert found["scale"].findings[0].to_dict() == {
        "path": "Deployment/web",
        "expected": "a Deployment named web",
        "actual": "none",
    }


def test_all_steps_done_before_the_first_look_are_all_green(cluster: Cluster, lab: Doing) -> None:
    cluster.kubectl("create", "deployment", "web", "--image=nginx:1.27", "--replicas=3", namespace=PLACE)
    cluster.kubectl("expose", "deployment", "web", "--port=80", namespace=PLACE)
    cluster.kubectl("rollout", "status", "deployment/web", "--timeout=60s", namespace=PLACE)
    cluster.kubectl("set", "image", "deployment/web", "nginx=nginx:1.28", namespace=PLACE)
    until(lab, lambda found: {step.state for step in found.values()} == {"passed"})


def test_a_cluster_that_is_cut_off_is_unknown_and_comes_back(cluster: Cluster, lab: Doing) -> None:
    time.sleep(1)  # a round that was read a moment ago may be shared
    cluster.cut()
    try:
        found = steps(lab)
    finally:
        cluster.restore()
    assert {step.state for step in found.values()} == {"unknown"}
    assert {step.diagnosis[0].rule for step in found.values()} == {"C1"}
    assert "unknown" not in {step.state for step in steps(lab).values()}


def test_credentials_that_may_read_nothing_are_named_and_cost_nothing(
    cluster: Cluster, lab: Doing, tmp_path: Path
) -> None:
    ctx, user = lab
    cluster.kubectl("create", "deployment", "web", "--image=nginx:1.27", namespace=PLACE)
    until(lab, lambda found: found["create"].state == "passed")
    cluster.kubectl("apply", "-f", "-", input=NOBODY)
    token = cluster.kubectl("create", "token", "nobody", "-n", "default").strip()
    for credential, word in ((token, "403"), ("not-a-token", "401")):
        kubeconfig = tmp_path / f"kubeconfig-{word}"
        kubeconfig.write_text(cluster.kubectl("config", "view", "--raw", "--minify", "--flatten"))
        cluster_of = dataclasses.replace(cluster, kubeconfig=kubeconfig)
        cluster_of.kubectl("config", "unset", "users")
        cluster_of.kubectl("config", "set-credentials", "minikube", f"--token={credential}")
        strange = create_context(dataclasses.replace(ctx.settings, kubeconfig=str(kubeconfig)))
        found = {step.id: step for step in verify_lab(strange, user, LAB).steps}
        strange.database.close()
        assert found["create"].state == "passed"
        assert found["scale"].state == "unknown"
        assert found["scale"].diagnosis[0].rule == "C5"
        assert word in found["scale"].diagnosis[0].evidence_value


def test_another_cluster_under_the_same_name_is_never_judged(cluster: Cluster, lab: Doing) -> None:
    ctx, user = lab
    with ctx.database.write() as session:
        session.connection().exec_driver_sql("UPDATE lab_run SET cluster_uid = 'the one of yesterday'")
    seen = verify_lab(ctx, user, LAB)
    assert {step.state for step in seen.steps} == {"unknown"}
    assert {step.diagnosis[0].rule for step in seen.steps} == {"C6"}
    assert cluster.kubectl("get", "namespace", PLACE, "-o", "name").strip() == f"namespace/{PLACE}"
