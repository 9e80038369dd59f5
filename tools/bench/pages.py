"""What a page costs, beside a page that only says hello on the same server."""

import http.client
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from flask import Flask
from waitress.server import create_server

from quizapp.services.quiz import start_quiz
from quizapp.web.setup import build_app
from tools.bench.pairs import Ratio, paired
from tools.bench.place import a_quizapp

MODULE = "getting-started-with-kubernetes"
CALLS = 30


def measure(calls: int = CALLS) -> Iterator[Ratio]:
    """One ratio a page."""
    with a_quizapp() as (ctx, user):
        attempt = start_quiz(ctx, user, MODULE, size=10)
        hello = Flask("hello")
        hello.add_url_rule("/", "hello", lambda: "Hello")
        with served(hello) as say_hello, served(build_app(ctx)) as ask:
            for name, path in (
                ("home", "/"),
                ("library", "/library"),
                ("question", f"/quiz/{attempt}/1"),
                ("card", "/review"),
                ("module", f"/modules/{MODULE}"),
            ):
                first, second = partial(ask, path), partial(say_hello, "/")
                yield paired(f"page {name} / hello", first, second, calls=calls, aim="<= 5.6")


@contextmanager
def served(app: Flask) -> Iterator[Callable[[str], None]]:
    """Asks for pages of an app over one connection that stays open."""
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    port = int(re.findall(r"\d+", str(server.effective_port))[0])
    threading.Thread(target=server.run, daemon=True).start()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def ask(path: str) -> None:
        connection.request("GET", path, headers={"Host": f"127.0.0.1:{port}"})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}")

    try:
        yield ask
    finally:
        connection.close()
        server.close()
