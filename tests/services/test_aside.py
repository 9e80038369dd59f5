"""Cards that are set aside are not asked: until tomorrow, until they are taken back, alone or with their fact."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from quizapp.services.aside import set_aside
from quizapp.services.context import Context
from quizapp.services.errors import BadInput, NotFound
from quizapp.services.home import home
from quizapp.services.modules import module_cards
from quizapp.services.notes import save_note
from quizapp.services.preferences import keep_preferences, preferences
from quizapp.services.rebuild import compare_cards
from quizapp.services.review import CardView, Outcome, answer_card, next_card, undo
from quizapp.services.users import create_user
from quizapp.storage import cards
from quizapp.storage.tables.cards import Card
from tests.databases import statements
from tests.services.conftest import rows, together

AGAIN, GOOD, EASY = 1, 3, 4
NOTES = """# Probe

- **frigate**: escorts merchant ships and hunts submarines in deep water.
- **corvette**: patrols the coast and is smaller than most warships.
- **destroyer**: guards large warships against aircraft and missiles.
"""


@pytest.fixture
def probe(ctx: Context, ada: str) -> str:
    """A module of three facts with two cards each."""
    slug = save_note(ctx, ada, NOTES).slug
    assert {found.slug: found.cards for found in module_cards(ctx, ada)}[slug] == 6
    return slug


def prefer(ctx: Context, ada: str, **changes: object) -> None:
    keep_preferences(ctx, ada, replace(preferences(ctx, ada), **changes))


def show(ctx: Context, ada: str, slug: str) -> CardView:
    card = next_card(ctx, ada, module_slug=slug)
    assert card
    return card


def rate(ctx: Context, ada: str, card: CardView, rating: int) -> Outcome:
    names = {"item_id": card.item_id, "ord": card.ord, "expected_rev": card.rev, "rating": rating}
    return answer_card(ctx, ada, **names, client_event_id=f"{card.item_id}.{card.rev}.{rating}")


def put(ctx: Context, ada: str, card: CardView, action: str, *, fact: bool = False, name: str = "") -> Outcome:
    name = name or f"{card.item_id}.{card.rev}.{action}"
    names = {"item_id": card.item_id, "expected_rev": card.rev, "client_event_id": name}
    return set_aside(ctx, ada, **names, action=action, whole_fact=fact)


def row_of(ctx: Context, ada: str, item_id: str) -> Card | None:
    with ctx.database.read() as session:
        return cards.card_row(session, ada, item_id, 0)


def seen(ctx: Context, ada: str, slug: str) -> list[str]:
    """The items that a study day shows, each answered Easy."""
    found = []
    while (card := next_card(ctx, ada, module_slug=slug)) and len(found) < 20:
        found.append(card.item_id)
        rate(ctx, ada, card, EASY)
    return found


def test_a_buried_card_comes_again_tomorrow(ctx: Context, ada: str, probe: str) -> None:
    card = show(ctx, ada, probe)
    assert put(ctx, ada, card, "bury") is Outcome.ACCEPTED
    assert show(ctx, ada, probe).item_id != card.item_id
    ctx.now.time = datetime(2026, 11, 26, 3, 59, tzinfo=UTC)
    assert show(ctx, ada, probe).item_id != card.item_id
    ctx.now.advance(minutes=1)
    assert show(ctx, ada, probe).item_id == card.item_id


def test_a_suspended_card_comes_no_more_until_it_is_taken_back(ctx: Context, ada: str, probe: str) -> None:
    prefer(ctx, ada, bury_siblings=False)
    card = show(ctx, ada, probe)
    put(ctx, ada, card, "suspend")
    assert card.item_id not in seen(ctx, ada, probe)
    ctx.now.advance(days=400)
    assert card.item_id not in seen(ctx, ada, probe)
    back = replace(card, rev=card.rev + 1)
    put(ctx, ada, back, "unsuspend")
    assert card.item_id in seen(ctx, ada, probe)


def test_a_card_that_waits_for_review_can_be_set_aside_too(ctx: Context, ada: str, probe: str) -> None:
    card = show(ctx, ada, probe)
    rate(ctx, ada, card, EASY)
    prefer(ctx, ada, new_per_day=0)
    ctx.now.advance(days=60)
    assert home(ctx, ada).due == 1
    put(ctx, ada, show(ctx, ada, probe), "bury")
    assert home(ctx, ada).due == 0
    ctx.now.advance(days=1)
    assert home(ctx, ada).due == 1


def test_a_fact_is_set_aside_with_all_its_cards_and_taken_back_at_once(ctx: Context, ada: str, probe: str) -> None:
    prefer(ctx, ada, bury_siblings=False)
    card = show(ctx, ada, probe)
    put(ctx, ada, card, "suspend", fact=True)
    assert rows(ctx, "review_event") == 2
    assert rows(ctx, "card WHERE suspended_at IS NOT NULL") == 2
    taken_back = undo(ctx, ada)
    assert taken_back
    assert taken_back.item_id == card.item_id
    assert rows(ctx, "card WHERE suspended_at IS NOT NULL") == 0
    assert rows(ctx, "review_event") == 4
    assert undo(ctx, ada) is None
    assert compare_cards(ctx).wrong == ()


def test_what_is_set_aside_already_is_not_set_aside_again(ctx: Context, ada: str, probe: str) -> None:
    card = show(ctx, ada, probe)
    put(ctx, ada, card, "suspend")
    put(ctx, ada, replace(card, rev=1), "suspend", fact=True, name="fact")
    assert rows(ctx, "review_event WHERE kind = 'suspend'") == 2
    undo(ctx, ada)
    assert rows(ctx, "card WHERE suspended_at IS NOT NULL") == 1


def test_sending_it_twice_does_it_once(ctx: Context, ada: str, probe: str) -> None:
    card = show(ctx, ada, probe)
    done = [put(ctx, ada, card, "bury", fact=True) for _ in range(3)]
    assert done == [Outcome.ACCEPTED, Outcome.DUPLICATE, Outcome.DUPLICATE]
    assert rows(ctx, "review_event") == 2


@pytest.mark.parametrize("same", [True, False])
def test_pressed_twenty_times_at_once_it_is_done_once(ctx: Context, ada: str, probe: str, same: bool) -> None:
    card = show(ctx, ada, probe)
    outcomes = together(20, lambda n: put(ctx, ada, card, "suspend", fact=True, name="one" if same else f"press-{n}"))
    assert outcomes.count(Outcome.ACCEPTED) == 1
    assert outcomes.count(Outcome.DUPLICATE if same else Outcome.STALE) == 19
    assert rows(ctx, "review_event") == 2
    assert compare_cards(ctx).wrong == ()


def test_a_card_that_changed_meanwhile_is_left_alone(ctx: Context, ada: str, probe: str) -> None:
    card = show(ctx, ada, probe)
    rate(ctx, ada, card, GOOD)
    assert put(ctx, ada, card, "suspend") is Outcome.STALE
    fresh = show(ctx, ada, probe)
    put(ctx, ada, fresh, "suspend")
    assert rate(ctx, ada, fresh, GOOD) is Outcome.STALE


def test_a_card_of_somebody_elses_notes_cannot_be_set_aside(ctx: Context, ada: str, probe: str) -> None:
    card = show(ctx, ada, probe)
    other = create_user(ctx, "grace", "correct horse", "learner").id
    with pytest.raises(NotFound):
        put(ctx, other, card, "suspend")
    with pytest.raises(NotFound):
        put(ctx, ada, replace(card, item_id="nowhere"), "suspend")
    with pytest.raises(BadInput, match="suspend, unsuspend, bury, unbury"):
        put(ctx, ada, card, "forget")
    assert rows(ctx, "review_event") == 0


def test_of_one_fact_one_card_comes_a_day(ctx: Context, ada: str, probe: str) -> None:
    assert show(ctx, ada, probe).new_count == 3
    first = seen(ctx, ada, probe)
    assert len(first) == 3
    ctx.now.advance(days=1)
    second = seen(ctx, ada, probe)
    assert len(second) == 3
    assert len({*first, *second}) == 6


def test_of_due_siblings_one_comes_a_day_and_numbers_say_so(ctx: Context, ada: str, probe: str) -> None:
    prefer(ctx, ada, bury_siblings=False)
    assert len(seen(ctx, ada, probe)) == 6
    ctx.now.time += timedelta(days=400)
    prefer(ctx, ada, bury_siblings=True, new_per_day=0)
    assert home(ctx, ada).due == 3
    assert {found.slug: found.due for found in module_cards(ctx, ada)}[probe] == 3
    assert len(seen(ctx, ada, probe)) == 3
    view = home(ctx, ada)
    assert (view.due, view.held_back) == (0, 0)
    assert view.next_review_at == datetime(2027, 12, 31, 4, 0, tzinfo=UTC)


def test_an_answer_that_is_taken_back_frees_its_siblings(ctx: Context, ada: str, probe: str) -> None:
    before = show(ctx, ada, probe).new_count
    rate(ctx, ada, show(ctx, ada, probe), EASY)
    assert show(ctx, ada, probe).new_count == before - 1
    undo(ctx, ada)
    assert show(ctx, ada, probe).new_count == before


def test_who_wants_all_cards_of_a_fact_on_one_day_gets_them(ctx: Context, ada: str, probe: str) -> None:
    prefer(ctx, ada, bury_siblings=False)
    assert show(ctx, ada, probe).new_count == 6
    assert len(seen(ctx, ada, probe)) == 6


def missed_until_leech(ctx: Context, ada: str, slug: str, **changes: object) -> tuple[CardView, list[Outcome]]:
    """A card that is learned and missed three times, the third time being one too many."""
    prefer(ctx, ada, new_per_day=1, relearning_steps=(), leech_lapses=3, **changes)
    card = show(ctx, ada, slug)
    rate(ctx, ada, card, EASY)
    prefer(ctx, ada, new_per_day=0)
    outcomes = []
    for _ in range(3):
        ctx.now.advance(days=400)
        card = show(ctx, ada, slug)
        outcomes.append(rate(ctx, ada, card, AGAIN))
    return card, outcomes


def test_a_leech_is_suspended_and_undo_takes_that_back_with_the_answer(ctx: Context, ada: str, probe: str) -> None:
    card, outcomes = missed_until_leech(ctx, ada, probe)
    assert outcomes == [Outcome.ACCEPTED, Outcome.ACCEPTED, Outcome.SUSPENDED]
    assert next_card(ctx, ada, module_slug=probe) is None
    row = row_of(ctx, ada, card.item_id)
    assert row
    assert (row.lapses, row.leech_at, row.suspended_at) == (3, ctx.now(), ctx.now())
    taken_back = undo(ctx, ada)
    assert taken_back
    assert (taken_back.item_id, taken_back.leech) == (card.item_id, False)
    row = row_of(ctx, ada, card.item_id)
    assert row
    assert (row.lapses, row.leech_at, row.suspended_at) == (2, None, None)
    assert compare_cards(ctx).wrong == ()


def test_a_leech_that_shall_not_be_suspended_comes_back_with_its_mark(ctx: Context, ada: str, probe: str) -> None:
    _, outcomes = missed_until_leech(ctx, ada, probe, leech_suspends=False)
    assert outcomes[-1] is Outcome.LEECH
    ctx.now.advance(days=400)
    assert show(ctx, ada, probe).leech


def test_a_change_of_the_leech_preference_makes_no_leech_of_the_past(ctx: Context, ada: str, probe: str) -> None:
    card, _ = missed_until_leech(ctx, ada, probe)
    undo(ctx, ada)
    prefer(ctx, ada, leech_lapses=1)
    assert compare_cards(ctx).wrong == ()
    row = row_of(ctx, ada, card.item_id)
    assert row
    assert row.leech_at is None


def test_the_database_refuses_an_event_that_is_two_things(ctx: Context, ada: str, probe: str) -> None:
    rate(ctx, ada, show(ctx, ada, probe), GOOD)
    for change in ("kind = 'suspend'", "rating = NULL", "kind = 'dance', rating = NULL"):
        with pytest.raises(Exception, match=r"ck_review_event_(one_thing|kind)"), ctx.database.write() as session:
            session.execute(text(f"UPDATE review_event SET {change}"))  # noqa: S608


@pytest.mark.parametrize("kind", ["sqlite"])
def test_it_costs_few_statements(ctx: Context, ada: str, probe: str) -> None:
    put(ctx, ada, show(ctx, ada, probe), "bury")
    card = show(ctx, ada, probe)
    with statements(ctx) as sent:
        put(ctx, ada, card, "suspend", fact=True)
    assert len(sent) <= 6
    with statements(ctx) as sent:
        undo(ctx, ada)
    assert len(sent) <= 14
