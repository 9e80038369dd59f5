"""What an answered card costs, beside one row written to SQLite with the same safety."""

import itertools
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from quizapp.services.context import Context
from quizapp.services.review import CardView, Outcome, answer_card, next_card
from quizapp.storage.database import PRAGMAS
from tools.bench.pairs import Effort, Ratio, paired
from tools.bench.place import a_quizapp

CALLS = 20
NUMBERS = itertools.count()


def measure(effort: Effort) -> Iterator[Ratio]:
    """An answer alone, then with the card that comes next, each beside an INSERT with its commit."""
    with a_quizapp() as (ctx, user), _plain() as plain:
        card, revs = _next(ctx, user), itertools.count()
        write = ("a row written", lambda: _insert(plain))
        alone = ("a card answered", lambda: _answer(ctx, user, card, next(revs)))
        yield paired(effort, "card/answered", alone, write, calls=CALLS, aim="")
        whole = ("the next card fetched and answered", lambda: _fetch_and_answer(ctx, user))
        yield paired(effort, "card/fetched-and-answered", whole, write, calls=CALLS, aim="<= 8 ms")


def _fetch_and_answer(ctx: Context, user: str) -> None:
    card = _next(ctx, user)
    _answer(ctx, user, card, card.rev)


def _next(ctx: Context, user: str) -> CardView:
    card = next_card(ctx, user)
    if card is None:
        raise RuntimeError("no card is left to answer")
    return card


def _answer(ctx: Context, user: str, card: CardView, rev: int) -> None:
    """Again, so that the cards never run out."""
    outcome = answer_card(
        ctx,
        user,
        item_id=card.item_id,
        ord=card.ord,
        rating=1,
        expected_rev=rev,
        client_event_id=f"bench-event-{next(NUMBERS)}",
    )
    if outcome is not Outcome.ACCEPTED:
        raise RuntimeError(f"the answer was {outcome.value}")


@contextmanager
def _plain() -> Iterator[sqlite3.Connection]:
    """SQLite as the app sets it up, and nothing else."""
    with tempfile.TemporaryDirectory() as folder, closing(sqlite3.connect(Path(folder) / "plain.db")) as database:
        database.isolation_level = None
        for pragma in PRAGMAS:
            database.execute(f"PRAGMA {pragma}")
        database.execute("CREATE TABLE answer (number INTEGER PRIMARY KEY, item TEXT, rating INTEGER)")
        yield database


def _insert(database: sqlite3.Connection) -> None:
    database.execute("BEGIN IMMEDIATE")
    database.execute("INSERT INTO answer (item, rating) VALUES ('item', 3)")
    database.execute("COMMIT")
