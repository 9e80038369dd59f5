"""A cohort's server as it runs for many people: `quizapp serve-cohort` in a process of its own, asked over HTTP."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HOST = "quiz.example.org"
SECRET = "only for tests: a key of 32 characters or more"
STARTS_WITHIN_S = 60


@dataclass
class Reply:
    """What came back."""

    status: int
    headers: dict[str, str]
    text: str


@dataclass
class Server:
    """A running server; `log` gathers its standard output, one line a request."""

    process: subprocess.Popen[str]
    port: int
    log: Path
    errors: Path

    @property
    def workers(self) -> list[int]:
        """The process ids of the workers."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in children.read_text().split()]

    def lines(self) -> list[dict[str, object]]:
        """The lines of the log that are JSON."""
        text = self.log.read_text()
        return [json.loads(line) for line in text.splitlines() if line.startswith("{")]


@dataclass
class Browser:
    """Somebody who keeps cookies, behind the proxy that speaks https with them."""

    server: Server
    cookies: dict[str, str] = field(default_factory=dict)
    address: str = "203.0.113.5"

    def ask(self, path: str, form: dict[str, str] | None = None, **headers: str) -> Reply:
        """One request on a connection of its own."""
        from urllib.parse import urlencode

        sent = {
            "Host": HOST,
            "X-Forwarded-For": self.address,
            "X-Forwarded-Proto": "https",
            "Referer": f"https://{HOST}/",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            **headers,
        }
        body = urlencode(form) if form is not None else None
        if body is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        try:
            connection.request("GET" if body is None else "POST", path, body, sent)
            reply = connection.getresponse()
            text = reply.read().decode()
        finally:
            connection.close()
        for name, value in reply.getheaders():
            if name == "Set-Cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return Reply(reply.status, dict(reply.getheaders()), text)

    def send(self, path: str, form: dict[str, str], *, at: str) -> Reply:
        """A form with the token that the page `at` has."""
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.ask(at).text)
        assert found, f"no form on {at}"
        return self.ask(path, {"csrf_token": found[1], **form})

    def log_in(self, name: str, password: str) -> Reply:
        return self.send("/login", {"name": name, "password": password}, at="/login")


@contextmanager
def cohort_server(folder: Path, database_url: str, **environ: str) -> Iterator[Server]:
    """Two workers on that database, on a free port; stopped at the end."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = int(probe.getsockname()[1])
    told = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "QUIZAPP_DATA": str(folder),
        "QUIZAPP_MODE": "server",
        "QUIZAPP_SECRET_KEY": SECRET,
        "QUIZAPP_TRUSTED_HOSTS": HOST,
        "QUIZAPP_PROXIES": "1",
        "QUIZAPP_WORKERS": "2",
        "DATABASE_URL": database_url,
        "PORT": str(port),
        **environ,
    }
    log, errors = folder / "log", folder / "errors"
    with log.open("w") as out, errors.open("w") as err:
        command = [sys.executable, "-m", "quizapp", "serve-cohort"]
        process = subprocess.Popen(command, cwd=ROOT, env=told, stdout=out, stderr=err, text=True)
    server = Server(process, port, log, errors)
    try:
        _wait_until_it_answers(server)
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def _wait_until_it_answers(server: Server) -> None:
    until = time.monotonic() + STARTS_WITHIN_S
    while time.monotonic() < until:
        if server.process.poll() is not None:
            break
        try:
            if Browser(server).ask("/healthz").status == 200 and len(server.workers) >= 2:
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"the server did not start: {server.errors.read_text()}")
