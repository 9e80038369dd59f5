"""What a page costs, beside a page that only says hello, on the same server, over a connection that stays open."""

import http.client
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from flask import Flask
from waitress.server import create_server

from quizapp.services.quiz import start_quiz
from quizapp.web.setup import build_app
from tools.bench.pairs import Effort, Ratio, paired
from tools.bench.place import a_quizapp

MODULE = "getting-started-with-kubernetes"
CALLS = 30


def measure(effort: Effort) -> Iterator[Ratio]:
    """One ratio a page; the aim is 0.18 of hello's throughput."""
    with a_quizapp() as (ctx, user):
        attempt = start_quiz(ctx, user, MODULE, size=10)
        paths = {
            "home": "/",
            "library": "/library",
            "question": f"/quiz/{attempt}/1",
            "card": "/review",
            "module": f"/modules/{MODULE}",
        }
        with served(_hello()) as say_hello, served(build_app(ctx)) as ask:
            for name, path in paths.items():
                what, over = (f"page: {name}", partial(ask, path)), ("page: hello", partial(say_hello, "/"))
                yield paired(effort, f"page/{name}", what, over, calls=CALLS, aim="<= 5.6")


def _hello() -> Flask:
    app = Flask("hello")
    app.add_url_rule("/", "hello", lambda: "Hello, world")
    return app


@contextmanager
def served(app: Flask) -> Iterator[Callable[[str], None]]:
    """What fetches a page of an app and wants it to be there."""
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    loop = threading.Thread(target=server.run, daemon=True)
    loop.start()
    connection = http.client.HTTPConnection("127.0.0.1", int(server.effective_port), timeout=30)

    def ask(path: str) -> None:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}")

    try:
        yield ask
    finally:
        connection.close()
        server.trigger.pull_trigger(server.close)  # in the loop's own thread, which waits for its sockets
        loop.join(10)
        server.task_dispatcher.shutdown()
