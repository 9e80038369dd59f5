"""What a lab does to a cluster and to the database while it looks: nothing, and nothing at the same time."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from quizapp.cluster.adapter import Cluster
from quizapp.labs.recording import read_recording
from quizapp.services.authoring import judged_recording
from quizapp.services.context import Context
from quizapp.services.labs import end_lab, recorded_lab, start_lab, verify_lab
from tests.adapter.api import Api, kubeconfig, reply, served
from tests.services.conftest import rows

LAB = "first-deployment"
WEB = {
    "metadata": {"name": "web", "uid": "u"},
    "spec": {"template": {"spec": {"containers": [{"image": "nginx:1.27"}]}}},
}


class Watched(Api):
    """Notes at each request how many connections to the database are in use."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[int] = []
        self.database: Context | None = None

    def answer(self, request: object) -> None:
        assert self.database
        self.open.append(self.database.database.engine.pool.checkedout())  # type: ignore[attr-defined]
        super().answer(request)  # type: ignore[arg-type]


@pytest.fixture
def api() -> Watched:
    made = Watched()
    made.answers["/api/v1/namespaces"] = reply({"metadata": {"name": f"lab-{LAB}", "uid": "uid-of-namespace"}})
    made.answers[f"/api/v1/namespaces/lab-{LAB}/"] = made.answers[""]
    made.answers[f"/apis/apps/v1/namespaces/lab-{LAB}/deployments"] = reply({"items": [WEB]})
    return made


@pytest.fixture
def lab(api: Watched, ctx: Context, tmp_path: Path) -> Iterator[Context]:
    """A context whose cluster is that API."""
    with served(api) as port:
        cluster = Cluster(kubeconfig=kubeconfig(tmp_path / "config", port), now=ctx.now)
        made = dataclasses.replace(ctx, cluster=cluster)
        api.database = made
        yield made
        for _, transport, _ in cluster._transports.values():
            transport.close()


def test_no_connection_to_the_database_is_held_while_the_cluster_is_asked(api: Watched, lab: Context, ada: str) -> None:
    start_lab(lab, ada, LAB)
    seen = verify_lab(lab, ada, LAB)
    assert [step.state for step in seen.steps if step.id == "create"] == ["passed"]
    end_lab(lab, ada, LAB)
    assert len(api.open) > 20
    assert set(api.open) == {0}


def test_looking_only_reads(api: Watched, lab: Context, ada: str) -> None:
    start_lab(lab, ada, LAB)
    assert [line for line in api.asked if not line.startswith("GET ")] == ["POST /api/v1/namespaces"]
    api.asked.clear()
    verify_lab(lab, ada, LAB)
    assert {line.split()[0] for line in api.asked} == {"GET"}
    api.asked.clear()
    end_lab(lab, ada, LAB)
    assert api.asked == [f"DELETE /api/v1/namespaces/lab-{LAB}"]


def test_what_was_recorded_is_judged_as_the_cluster_was(api: Watched, lab: Context, ada: str, tmp_path: Path) -> None:
    start_lab(lab, ada, LAB)
    kept = tmp_path / "answers.json"
    kept.write_text(recorded_lab(lab, ada, LAB))
    assert rows(lab, "lab_step_pass") == 0
    seen = verify_lab(lab, ada, LAB)
    again = judged_recording(lab.settings, LAB, kept)
    assert again.to_dict() == seen.to_dict()
    assert [step.state for step in again.steps].count("passed") == 1
    assert any(step.diagnosis or step.findings for step in again.steps)


def test_a_recording_has_the_baseline_of_the_run(api: Watched, lab: Context, ada: str) -> None:
    start_lab(lab, ada, LAB)
    changed = {**WEB, "metadata": {"name": "web", "uid": "another"}}
    api.answers[f"/apis/apps/v1/namespaces/lab-{LAB}/deployments"] = reply({"items": [changed]})
    kept = read_recording(recorded_lab(lab, ada, LAB))
    assert kept.baseline["Deployment/web"]["uid"] == "u"
    assert kept.evidence.objects("Deployment")[0]["metadata"]["uid"] == "another"
