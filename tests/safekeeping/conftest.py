"""A person who has reviewed some cards, over a real SQLite file."""

import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from quizapp.factory import create_context
from quizapp.services import users
from quizapp.services.context import Context
from quizapp.services.maintenance import upgrade_database
from quizapp.services.notes import save_note
from quizapp.services.review import answer_card, next_card, undo
from quizapp.settings import Settings
from tests.web.parts import Clock, NoCluster, settings_for

NOTES = "# Probe\n\n" + "\n".join(
    f"- **{term}**: {meaning}."
    for term, meaning in {
        "Pod": "the smallest unit that Kubernetes deploys",
        "Node": "a machine that runs the Pods of applications",
        "Service": "gives a set of Pods one stable address",
        "Deployment": "manages ReplicaSets and provides rolling updates",
        "Secret": "holds a small amount of sensitive data",
    }.items()
)


@dataclass(frozen=True)
class Learner:
    """Somebody at their cards; `study` answers some, with an undo now and then."""

    ctx: Context
    id: str
    clock: Clock

    @property
    def settings(self) -> Settings:
        return self.ctx.settings

    def study(self, answers: int, seed: int = 1) -> None:
        chance = random.Random(seed)
        for n in range(answers):
            card = next_card(self.ctx, self.id)
            if card is None:
                self.clock.advance(days=1)
                continue
            names = {"expected_rev": card.rev, "client_event_id": f"event-{seed}-{n}-{'x' * 20}"}
            answer_card(self.ctx, self.id, item_id=card.item_id, ord=card.ord, rating=chance.randint(1, 4), **names)
            if chance.random() < 0.2:
                undo(self.ctx, self.id)
            self.clock.advance(minutes=chance.choice([1, 20, 900]))


@pytest.fixture(scope="session")
def with_notes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with a person and their notes, made once and copied for every test."""
    folder = tmp_path_factory.mktemp("with-notes")
    settings = settings_for(folder)
    upgrade_database(settings)
    ctx = create_context(settings, cluster=NoCluster(), now=Clock(), seed=lambda: 7)
    save_note(ctx, users.local_user(ctx).id, NOTES)
    ctx.database.close()
    return folder / "quizapp.db"


@pytest.fixture
def begin(with_notes: Path, tmp_path: Path) -> Iterator[Callable[[str], Learner]]:
    """Makes a learner with notes in a data folder of that name."""
    made: list[Context] = []

    def one(name: str = "data") -> Learner:
        folder = tmp_path / name
        folder.mkdir()
        shutil.copy(with_notes, folder / "quizapp.db")
        settings = settings_for(folder)
        clock = Clock()
        ctx = create_context(settings, cluster=NoCluster(), now=clock, seed=lambda: 7)
        made.append(ctx)
        return Learner(ctx, users.local_user(ctx).id, clock)

    yield one
    for ctx in made:
        ctx.database.close()
