"""How much is asked and how long it takes, in the words of Prometheus. The only importer of prometheus_client.

Several workers count in files of a folder they share (settings.metrics_dir); whichever is asked adds all of them up.
"""

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

__all__ = ["CONTENT_TYPE_LATEST", "Metrics"]

METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """The counters of one app. Labels are bounded: a route is its pattern, never an address that somebody made up."""

    def __init__(self, shared: str | None) -> None:
        self._shared = shared
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "quizapp_http_requests", "Requests answered.", ("method", "route", "status"), registry=self._registry
        )
        self._seconds = Histogram(
            "quizapp_http_request_seconds",
            "Seconds from a request to its answer.",
            ("route",),
            buckets=SECONDS,
            registry=self._registry,
        )
        self._database_errors = Counter(
            "quizapp_database_errors", "Errors that the database answered with.", ("kind",), registry=self._registry
        )

    def count_request(self, method: str, route: str | None, status: int, seconds: float) -> None:
        """One request was answered; `route` is None when no page has that address."""
        route = route or "none"
        self._requests.labels(method if method in METHODS else "other", route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def count_database_error(self, kind: str) -> None:
        """The database answered with an error of that class."""
        self._database_errors.labels(kind).inc()

    def text(self) -> bytes:
        """What all workers counted since the server was started."""
        registry = self._registry
        if self._shared:
            registry = CollectorRegistry()
            MultiProcessCollector(registry, self._shared)  # type: ignore[no-untyped-call]
        return generate_latest(registry)
