"""What one verification of a lab costs, beside a warm client of the official library that sends the same GETs."""

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any

from kubernetes.client import ApiClient, Configuration
from kubernetes.config import new_client_from_config

from quizapp.cluster.adapter import Cluster
from quizapp.cluster.beyond import proxy_path
from quizapp.cluster.collect import IDENTITY, list_path
from quizapp.labs.evidence import Evidence, HttpGet, ListOf, Need
from quizapp.services.context import Context
from quizapp.services.labs import end_lab, start_lab, verify_lab
from tools.bench.pairs import Effort, Ratio, paired
from tools.bench.place import a_quizapp

LAB, CALLS, PATIENCE = "first-deployment", 20, 90
LABELS = {"app": "web"}
CONTAINER = {"name": "nginx", "image": "nginx:1.27"}
DONE: tuple[Mapping[str, Any], ...] = (
    {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": "web"},
        "spec": {
            "replicas": 3,
            "selector": {"matchLabels": LABELS},
            "template": {"metadata": {"labels": LABELS}, "spec": {"containers": [CONTAINER]}},
        },
    },
    {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": {"name": "web"},
        "spec": {"selector": LABELS, "ports": [{"port": 80}]},
    },
)


class Fresh(Cluster):
    """Reads anew at every call; the app lets those who ask within the same moment share a round."""

    def collect(self, context: str, namespace: str, needs: Sequence[Need], *, fresh: bool = False) -> Evidence:  # noqa: ARG002
        return super().collect(context, namespace, needs, fresh=True)


def measure(effort: Effort, kubeconfig: str, context: str) -> Iterator[Ratio]:
    """The service as the page calls it, with four steps of five done, which is how a lab stands while it is polled."""
    cluster = Fresh(kubeconfig=kubeconfig, now=lambda: datetime.now(UTC))
    with a_quizapp(cluster) as (ctx, user):
        page = start_lab(ctx, user, LAB, context=context)
        try:
            cluster.prepare(context, page.namespace, {}, DONE)
            _await_steps(ctx, user, 4)
            client = _client(kubeconfig, context)
            paths = [IDENTITY, *_paths(ctx.library.labs[LAB].needs(), page.namespace)]
            over = (f"its {len(paths)} GETs by a warm client", partial(_get, client, paths))
            what = ("a lab verified", lambda: verify_lab(ctx, user, LAB))
            yield paired(effort, "lab/verified", what, over, calls=CALLS, aim="<= 1.2")
        finally:
            end_lab(ctx, user, LAB)


def _await_steps(ctx: Context, user: str, wanted: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while sum(step.state == "passed" for step in verify_lab(ctx, user, LAB).steps) < wanted:
        if time.monotonic() > deadline:
            raise RuntimeError(f"the lab's Pods were not ready in {PATIENCE} s")
        time.sleep(1)


def _paths(needs: Sequence[Need], namespace: str) -> Iterator[str]:
    for need in needs:
        if isinstance(need, HttpGet):
            yield proxy_path(need, namespace)
        elif isinstance(need, ListOf):
            yield list_path(need, namespace)


def _client(kubeconfig: str, context: str) -> ApiClient:
    client: ApiClient = new_client_from_config(  # type: ignore[no-untyped-call]
        kubeconfig, context, client_configuration=Configuration()
    )
    return client


def _get(client: ApiClient, paths: Sequence[str]) -> None:
    """One GET after the other, read whole and parsed where it is JSON, which is what anybody would need of it."""
    for path in paths:
        method, url, headers, *_ = client.param_serialize("GET", path, auth_settings=["BearerToken"])
        answer: Any = client.call_api(method, url, headers)
        body = answer.read()
        if not path.endswith("/proxy/"):
            json.loads(body)
