"""`quizapp serve`: the app on this machine, with waitress. Knows nothing of what it serves."""

import errno
import logging
import sys
from typing import TYPE_CHECKING

import click

from quizapp.cli.parts import Failure, Parts, upgraded

if TYPE_CHECKING:
    from quizapp.services.context import Context
    from quizapp.settings import Settings


@click.command()
@click.option("--host", metavar="ADDRESS", help="Address to listen on (HOST; 127.0.0.1).")
@click.option("--port", type=click.IntRange(1, 65535), metavar="N", help="Port to listen on (PORT; 8000).")
@click.pass_obj
def command(parts: Parts, host: str | None, port: int | None) -> None:
    """Bring the database up to date and serve until Ctrl+C.

    \b
    Example:
      quizapp serve --port 8001
    """
    import dataclasses

    from waitress.server import create_server

    settings = parts.settings()
    settings = dataclasses.replace(settings, host=host or settings.host, port=port or settings.port)
    context = made_ready(parts, settings)
    if settings.mode == "server":
        log_requests()
    logging.getLogger("waitress").setLevel(logging.ERROR)
    app = parts.app(context)
    try:
        # What proxies say is believed by the app alone, as far as QUIZAPP_PROXIES says; without any it is dropped here.
        server = create_server(
            app,
            host=settings.host,
            port=settings.port,
            threads=8,
            ident=None,
            clear_untrusted_proxy_headers=not settings.proxies,
        )
    except OSError as error:
        raise Failure(listen_trouble(error, settings.host, settings.port)) from error
    click.echo(f"Open {settings.base_url} (Ctrl+C stops)")
    click.echo(f"Your data: {settings.sqlite_path or settings.database_url.rpartition('@')[2]}")
    server.run()


def made_ready(parts: Parts, settings: "Settings") -> "Context":
    """The context over a database of this version's shape, with the items that the notes give; says what is wrong."""
    from quizapp.services.sync import sync_modules

    context = upgraded(parts, settings)
    for error in context.library.errors:
        click.echo(f"quizapp: {error}", err=True)
    for warning in sync_modules(context).warnings:
        click.echo(f"quizapp: {warning}", err=True)
    return context


def log_requests() -> None:
    """Lets what the app tells of each request out on standard output, one line of JSON each."""
    log = logging.getLogger("quizapp")
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(logging.Formatter("%(message)s"))
    log.handlers = [handler]
    log.setLevel(logging.INFO)
    log.propagate = False


def listen_trouble(error: OSError, host: str, port: int) -> str:
    """Why nothing can listen there, and what to do."""
    if error.errno == errno.EADDRINUSE:
        other = port + 1 if port < 65535 else 8001
        return f"port {port} is taken by another program; choose another one: PORT={other} make run"
    if error.errno == errno.EACCES:
        return f"port {port} needs more rights than you have; choose one above 1023: PORT=8000 make run"
    return f"cannot listen on {host} port {port}: {error.strerror}; set HOST and PORT to an address of this machine"
