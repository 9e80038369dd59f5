"""A lab step that needed a hint brings a few cards of the section it leads to first, each once, and says so."""

from collections.abc import Callable

import pytest

from quizapp.services.aside import set_aside
from quizapp.services.context import Context
from quizapp.services.review import CardView, next_card, undo
from quizapp.storage import lab_runs
from quizapp.storage.helped import FACTS
from tests.services.conftest import MODULE
from tests.services.probe import clock, rate, show

LAB = "first-deployment"
SECTION = "First commands"


@pytest.fixture
def stuck(ctx: Context, ada: str) -> Callable[[str], None]:
    """Opens a hint at a step of the lab."""

    def open_hint(step: str) -> None:
        names = dict.fromkeys(("context", "cluster_uid", "namespace", "namespace_uid"), "probe")
        with ctx.database.write() as session:
            values = {"lab_slug": LAB, "params": {}, "baseline": {}, "started_at": ctx.now()}
            run = lab_runs.open_run(session, ada, LAB) or lab_runs.add_run(session, user_id=ada, **names, **values)
            lab_runs.add_event(session, run.id, step, "hint", {"rung": 1}, ctx.now())
        clock(ctx).advance(minutes=1)

    return open_hint


def is_for_the_step(card: CardView) -> bool:
    return card.why == "You opened a hint at step 3 of the lab “Your first Deployment” today, so it comes first, once."


def test_a_hint_brings_a_few_cards_of_the_steps_section_each_once(
    ctx: Context, ada: str, stuck: Callable[[str], None]
) -> None:
    assert show(ctx, ada).section[-1] != SECTION
    stuck("scale")
    facts = []
    while is_for_the_step(card := show(ctx, ada)):
        assert card.section[-1] == SECTION
        facts.append(card.item_id)
        rate(ctx, ada, card)
    assert len(facts) == len(set(facts)) == FACTS
    stuck("scale")
    assert is_for_the_step(show(ctx, ada))


def test_a_step_without_a_hint_brings_nothing(ctx: Context, ada: str, stuck: Callable[[str], None]) -> None:
    first = show(ctx, ada)
    stuck("no such step")
    assert show(ctx, ada) == first


def test_a_card_of_another_module_is_asked_where_one_studies_that(
    ctx: Context, ada: str, stuck: Callable[[str], None]
) -> None:
    stuck("scale")
    assert is_for_the_step(show(ctx, ada, MODULE))
    assert next_card(ctx, ada, module_slug="no-such-module") is None


def test_an_answer_that_is_taken_back_leaves_the_card_waiting(
    ctx: Context, ada: str, stuck: Callable[[str], None]
) -> None:
    stuck("scale")
    card = show(ctx, ada)
    rate(ctx, ada, card)
    assert show(ctx, ada).item_id != card.item_id
    undo(ctx, ada)
    assert show(ctx, ada).item_id == card.item_id


def test_a_card_set_aside_stays_so(ctx: Context, ada: str, stuck: Callable[[str], None]) -> None:
    stuck("scale")
    card = show(ctx, ada)
    names = {"item_id": card.item_id, "expected_rev": card.rev, "client_event_id": "aside"}
    set_aside(ctx, ada, action="suspend", whole_fact=False, **names)
    assert show(ctx, ada).item_id != card.item_id


def test_after_a_month_it_is_no_reason_any_more(ctx: Context, ada: str, stuck: Callable[[str], None]) -> None:
    stuck("scale")
    clock(ctx).advance(days=31)
    assert "hint" not in show(ctx, ada).why
