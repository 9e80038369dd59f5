"""`quizapp serve-cohort`: the app for many people, with gunicorn. Knows nothing of what it serves.

What is done once (checking the settings, migrations, reading the notes) is done before there are workers; each worker
then opens connections to the database of its own.
"""

import gc
import shutil
import socket
import sys
import tempfile
from typing import TYPE_CHECKING, Any

import click

from quizapp.cli.parts import Failure, Parts
from quizapp.cli.serve import listen_trouble, log_requests, made_ready

if TYPE_CHECKING:
    from quizapp.settings import Settings, Workers

STOPS_WITHIN_S = 5
STUCK_AFTER_S = 60


@click.command()
@click.pass_obj
def command(parts: Parts) -> None:
    """Bring the database up to date once and serve with several workers until Ctrl+C.

    Everything is said by the environment: QUIZAPP_MODE=server, QUIZAPP_SECRET_KEY, QUIZAPP_TRUSTED_HOSTS,
    QUIZAPP_PROXIES, DATABASE_URL, and if you like HOST, PORT, QUIZAPP_WORKERS, QUIZAPP_THREADS.

    \b
    Example:
      quizapp serve-cohort
    """
    from quizapp.settings import count_together, read_workers

    if sys.platform != "linux":
        raise Failure("serve-cohort runs on Linux only; on this machine use: quizapp serve")
    settings = parts.settings()
    workers = read_workers(settings)
    with _listener(settings) as listener:
        counts = tempfile.mkdtemp(prefix="quizapp-metrics-")
        try:
            context = made_ready(parts, count_together(settings, counts))
            app = parts.app(context)
        except Exception:
            shutil.rmtree(counts)
            raise
        context.database.close()
        log_requests()
        click.echo(f"Serving {', '.join(settings.trusted_hosts)} with {workers.count} workers on {settings.base_url}")
        _serve(app, options(listener.detach(), workers, counts))


def _listener(settings: "Settings") -> socket.socket:
    """The address that all workers listen on; taken before anything else is done, so that trouble shows at once."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except OSError as error:
        listener.close()
        raise Failure(listen_trouble(error, settings.host, settings.port)) from error
    return listener


def _serve(app: Any, told: dict[str, Any]) -> None:
    """Runs until it is told to stop; a worker that dies or hangs is replaced."""
    from gunicorn.app.base import BaseApplication

    class Served(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
        def load_config(self) -> None:
            for name, value in told.items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            return app

    Served().run()


def options(listener: int, workers: "Workers", counts: str) -> dict[str, Any]:
    """What gunicorn is told; neither its own files nor its variables in the environment are read.

    `listener` is the descriptor of the address, which gunicorn closes; `counts` is the folder in which workers count
    together, which goes when the server does.
    """
    return {
        "bind": f"fd://{listener}",
        "workers": workers.count,
        "threads": workers.threads,
        "worker_class": "gthread",
        "timeout": STUCK_AFTER_S,
        "graceful_timeout": STOPS_WITHIN_S,
        "proc_name": "quizapp",
        # What proxies say is believed by the app alone, as far as QUIZAPP_PROXIES says.
        "forwarded_allow_ips": "",
        "secure_scheme_headers": {},
        "control_socket_disable": True,
        # The memory of what all workers read stays one: the collector would write into every object.
        "when_ready": lambda _server: _freeze(),
        "on_exit": lambda _server: shutil.rmtree(counts, ignore_errors=True),
    }


def _freeze() -> None:
    gc.collect()
    gc.freeze()
