"""What one verification of a lab costs, beside a warm client that sends the same requests one after another."""

from collections.abc import Iterator
from datetime import UTC, datetime

from quizapp.cluster.adapter import Cluster
from quizapp.cluster.collect import IDENTITY
from quizapp.cluster.transport import Transport
from quizapp.labs.evidence import KINDS, HttpGet, ListOf
from quizapp.labs.verdict import verdict
from tools.bench.pairs import Ratio, paired
from tools.bench.place import a_quizapp

LAB, NAMESPACE, CALLS = "first-deployment", "kube-system", 5


def measure(kubeconfig: str, context: str, calls: int = CALLS) -> Iterator[Ratio]:
    """Collect and judge every step, beside the same GETs alone."""
    with a_quizapp() as (ctx, _):
        lab = ctx.library.labs[LAB]
    needs = lab.needs()
    cluster = Cluster(kubeconfig=kubeconfig, now=lambda: datetime.now(UTC))
    warm = Transport(kubeconfig, context)
    paths = [IDENTITY, *(_path(need) for need in needs if isinstance(need, ListOf | HttpGet))]

    def verify() -> None:
        evidence = cluster.collect(context, NAMESPACE, needs, fresh=True)
        for step in lab.steps:
            verdict(step, evidence, {}, ())

    def ask() -> None:
        for path in paths:
            warm.request("GET", path).body  # noqa: B018  (read whole, as the client would)

    yield paired("lab verified / the same GETs in a row", verify, ask, calls=calls, aim="<= 1.3")
    warm.close()


def _path(need: ListOf | HttpGet) -> str:
    if isinstance(need, HttpGet):
        return f"/api/v1/namespaces/{NAMESPACE}/services/{need.service}:{need.port}/proxy{need.path}"
    path = KINDS[need.kind].url(NAMESPACE)
    return path.replace(f"/namespaces/{NAMESPACE}", "") + "?limit=500" if need.everywhere else path
