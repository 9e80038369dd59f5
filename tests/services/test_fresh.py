"""Cards that were never answered: found from where they begin, and always those that a search of everything finds."""

import random
from dataclasses import replace

import pytest
from sqlalchemy import and_, or_, select

from quizapp.scheduling.queue import Waiting
from quizapp.services.aside import set_aside
from quizapp.services.context import Context
from quizapp.services.curate import decide
from quizapp.services.desk import sit_down
from quizapp.services.notes import save_note
from quizapp.services.preferences import keep_preferences, preferences
from quizapp.services.review import answer_card, next_card, undo
from quizapp.services.users import local_user
from quizapp.storage import cards
from quizapp.storage.cards import Deck
from quizapp.storage.database import Session
from quizapp.storage.fresh import fresh
from quizapp.storage.tables.cards import Card
from quizapp.storage.tables.content import ContentItem
from quizapp.storage.tables.notes import Module
from tests.services.test_curate import NOTES, SLUG
from tests.web.parts import Clock

LINES = [line for line in NOTES.splitlines() if line.startswith("- ")]
MORE = [
    "- **Secret**: holds a small amount of sensitive data.",
    "- **Node**: a machine that runs the Pods of applications.",
    "- **Volume**: a directory that the containers of a Pod share.",
]


class Learner:
    """Somebody who does anything there is; `check` compares."""

    def __init__(self, ctx: Context, seed: int) -> None:
        self.ctx, self.person = ctx, local_user(ctx)
        self.id, self.chance, self.names = self.person.id, random.Random(seed), 0
        self.note()

    def do_something(self) -> None:
        doing = [self.answer] * 8 + [self.take_back, self.put_aside, self.put_aside, self.hide_or_bring_back]
        self.chance.choice([*doing, self.hide_or_bring_back, self.note, self.wait, self.wait, self.change])()

    def answer(self) -> None:
        card = next_card(self.ctx, self.id, module_slug=self.chance.choice([SLUG, SLUG, None]))
        if card:
            names = {"item_id": card.item_id, "ord": card.ord, "expected_rev": card.rev, "rating": 3}
            answer_card(self.ctx, self.id, **names, client_event_id=self._name())

    def take_back(self) -> None:
        undo(self.ctx, self.id, client_event_id=self._name())

    def put_aside(self) -> None:
        item = self._some_card()
        with self.ctx.database.read() as session:
            row = cards.card_row(session, self.id, item.id, 0)
        how = {"item_id": item.id, "whole_fact": self.chance.random() < 0.5, "expected_rev": row.rev if row else 0}
        if not item.hidden_at and not item.retired_at:
            action = self.chance.choice(["suspend", "unsuspend", "bury", "unbury"])
            set_aside(self.ctx, self.id, **how, action=action, client_event_id=self._name())

    def hide_or_bring_back(self) -> None:
        item = self._some_card()
        if not item.retired_at:
            decide(self.ctx, self.person, SLUG, item.id, "bring-back" if item.hidden_at else "hide", item.version)

    def note(self) -> None:
        lines = self.chance.sample([*LINES, *MORE], k=self.chance.randint(5, len(LINES) + len(MORE)))
        save_note(self.ctx, self.id, "\n".join(["# Small things", "", "## Objects", "", *lines, ""]), slug=SLUG)

    def wait(self) -> None:
        assert isinstance(self.ctx.now, Clock)
        self.ctx.now.advance(hours=self.chance.choice([1, 9, 30]))

    def change(self) -> None:
        known = preferences(self.ctx, self.id)
        keep_preferences(self.ctx, self.id, replace(known, bury_siblings=not known.bury_siblings))

    def check(self) -> int:
        """Compares for the module and for all; how many there were in the module."""
        for slug in (None, SLUG):
            with self.ctx.database.read() as session:
                deck = sit_down(session, self.id, self.ctx.now, module_slug=slug).deck
                content = cards.numbers(session, deck, whole=False).content
                found = fresh(session, deck, 50, content)
                assert found == searched(session, deck, 50)
        return len(found)

    def _some_card(self) -> ContentItem:
        with self.ctx.database.read() as session:
            query = select(ContentItem).where(ContentItem.module_slug == SLUG, ContentItem.use == "card")
            return self.chance.choice(session.scalars(query.order_by(ContentItem.id)).all())

    def _name(self) -> str:
        self.names += 1
        return f"event-{self.names}-of-somebody"


def searched(session: Session, deck: Deck, limit: int) -> list[Waiting]:
    """Every card there is, one by one."""
    today = select(Card.item_id).where(Card.user_id == deck.user_id, Card.last_study_day == deck.today)
    seen = set(session.scalars(select(ContentItem.fact).where(ContentItem.id.in_(today))))
    query = (
        select(ContentItem, Card)
        .join(Module, Module.slug == ContentItem.module_slug)
        .outerjoin(Card, and_(Card.item_id == ContentItem.id, Card.user_id == deck.user_id, Card.ord == 0))
        .where(ContentItem.use == "card", ContentItem.retired_at.is_(None), ContentItem.hidden_at.is_(None))
        .where(Module.retired_at.is_(None), or_(Module.owner_id.is_(None), Module.owner_id == deck.user_id))
        .order_by(ContentItem.module_slug, ContentItem.position)
    )
    found: dict[str, Waiting] = {}
    for item, row in session.execute(query):
        new = row is None or (row.state == "new" and not row.suspended_at)
        rests = row is not None and row.buried_until_day is not None and row.buried_until_day > deck.today
        wanted = deck.module_slug in (None, item.module_slug) and not (deck.apart and item.fact in seen)
        if new and not rests and wanted:
            found.setdefault(item.fact if deck.apart else item.id, Waiting(item.id, 0, item.fact in seen))
    return list(found.values())[:limit]


@pytest.mark.parametrize("seed", range(6))
def test_what_is_new_is_found_whatever_was_done_before(ctx: Context, seed: int) -> None:
    learner = Learner(ctx, seed)
    counts = set()
    for _ in range(60):
        learner.do_something()
        counts.add(learner.check())
    assert 0 in counts or len(counts) > 3, "too little happened"
