"""Whatever somebody does in whatever order: undo brings back exactly what was before, and a replay finds the same."""

from collections.abc import Callable
from datetime import date

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import text

from quizapp.scheduling.events import ACTIONS
from quizapp.scheduling.studyday import Place
from quizapp.services.aside import set_aside
from quizapp.services.preferences import keep_preferences, parse, preferences
from quizapp.services.rebuild import compare_cards, rebuild_cards
from quizapp.services.review import answer_card, next_card, undo
from quizapp.storage import cards
from tests.safekeeping.conftest import Learner

Begin = Callable[..., Learner]
State = dict[tuple[str, int], object]


class Studying(RuleBasedStateMachine):
    """A person at their cards; `past` holds what every card was before each thing of today that stands."""

    begin: Begin
    number = 0

    def __init__(self) -> None:
        super().__init__()
        type(self).number += 1
        self.learner = type(self).begin(f"data{self.number}")
        self.ctx, self.id = self.learner.ctx, self.learner.id
        self.past: list[State] = []
        self.day, self.names = self._today(), 0

    @rule(rating=st.integers(1, 4))
    def answer(self, rating: int) -> None:
        card = next_card(self.ctx, self.id)
        if card:
            names = {"item_id": card.item_id, "ord": card.ord, "expected_rev": card.rev}
            self._do(lambda name: answer_card(self.ctx, self.id, **names, rating=rating, client_event_id=name))

    @rule(action=st.sampled_from(ACTIONS), whole=st.booleans(), nth=st.integers(0, 20))
    def put_aside(self, action: str, whole: bool, nth: int) -> None:
        known = sorted(self._states())
        card = next_card(self.ctx, self.id)
        item_id = known[nth % len(known)][0] if known and nth % 2 else (card.item_id if card else "")
        if item_id:
            how = {"item_id": item_id, "action": action, "whole_fact": whole, "expected_rev": self._rev(item_id)}
            self._do(lambda name: set_aside(self.ctx, self.id, **how, client_event_id=name))

    @rule(minutes=st.sampled_from([1, 20, 300, 2000, 20000]))
    def wait(self, minutes: int) -> None:
        self.learner.clock.advance(minutes=minutes)

    @rule(steps=st.sampled_from(["", "1m 10m", "1h"]), lapses=st.sampled_from(["0", "1", "8"]), apart=st.booleans())
    def change_preferences(self, steps: str, lapses: str, apart: bool) -> None:
        texts = preferences(self.ctx, self.id).texts()
        texts |= {"relearning_steps": steps, "leech_lapses": lapses, "bury_siblings": "yes" if apart else ""}
        keep_preferences(self.ctx, self.id, parse(texts))

    @precondition(lambda self: self._of_today())
    @rule()
    def take_back(self) -> None:
        before = self.past.pop()
        undo(self.ctx, self.id)
        assert self._states() == before

    @precondition(lambda self: not self._of_today())
    @rule()
    def find_nothing_to_take_back(self) -> None:
        before = self._states()
        assert undo(self.ctx, self.id) is None
        assert self._states() == before

    @rule()
    def lose_the_rows(self) -> None:
        before = self._rows()
        with self.ctx.database.write() as session:
            session.execute(text("DELETE FROM card"))
        rebuild_cards(self.ctx)
        assert self._rows() == before

    @invariant()
    def rows_are_what_the_events_say(self) -> None:
        assert compare_cards(self.ctx).wrong == ()

    def teardown(self) -> None:
        self.ctx.database.close()

    def _do(self, act: Callable[[str], object]) -> None:
        before = self._states()
        self._of_today()
        self.names += 1
        act(f"event-{self.names}")
        if self._states() != before:
            self.past.append(before)

    def _of_today(self) -> bool:
        """Whether anything of this study day stands; what an earlier day brought can no longer be taken back."""
        if self.day != self._today():
            self.day, self.past = self._today(), []
        return bool(self.past)

    def _today(self) -> date:
        return Place("UTC").study_day(self.learner.clock.time)

    def _states(self) -> State:
        """What every card is; one that never had an event and one of which all were taken back are the same."""
        with self.ctx.database.read() as session:
            found = {key: cards.state_of(row) for key, row in cards.cards_of(session, self.id).items()}
        return {key: state for key, state in found.items() if state != cards.state_of(None)}

    def _rev(self, item_id: str) -> int:
        with self.ctx.database.read() as session:
            row = cards.card_row(session, self.id, item_id, 0)
        return row.rev if row else 0

    def _rows(self) -> list[tuple[object, ...]]:
        with self.ctx.database.read() as session:
            return [tuple(row) for row in session.execute(text("SELECT * FROM card ORDER BY item_id, ord"))]


def test_undo_restores_exactly_and_a_replay_agrees_whatever_is_done(begin: Begin) -> None:
    class Machine(Studying):
        pass

    Machine.begin = staticmethod(begin)
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
    known = settings(max_examples=25, stateful_step_count=30, deadline=None, suppress_health_check=slow, database=None)
    run_state_machine_as_test(Machine, settings=known)
