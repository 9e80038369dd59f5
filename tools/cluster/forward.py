"""Carries connections from a port on the host's loopback to the API server inside the cluster's namespaces.

The socket listens on the host and is handed to a process inside, which dies with the cluster. Stopping that process
plays a cluster that cannot be reached.
"""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress

from tools.cluster import needs, places, process
from tools.cluster.node import API_PORT
from tools.cluster.trouble import Trouble

CHUNK = 1 << 16


def listen(wanted: int, *, insist: bool) -> socket.socket:
    """A listening socket at the wanted port; any free one when it is taken and nobody insists."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", wanted))
    except OSError as taken:
        if insist:
            listener.close()
            raise Trouble(f"port {wanted} is taken", "name another one with --port") from taken
        listener.bind(("127.0.0.1", 0))
    listener.listen(128)
    return listener


def start(state: places.State, init: int, listener: socket.socket) -> None:
    """Hands the socket to a process inside and remembers which one."""
    inside = [needs.program("nsenter"), "-t", str(init), "-n", "-p", sys.executable, "-m", "tools.cluster.forward"]
    with (state.log / "forward.log").open("ab") as log:
        started = subprocess.Popen(
            [*inside, str(listener.fileno())],
            pass_fds=[listener.fileno()],
            cwd=places.CHECKOUT,
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    state.remember("forwarder", process.identity(started.pid))
    started.returncode = 0


def stop(state: places.State) -> None:
    """Ends the forwarder and with it every connection that it carries."""
    pid = process.alive(state.recall("forwarder"))
    if pid:
        with suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)
        process.await_end(pid)


async def _serve(listener: socket.socket) -> None:
    server = await asyncio.start_server(_carry, sock=listener, limit=CHUNK)
    await server.serve_forever()


async def _carry(client: asyncio.StreamReader, to_client: asyncio.StreamWriter) -> None:
    try:
        server, to_server = await asyncio.open_connection("127.0.0.1", API_PORT, limit=CHUNK)
    except OSError:
        to_client.transport.abort()
        return
    await asyncio.gather(_pump(client, to_server), _pump(server, to_client))


async def _pump(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await source.read(CHUNK):
            target.write(data)
            await target.drain()
    target.close()


if __name__ == "__main__":
    asyncio.run(_serve(socket.socket(fileno=int(sys.argv[1]))))
