"""Where things lie: the cache that outlives a checkout, and the state folder of each named cluster."""

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path

from tools.cluster.trouble import Trouble

SOURCES = Path(__file__).resolve().parent
CHECKOUT = SOURCES.parent.parent


def cache() -> Path:
    """QUIZAPP_CACHE, else the user's cache folder."""
    chosen = os.environ.get("QUIZAPP_CACHE")
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(chosen or Path(base) / "quizapp").absolute() / "cluster"


def states() -> Path:
    """The folder of all clusters' state; QUIZAPP_CLUSTER_STATE names another one."""
    chosen = os.environ.get("QUIZAPP_CLUSTER_STATE")
    return Path(chosen).absolute() if chosen else cache() / "run"


@dataclass(frozen=True)
class State:
    """The folder of one named cluster and the names of what lies in it."""

    name: str
    folder: Path

    @property
    def kubeconfig(self) -> Path:
        return self.folder / "kubeconfig"

    @property
    def log(self) -> Path:
        return self.folder / "log"

    @property
    def pki(self) -> Path:
        return self.folder / "pki"

    @property
    def cgroup(self) -> str:
        """A name that no other cluster on this machine has, whatever its state folder."""
        return f"quizapp-{self.name}-{hashlib.sha256(str(self.folder).encode()).hexdigest()[:8]}"

    def remember(self, key: str, value: object) -> None:
        """Writes a small fact for later commands."""
        (self.folder / key).write_text(f"{value}\n")

    def recall(self, key: str) -> str:
        """The fact, or an empty text."""
        path = self.folder / key
        return path.read_text().strip() if path.is_file() else ""


def state(name: str) -> State:
    if not re.fullmatch(r"[a-z][a-z0-9-]{0,30}", name):
        raise Trouble(f"{name!r} is no name for a cluster", "use small letters, digits and '-', at most 31")
    return State(name, states() / name)


@contextmanager
def lock(path: Path, waiting: str) -> Iterator[None]:
    """One process at a time; says `waiting` when another one is at it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as held:
        try:
            flock(held, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            print(waiting, flush=True)
            flock(held, LOCK_EX)
        yield
