"""What tests of pages are made of: a browser that fills in tokens, a clock to move, a machine without a cluster."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache
from werkzeug.test import TestResponse

from quizapp.labs.trouble import ClusterTrouble
from quizapp.services.context import Context
from quizapp.settings import Settings, read_settings
from quizapp.web.setup import build_app

MODULE = "getting-started-with-kubernetes"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class _Compiled(BytecodeCache):
    """Templates compiled once for all apps of a test run: each test has an app of its own, none has other templates."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._code:
            bucket.bytecode_from_string(self._code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _Compiled()


def pages_over(context: Context) -> Flask:
    """The real app over a context."""
    app = build_app(context)
    app.jinja_env.bytecode_cache = _COMPILED
    return app


class NoCluster:
    """A machine without a kubeconfig, as the adapter reports it."""

    def __getattr__(self, name: str) -> Callable[..., object]:
        def fails(*_args: object, **_kwargs: object) -> object:
            raise ClusterTrouble("There is no kubeconfig on this machine.", "minikube start")

        return fails


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def advance(self, **much: float) -> None:
        self.time += timedelta(**much)


@dataclass(frozen=True)
class Visitor:
    """A test client that fills in the token like a page does."""

    client: FlaskClient
    base_url: str = "http://localhost"

    def get(self, path: str, **kwargs: object) -> TestResponse:
        return self.client.get(path, **{"base_url": self.base_url, **kwargs})

    def token(self, path: str = "/notes/new") -> str:
        found = TOKEN.search(self.get(path).text)
        assert found, f"no form on {path}"
        return found[1]

    def post(self, path: str, form: dict[str, object] | None = None, *, at: str = "/notes/new") -> TestResponse:
        return self.send(path, {"csrf_token": self.token(at), **(form or {})})

    def send(self, path: str, form: dict[str, object] | None = None, **kwargs: object) -> TestResponse:
        """A post as it is, token or none."""
        headers = {"Referer": f"{self.base_url}{path}"}
        return self.client.post(path, data=form or {}, base_url=self.base_url, headers=headers, **kwargs)


def settings_for(folder: Path, **changes: object) -> Settings:
    settings = read_settings({"QUIZAPP_DATA": str(folder)})
    return replace(settings, secret_key="for tests only, 32 characters long", **changes)


def plain(reply: TestResponse) -> str:
    """A page without the tokens in it, which are others every second."""
    return re.sub(r'(value|data-zone-token)="[\w.-]{60,}"', "", reply.text)
