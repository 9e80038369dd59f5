"""What every service is given. Built once by the factory; knows nothing of requests, pages or commands."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from quizapp.labs.port import ClusterPort, Hands
from quizapp.library import Library
from quizapp.settings import Settings
from quizapp.storage.database import Database


@dataclass(frozen=True, slots=True)
class Context:
    """The outside world as services see it; `now` is aware UTC, `seed` feeds choices that may differ each time."""

    database: Database
    library: Library
    settings: Settings
    now: Callable[[], datetime]
    seed: Callable[[], int]
    cluster: ClusterPort
    hands: Hands
