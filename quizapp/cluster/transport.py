"""One cluster over the official client's own connection pool: raw JSON, a deadline that holds, no redirect, a size cap.

Not through the generated API classes: their models drop unknown fields and fail on what real servers send.
"""

import json
import ssl
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from quizapp.labs.trouble import ClusterTrouble

if TYPE_CHECKING:
    from kubernetes.client import ApiClient

DEADLINE = 5.0
CONNECT = 2.0
LARGEST = 16 * 1024 * 1024
CHUNK = 64 * 1024
AT_ONCE = 32  # a connection thrown away after a round is a handshake in the next one


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: status, headers in lower case, body as it is."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """The body as plain data, a field that is null left out: to Kubernetes both mean the same.

        C8 when it is no JSON (a captive portal, a proxy's page).
        """
        try:
            return json.loads(self.body, object_hook=_without_nulls)
        except ValueError as error:
            kind = self.headers.get("content-type", "no content type")
            says = "Something answered in place of the Kubernetes API, and not in JSON."
            hint = "kubectl cluster-info; is a proxy or a login page in between?"
            raise ClusterTrouble(says, hint, rule="C8", value=kind) from error

    def date(self) -> datetime | None:
        """The server's clock, to the second."""
        text = self.headers.get("date")
        try:
            return parsedate_to_datetime(text).astimezone(UTC) if text else None
        except ValueError:
            return None


def _without_nulls(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value is not None}


class Transport:
    """Requests to one context's API server; safe to use from several threads."""

    def __init__(self, paths: str, context: str) -> None:
        self.context = context
        self._client = _client(paths, context)

    def request(
        self,
        method: str,
        path: str,
        *,
        body: Any = None,
        deadline: float | None = None,
        accept: str = "application/json",
    ) -> Answer:
        """One request and its whole answer before `deadline` (monotonic seconds); ClusterTrouble when there is none."""
        import urllib3

        end = deadline or time.monotonic() + DEADLINE
        left = max(0.05, end - time.monotonic())
        _, url, headers, *_ = self._client.param_serialize(method, path, auth_settings=["BearerToken"])
        headers = {**headers, "Accept": accept}
        payload = None
        if body is not None:
            payload, headers["Content-Type"] = json.dumps(body).encode(), "application/json"
        try:
            response = self._client.rest_client.pool_manager.request(
                method,
                url,
                body=payload,
                headers=headers,
                timeout=urllib3.Timeout(connect=min(CONNECT, left), read=left),
                retries=False,
                redirect=False,
                preload_content=False,
            )
            try:
                content = _read(response, end)
            finally:
                response.close() if response.length_remaining else response.release_conn()
        except (urllib3.exceptions.HTTPError, OSError) as error:
            raise _explained(error, self.context) from error
        if 300 <= response.status < 400:
            raise ClusterTrouble(
                "The API server's address answers with a redirect, which is not followed.",
                "kubectl cluster-info",
                rule="C8",
                value=str(response.status),
            )
        return Answer(response.status, {key.lower(): value for key, value in response.headers.items()}, content)

    def close(self) -> None:
        """Gives back the connections."""
        self._client.rest_client.pool_manager.clear()


def _client(paths: str, context: str) -> "ApiClient":
    """A client of this context alone: the library's process-wide default would lend one learner's cluster to
    another."""
    from kubernetes.client import Configuration
    from kubernetes.config import new_client_from_config
    from kubernetes.config.config_exception import ConfigException

    configuration = Configuration()
    configuration.connection_pool_maxsize = AT_ONCE
    try:
        client: ApiClient = new_client_from_config(  # type: ignore[no-untyped-call]
            config_file=paths, context=context, persist_config=False, client_configuration=configuration
        )
    except (ConfigException, OSError, ValueError, KeyError, TypeError) as error:
        text = (str(error).splitlines() or [""])[0].rstrip(".")
        says = f"The kubeconfig entry for {context} cannot be used: {text}."
        hint = (
            "minikube start --embed-certs (keeps certificates in the kubeconfig, for containers, WSL and other users)"
        )
        raise ClusterTrouble(says, hint, rule="C3", value=text) from error
    return client


def _read(response: Any, end: float) -> bytes:
    """The whole body, or an error when it is too large or drips past the deadline."""
    parts: list[bytes] = []
    size = 0
    for part in _arriving(response):
        size += len(part)
        parts.append(part)
        if size > LARGEST:
            says = f"The API server's answer is larger than {LARGEST // 1024 // 1024} MB."
            raise ClusterTrouble(says, "kubectl get all -A | wc -l", rule="C8", value=str(size))
        if time.monotonic() > end:
            raise ClusterTrouble("The API server answers too slowly.", "minikube status", rule="C1", value="deadline")
    return b"".join(parts)


def _arriving(response: Any) -> Iterator[bytes]:
    """Pieces as they come in; waiting for a full piece would let a slow drip outlast the deadline."""
    if response.chunked:
        yield from response.stream(CHUNK, decode_content=True)
        return
    while part := response.read1(CHUNK, decode_content=True):
        yield part


def _explained(error: BaseException, context: str) -> ClusterTrouble:
    """Sorts a failed connection into C1 (not reachable) or C4 (certificate), with the way out."""
    text = str(error)
    if isinstance(error, ssl.SSLError) or "CERTIFICATE" in text or "certificate" in text:
        says = f"The certificate of the cluster behind context {context} is not accepted."
        return ClusterTrouble(
            says, "minikube update-context, or minikube delete and minikube start", rule="C4", value=text[:200]
        )
    says = (
        f"The cluster behind context {context} cannot be reached: it may be stopped, or its address may have changed."
    )
    return ClusterTrouble(says, "minikube status, then minikube start", rule="C1", value=text[:200])
