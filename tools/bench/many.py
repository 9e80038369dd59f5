"""What grows with years of study: a rebuild beside py-fsrs' own loop, the next card of many beside that of few."""

from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial

import fsrs
from sqlalchemy import text

from quizapp.services.context import Context
from quizapp.services.rebuild import rebuild_cards
from quizapp.services.review import next_card
from tools.bench.crowd import Told, add_answered, add_cards, add_history, years_of_study
from tools.bench.pairs import Effort, Ratio, paired
from tools.bench.place import a_quizapp

ANSWERS, LEARNED = 100_000, 10_000
MANY, FEW = 100_000, 1_000
CALLS = 10


def measure(effort: Effort) -> Iterator[Ratio]:
    """Both, each over a database of its own."""
    yield from rebuilt(effort)
    for known, share in (("none answered", 0.0), ("half answered", 0.5), ("all answered", 1.0)):
        yield _next_of_many(effort, known, share)


def rebuilt(effort: Effort) -> Iterator[Ratio]:
    """Rows that are right and stay, then rows that were lost; py-fsrs has the answers in memory and keeps no row."""
    with a_quizapp() as (ctx, user):
        told = years_of_study(add_cards(ctx, user, effort.of(LEARNED)), effort.of(ANSWERS))
        add_history(ctx, user, told)
        rebuild_cards(ctx)
        loop = (f"py-fsrs' loop over {len(told)}", partial(_loop, told))
        looked = (f"{len(told)} answers rebuilt, rows right", partial(rebuild_cards, ctx))
        yield paired(effort, "rebuild/right", looked, loop, calls=1, aim="<= 1.5")
        back = (f"{len(told)} answers rebuilt, rows lost", partial(_lose_and_rebuild, ctx))
        yield paired(effort, "rebuild/lost", back, loop, calls=1, aim="<= 1.5")


def _next_of_many(effort: Effort, known: str, share: float) -> Ratio:
    with ExitStack() as stack:
        works = []
        for count in (effort.of(MANY), effort.of(FEW)):
            ctx, user = stack.enter_context(a_quizapp())
            names = add_cards(ctx, user, count)
            add_answered(ctx, user, names[: round(share * count)])
            works.append((f"next of {count} cards", partial(next_card, ctx, user)))
        name = f"next/{known.replace(' ', '-')}"
        what, over = works
        return paired(effort, name, (f"{what[0]}, {known}", what[1]), over, calls=CALLS, aim="<= 3")


def _lose_and_rebuild(ctx: Context) -> None:
    with ctx.database.write() as session:
        session.execute(text("DELETE FROM card"))
    rebuild_cards(ctx)


def _loop(told: list[Told]) -> dict[str, fsrs.Card]:
    """As its own documentation does it, with everything as it comes, fuzz as well."""
    scheduler = fsrs.Scheduler()
    cards: dict[str, fsrs.Card] = {}
    for name, rating, at in told:
        card = cards.get(name) or fsrs.Card(card_id=1, due=at)
        cards[name], _log = scheduler.review_card(card, fsrs.Rating(rating), at)
    return cards
