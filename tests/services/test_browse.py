"""Cards are found by module, section, state and words, and set aside many at a time, in one operation."""

from dataclasses import replace

import pytest

from quizapp.services.aside import set_aside
from quizapp.services.browse import PAGE, BrowseView, Wish, browse, set_aside_many
from quizapp.services.context import Context
from quizapp.services.curate import decide, module_to_curate
from quizapp.services.errors import BadInput
from quizapp.services.notes import save_note
from quizapp.services.preferences import keep_preferences, preferences
from quizapp.services.rebuild import compare_cards
from quizapp.services.review import CardView, answer_card, next_card, undo
from quizapp.services.users import create_user, local_user
from tests.databases import statements
from tests.services.conftest import MODULE, rows

AGAIN, GOOD, EASY = 1, 3, 4
NOTES = """# Öl und Probe

## Parts

- **Pod**: the smallest unit that Kubernetes deploys.

```card
Was ist Überwachung?
A way of watching 100 % of the Pods.
```

### Inner parts

```card
What is a runner?
A thing that runs_the work.
```

## Others

- **Service**: gives a set of Pods one stable address.
"""


@pytest.fixture
def probe(ctx: Context, ada: str) -> str:
    return save_note(ctx, ada, NOTES).slug


def fronts(view: BrowseView) -> set[str]:
    return {row.front for row in view.rows}


def rate(ctx: Context, ada: str, rating: int, slug: str | None = None) -> CardView:
    card = next_card(ctx, ada, module_slug=slug)
    assert card
    names = {"item_id": card.item_id, "ord": card.ord, "expected_rev": card.rev}
    answer_card(ctx, ada, **names, rating=rating, client_event_id=f"{card.item_id}.{card.rev}")
    return card


def put(ctx: Context, ada: str, card: CardView, action: str) -> None:
    names = {"item_id": card.item_id, "expected_rev": card.rev, "client_event_id": f"{card.item_id}.{action}"}
    set_aside(ctx, ada, **names, action=action, whole_fact=False)


def test_all_cards_are_there_in_the_order_of_the_notes(ctx: Context, ada: str) -> None:
    first = browse(ctx, ada, Wish())
    assert (first.page, first.pages, len(first.rows)) == (1, -(-first.total // PAGE), PAGE)
    found = [row for page in range(1, first.pages + 1) for row in browse(ctx, ada, Wish(), page=page).rows]
    assert len(found) == len({row.item_id for row in found}) == first.total == first.tally["all"]
    lines = [row.lines for row in found]
    assert lines == sorted(lines)


def test_a_page_that_is_not_there_is_the_nearest_one(ctx: Context, ada: str) -> None:
    assert browse(ctx, ada, Wish(), page=99).page == browse(ctx, ada, Wish()).pages
    assert browse(ctx, ada, Wish(), page=0).page == 1


def test_cards_are_found_by_module_and_by_section_with_all_below_it(ctx: Context, ada: str, probe: str) -> None:
    whole = browse(ctx, ada, Wish(module=probe))
    assert {row.module_slug for row in whole.rows} == {probe}
    names = [value for value, _ in whole.sections]
    parts = browse(ctx, ada, Wish(module=probe, section=next(name for name in names if name.endswith("› Parts"))))
    inner = browse(ctx, ada, Wish(module=probe, section=next(name for name in names if name.endswith("Inner parts"))))
    assert 0 < inner.total < parts.total < whole.total
    assert {row.section[-1] for row in parts.rows} == {"Parts", "Inner parts"}
    assert {row.section[-1] for row in inner.rows} == {"Inner parts"}


def test_a_module_or_section_that_is_not_there_narrows_nothing(ctx: Context, ada: str, probe: str) -> None:
    everything = browse(ctx, ada, Wish()).total
    assert browse(ctx, ada, Wish(module="nowhere", section="Parts", state="lost")).total == everything
    view = browse(ctx, ada, Wish(module=MODULE, section="Öl und Probe › Parts"))
    assert (view.wish.module, view.wish.section) == (MODULE, "")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("smallest", True),
        ("SMALLEST unit", True),
        ("unit smallest", True),
        ("überWACHUNG", True),
        ("100 %", True),
        ("runs_the", True),
        ("runs%the", False),
        ("runsXthe", False),
        ("_", True),
        ("smallest machine", False),
        ("'; DROP TABLE card; --", False),
        ("\0", True),
        ("   ", True),
    ],
)
def test_cards_are_found_by_words_as_they_stand(ctx: Context, ada: str, probe: str, text: str, found: bool) -> None:
    assert bool(browse(ctx, ada, Wish(module=probe, text=text)).total) is found


def test_every_word_has_to_occur_on_one_of_the_sides(ctx: Context, ada: str, probe: str) -> None:
    view = browse(ctx, ada, Wish(module=probe, text="pod smallest"))
    assert view.rows
    assert all("smallest" in f"{row.front} {row.back}".lower() for row in view.rows)
    assert view.total < browse(ctx, ada, Wish(module=probe, text="pod")).total


def test_cards_are_found_by_their_state_and_counted(ctx: Context, ada: str, probe: str) -> None:
    wanted = replace(preferences(ctx, ada), bury_siblings=False, leech_lapses=1, leech_suspends=False)
    keep_preferences(ctx, ada, wanted)
    known = rate(ctx, ada, EASY, probe)
    learning = rate(ctx, ada, GOOD, probe)
    buried = next_card(ctx, ada, module_slug=probe)
    assert buried
    put(ctx, ada, buried, "bury")
    suspended = next_card(ctx, ada, module_slug=probe)
    assert suspended
    put(ctx, ada, suspended, "suspend")
    expected = {"learning": learning, "review": known, "suspended": suspended, "buried": buried}
    for state, card in expected.items():
        assert [row.item_id for row in browse(ctx, ada, Wish(module=probe, state=state)).rows] == [card.item_id], state
    tally = browse(ctx, ada, Wish(module=probe, state="review")).tally
    assert {state: tally[state] for state in expected} == dict.fromkeys(expected, 1)
    assert tally["all"] == tally["new"] + tally["learning"] + tally["review"] + tally["suspended"]
    assert tally["leech"] == 0


def test_a_row_says_when_the_card_comes_back(ctx: Context, ada: str, probe: str) -> None:
    card = rate(ctx, ada, EASY, probe)
    row = browse(ctx, ada, Wish(module=probe, state="review")).rows[0]
    assert (row.item_id, row.reps, row.lapses) == (card.item_id, 1, 0)
    assert row.due_in
    ctx.now.advance(days=row.due_in + 3)
    assert browse(ctx, ada, Wish(module=probe, state="review")).rows[0].due_in == -3
    fresh = browse(ctx, ada, Wish(module=probe, state="new")).rows[0]
    assert (fresh.due_in, fresh.stability, fresh.reps) == (None, None, 0)


def test_a_buried_card_is_no_longer_so_tomorrow(ctx: Context, ada: str, probe: str) -> None:
    card = next_card(ctx, ada, module_slug=probe)
    assert card
    put(ctx, ada, card, "bury")
    assert browse(ctx, ada, Wish(state="buried")).total == 1
    ctx.now.advance(days=1)
    assert browse(ctx, ada, Wish(state="buried")).total == 0


def test_named_cards_are_suspended_at_once_and_taken_back_at_once(ctx: Context, ada: str, probe: str) -> None:
    names = [row.item_id for row in browse(ctx, ada, Wish(module=probe)).rows[:3]]
    assert set_aside_many(ctx, ada, Wish(), "suspend", "bulk", item_ids=names) == 3
    assert {row.item_id for row in browse(ctx, ada, Wish(state="suspended")).rows} == set(names)
    assert set_aside_many(ctx, ada, Wish(), "suspend", "bulk", item_ids=names) == 0
    assert set_aside_many(ctx, ada, Wish(), "suspend", "again", item_ids=names) == 0
    assert rows(ctx, "review_event") == 3
    undo(ctx, ada)
    assert browse(ctx, ada, Wish(state="suspended")).total == 0
    assert compare_cards(ctx).wrong == ()


def test_all_that_were_found_are_set_aside_on_every_page(ctx: Context, ada: str, probe: str) -> None:
    total = browse(ctx, ada, Wish(module=MODULE)).total
    assert total > PAGE
    assert set_aside_many(ctx, ada, Wish(module=MODULE), "suspend", "all") == total
    tally = browse(ctx, ada, Wish()).tally
    assert tally["suspended"] == total
    assert tally["new"] == browse(ctx, ada, Wish(module=probe)).total
    assert set_aside_many(ctx, ada, Wish(state="suspended"), "unsuspend", "back") == total
    assert browse(ctx, ada, Wish(state="suspended")).total == 0
    assert compare_cards(ctx).wrong == ()


def test_a_leech_that_is_asked_again_keeps_its_mark(ctx: Context, ada: str, probe: str) -> None:
    keep_preferences(ctx, ada, replace(preferences(ctx, ada), leech_lapses=1, new_per_day=1))
    rate(ctx, ada, EASY, probe)
    ctx.now.advance(days=400)
    keep_preferences(ctx, ada, replace(preferences(ctx, ada), new_per_day=0))
    leech = rate(ctx, ada, AGAIN, probe)
    found = browse(ctx, ada, Wish(state="leech")).rows
    assert [(row.item_id, row.suspended, row.leech) for row in found] == [(leech.item_id, True, True)]
    set_aside_many(ctx, ada, Wish(state="leech"), "unsuspend", "again")
    found = browse(ctx, ada, Wish(state="leech")).rows
    assert [(row.item_id, row.suspended, row.leech) for row in found] == [(leech.item_id, False, True)]


def test_a_hidden_card_is_not_among_them(ctx: Context, ada: str, probe: str) -> None:
    before = browse(ctx, ada, Wish(module=probe)).total
    curated = module_to_curate(ctx, local_user(ctx), probe)
    one = next(one for section in curated.sections for one in section.items if one.item.use == "card")
    decide(ctx, local_user(ctx), probe, one.item.id, "hide", one.version)
    assert browse(ctx, ada, Wish(module=probe)).total == before - 1


def test_nobody_finds_or_changes_cards_of_somebody_elses_notes(ctx: Context, ada: str, probe: str) -> None:
    names = [row.item_id for row in browse(ctx, ada, Wish(module=probe)).rows]
    other = create_user(ctx, "grace", "correct horse", "learner").id
    assert browse(ctx, other, Wish(text="smallest unit", module=probe)).wish.module == ""
    assert not set(names) & {row.item_id for row in browse(ctx, other, Wish(text="runs_the")).rows}
    assert set_aside_many(ctx, other, Wish(), "suspend", "bulk", item_ids=names) == 0
    assert rows(ctx, "review_event") == 0
    with pytest.raises(BadInput):
        set_aside_many(ctx, ada, Wish(), "forget", "bulk")


@pytest.mark.parametrize("kind", ["sqlite"])
def test_it_costs_few_statements_however_many_cards_there_are(ctx: Context, ada: str, probe: str) -> None:
    for wish in (Wish(module=probe), Wish(), Wish(text="pod", state="new", module=MODULE)):
        with statements(ctx) as sent:
            browse(ctx, ada, wish)
        assert len(sent) <= 4, sent
    set_aside_many(ctx, ada, Wish(module=probe), "bury", "first")
    with statements(ctx) as few:
        set_aside_many(ctx, ada, Wish(module=probe), "suspend", "few")
    with statements(ctx) as many:
        set_aside_many(ctx, ada, Wish(), "suspend", "many")
    assert rows(ctx, "review_event") > 100
    assert len(many) <= len(few) + 1 <= 8
