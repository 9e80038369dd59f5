"""A program for a test to kill: answers cards and questions for ever, and prints each event once it is acknowledged."""

import os
import sys
from pathlib import Path

from quizapp.factory import create_context
from quizapp.services.quiz import question, start_quiz, submit_answer
from quizapp.services.review import Outcome, answer_card, next_card
from quizapp.services.users import local_user
from tests.services.conftest import MODULE, some_answer
from tests.web.parts import Clock, NoCluster, settings_for


def say(name: str) -> None:
    sys.stdout.write(f"{name}\n")
    sys.stdout.flush()


def main(folder: str, database_url: str, prefix: str) -> None:
    clock = Clock()
    settings = settings_for(Path(folder), database_url=database_url)
    ctx = create_context(settings, cluster=NoCluster(), now=clock, seed=lambda: int.from_bytes(os.urandom(4)))
    user = local_user(ctx).id
    for number in range(10_000):
        card = next_card(ctx, user)
        clock.advance(hours=7)
        if card:
            name = f"card-{prefix}-{number}"
            names = {"item_id": card.item_id, "ord": card.ord, "rating": 3, "expected_rev": card.rev}
            if answer_card(ctx, user, **names, client_event_id=name) is Outcome.ACCEPTED:
                say(name)
        attempt = start_quiz(ctx, user, MODULE, size=1)
        name = f"quiz-{prefix}-{number}"
        submit_answer(ctx, user, attempt, 1, some_answer(question(ctx, user, attempt, 1)), name)
        say(name)


if __name__ == "__main__":
    main(*sys.argv[1:])
