"""A server that plays the Kubernetes API, or something that stands in its place: each path has an answer by a test."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

Answer = Callable[[BaseHTTPRequestHandler], None]


class Api:
    """Answers by the beginning of the path, the longest that fits; everything asked is noted."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {
            "": reply({"kind": "List", "items": []}),
            "/version": reply({"gitVersion": "v1.37.2"}),
            "/api/v1/namespaces/kube-system": reply({"metadata": {"name": "kube-system", "uid": "uid-of-cluster"}}),
        }
        self.asked: list[str] = []
        self.sent: list[dict[str, str]] = []
        self.closing = threading.Event()

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        self.asked.append(f"{request.command} {request.path}")
        self.sent.append({name.lower(): value for name, value in request.headers.items()})
        best = max((start for start in self.answers if request.path.startswith(start)), key=len)
        self.answers[best](request)


def reply(body: Any, status: int = 200, **headers: str) -> Answer:
    """JSON, or a text as it is."""
    data = body.encode() if isinstance(body, str) else json.dumps(body).encode()
    kind = "text/html" if isinstance(body, str) else "application/json"

    def send(request: BaseHTTPRequestHandler) -> None:
        request.rfile.read(int(request.headers.get("Content-Length") or 0))
        request.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(data)), **headers}.items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(data)

    return send


class Listener(ThreadingHTTPServer):
    """Takes as many connections at once as an API server does; five, which is the default, drop some of a round."""

    request_queue_size = 64
    daemon_threads = True


@contextmanager
def served(api: Api) -> Iterator[int]:
    """The port on which it answers."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 20

        def do_GET(self) -> None:
            try:
                api.answer(self)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        do_POST = do_DELETE = do_GET  # noqa: N815  (http.server's names)

        def log_message(self, *_: object) -> None:
            """Silent."""

    server = Listener(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield server.server_port
    finally:
        api.closing.set()
        server.shutdown()
        server.server_close()


def kubeconfig(file: Path, port: int, *, name: str = "minikube", **user: Any) -> str:
    """A kubeconfig as minikube writes one."""
    extension = {"extension": {"provider": "minikube.sigs.k8s.io", "version": "v1.37.0"}, "name": "cluster_info"}
    cluster = {"server": f"http://127.0.0.1:{port}", "extensions": [extension]}
    data = {
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [{"name": name, "cluster": cluster}],
        "contexts": [{"name": name, "context": {"cluster": name, "user": name}}],
        "users": [{"name": name, "user": user or {"token": "a-secret-token"}}],
    }
    file.write_text(json.dumps(data), encoding="utf-8")
    return str(file)
