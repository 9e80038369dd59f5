"""What an answered card costs, beside one row written to SQLite with the same safety."""

import itertools
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from quizapp.services.review import answer_card, next_card
from tools.bench.pairs import Ratio, paired
from tools.bench.place import a_quizapp

CALLS = 20


def measure(calls: int = CALLS) -> Iterator[Ratio]:
    """Fetch a card and answer it, beside an INSERT with its commit."""
    numbers = itertools.count()
    with a_quizapp() as (ctx, user), tempfile.TemporaryDirectory() as folder:
        with ctx.database.write() as session:
            session.connection().exec_driver_sql("UPDATE user_account SET new_per_day = 100000")
        plain = sqlite3.connect(Path(folder) / "plain.db", isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000"):
            plain.execute(f"PRAGMA {pragma}")
        plain.execute("CREATE TABLE answer (number INTEGER PRIMARY KEY, item TEXT, rating INTEGER)")

        def answer() -> None:
            card = next_card(ctx, user)
            if card is None:
                raise RuntimeError("no card is left to answer")
            names = {"item_id": card.item_id, "ord": card.ord, "expected_rev": card.rev}
            answer_card(ctx, user, **names, rating=1, client_event_id=f"bench-event-{next(numbers)}")  # type: ignore[arg-type]

        def insert() -> None:
            plain.execute("BEGIN IMMEDIATE")
            plain.execute("INSERT INTO answer (item, rating) VALUES ('item', 3)")
            plain.execute("COMMIT")

        yield paired("card fetched and answered / row written", answer, insert, calls=calls, aim="<= 8 ms")
        plain.close()
