"""The PostgreSQL that tests use: a private one in a temporary folder. A pytest plug-in, named in tests/conftest.py.

1. QUIZAPP_TEST_POSTGRES names a server that is there, by the URL of a database of it (postgresql://user@host/postgres).
2. PostgreSQL's programs are on this machine: a server of this session alone, stopped at its end.
3. Otherwise the tests are skipped, saying what is missing; with CI=true that is a failure.
"""

import os
import re
import shutil
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from tests.cluster_fixture import cannot

PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
)
SPEED = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=200")


@dataclass(frozen=True)
class Postgres:
    """A server on which tests make databases of their own; `url` is that of one of its databases."""

    url: str

    def create(self, *, template: str | None = None) -> str:
        """The URL of a new database, empty or a copy of `template`."""
        name = f"test_{uuid.uuid4().hex[:12]}"
        source = f' TEMPLATE "{_name_in(template)}"' if template else ""
        self.run(f'CREATE DATABASE "{name}"{source}')
        server, mark, options = self.url.partition("?")
        return f"{server.rpartition('/')[0]}/{name}{mark}{options}"

    def drop(self, url: str) -> None:
        """Removes a database, whoever is still connected."""
        self.run(f'DROP DATABASE IF EXISTS "{_name_in(url)}" WITH (FORCE)')

    def run(self, statement: str) -> None:
        """One statement outside of a transaction."""
        with psycopg.connect(self.url.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload]


def _name_in(url: str) -> str:
    """The database that a URL names; what follows a question mark may have slashes of its own (?host=/run)."""
    return url.partition("?")[0].rpartition("/")[2]


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """The server of this session."""
    given = os.environ.get("QUIZAPP_TEST_POSTGRES")
    if given:
        yield Postgres(given.replace("postgresql://", "postgresql+psycopg://"))
        return
    programs = _programs()
    if programs is None:
        cannot("no PostgreSQL here (Debian: sudo apt-get install postgresql); nothing about PostgreSQL is proven")
        return
    with _served(programs) as server:
        yield server


def _programs() -> Path | None:
    """The folder with the newest initdb and pg_ctl."""
    found = [path for pattern in PLACES for path in Path("/").glob(pattern.removeprefix("/"))]
    on_path = shutil.which("initdb")
    folders = [*sorted(found, key=_numbers, reverse=True), *([Path(on_path).parent] if on_path else [])]
    return next((folder for folder in folders if (folder / "initdb").exists() and (folder / "pg_ctl").exists()), None)


def _numbers(folder: Path) -> list[int]:
    """10 is newer than 9: a version compared as text is not."""
    return [int(number) for number in re.findall(r"\d+", str(folder))]


class _served:  # noqa: N801  (used as a with-statement)
    """A server in a folder of its own on a free port of loopback."""

    def __init__(self, programs: Path) -> None:
        self.programs = programs
        self.folder = Path(tempfile.mkdtemp(prefix="quizapp-postgres-"))
        # PostgreSQL does not run as root: there its files belong to the account that its package made.
        self.account = ["runuser", "-u", "postgres", "--"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []

    def __enter__(self) -> Postgres:
        if self.account:
            shutil.chown(self.folder, "postgres")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self._call("initdb", "-D", self._data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-h 127.0.0.1 -p {port} -k {self.folder} " + " ".join(f"-c {setting}" for setting in SPEED)
        # With a log file of its own the server does not hold on to our output, for which pytest would wait.
        self._call("pg_ctl", "-D", self._data, "-l", str(self.folder / "log"), "-w", "-o", options, "start")
        return Postgres(f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres")

    def __exit__(self, *_: object) -> None:
        self._call("pg_ctl", "-D", self._data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(self.folder)

    @property
    def _data(self) -> str:
        return str(self.folder / "data")

    def _call(self, program: str, *arguments: str) -> None:
        command = [*self.account, str(self.programs / program), *arguments]
        done = subprocess.run(command, cwd="/", capture_output=True, text=True, check=False, timeout=120)
        assert done.returncode == 0, f"{' '.join(command)}: {done.stdout}{done.stderr}"
