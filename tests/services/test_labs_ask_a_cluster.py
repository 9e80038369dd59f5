"""What a lab does to a cluster and to the database while it looks: nothing, and nothing at the same time."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from quizapp.cluster.adapter import Cluster
from quizapp.services.context import Context
from quizapp.services.labs import end_lab, start_lab, verify_lab
from tests.adapter.api import Api, kubeconfig, reply, served

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
