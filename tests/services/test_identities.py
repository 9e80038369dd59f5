"""Notes change and histories follow: the same card under other words, never another card's."""

import json
from typing import Any

import pytest
from sqlalchemy import select, text

from quizapp.services.context import Context
from quizapp.services.curate import Curated, decide, module_to_curate
from quizapp.services.notes import save_note
from quizapp.services.review import answer_card, next_card
from quizapp.services.users import UserView, local_user
from quizapp.storage.tables.content import ImportRun
from tests.web.parts import Clock

NOTES = """# Fleet

## Ships

- **frigate**: escorts merchant ships and hunts submarines in deep water.
- **corvette**: patrols the coast and is smaller than most warships.
- **destroyer**: guards large warships against aircraft and missiles.
"""
SLUG = "fleet"


@pytest.fixture
def me(ctx: Context) -> UserView:
    return local_user(ctx)


@pytest.fixture
def fleet(ctx: Context, me: UserView) -> str:
    return save_note(ctx, me.id, NOTES).slug


def write(ctx: Context, me: UserView, notes: str) -> None:
    clock = ctx.now
    assert isinstance(clock, Clock)
    clock.advance(minutes=1)
    save_note(ctx, me.id, notes, slug=SLUG)


def items(ctx: Context, me: UserView) -> dict[str, Curated]:
    view = module_to_curate(ctx, me, SLUG)
    return {one.item.id: one for section in view.sections for one in section.items}


def about(ctx: Context, me: UserView, words: str, kind: str) -> str:
    (found,) = [
        one.item.id
        for one in items(ctx, me).values()
        if one.item.kind == kind and words in f"{one.item.prompt} {one.item.back}".casefold()
    ]
    return found


def last_plan(ctx: Context) -> dict[str, Any]:
    with ctx.database.read() as session:
        run = session.scalars(select(ImportRun).order_by(ImportRun.applied_at.desc(), ImportRun.id.desc())).first()
        assert run
        return dict(run.plan)


def cards(ctx: Context) -> list[dict[str, Any]]:
    with ctx.database.read() as session:
        rows = session.execute(text("SELECT item_id, due_at, stability, reps FROM card ORDER BY item_id"))
        return [dict(row._mapping) for row in rows]


def study_one(ctx: Context, me: UserView) -> str:
    card = next_card(ctx, me.id, module_slug=SLUG)
    assert card
    answer_card(ctx, me.id, item_id=card.item_id, ord=card.ord, rating=3, expected_rev=card.rev, client_event_id="one")
    return card.item_id


def test_a_card_keeps_its_schedule_through_a_rewording(ctx: Context, me: UserView, fleet: str) -> None:
    studied = study_one(ctx, me)
    before = cards(ctx)
    assert [row["item_id"] for row in before] == [studied]
    write(ctx, me, NOTES.replace("in deep water", "far out in deep water").replace("the coast", "the coast by night"))
    assert cards(ctx) == before
    assert studied in items(ctx, me)
    plan = last_plan(ctx)
    assert plan["edited"]
    assert (plan["new"], plan["retired"]) == ([], [])
    kinds = {items(ctx, me)[item_id].item.kind for item_id in plan["key_changed"]}
    assert kinds == {"matching"}, "what stands at the right side is what is right, so new words there are told"
    write(ctx, me, NOTES.replace("in deep water", "far out in deep and cold water"))
    assert studied in items(ctx, me), "edited again, it is known by the name it had in between"
    write(ctx, me, NOTES)
    assert studied in items(ctx, me), "and the first words are a name of it for ever"
    assert cards(ctx) == before


def test_what_leaves_the_notes_comes_back_with_its_history(ctx: Context, me: UserView, fleet: str) -> None:
    studied = study_one(ctx, me)
    before = cards(ctx)
    write(ctx, me, "# Fleet\n\n## Ships\n\nNothing yet.\n")
    assert items(ctx, me) == {}
    assert studied in last_plan(ctx)["retired"]
    assert cards(ctx) == before, "nothing is deleted"
    write(ctx, me, NOTES)
    assert studied in items(ctx, me)
    assert cards(ctx) == before


def test_another_ship_in_its_place_is_another_card(ctx: Context, me: UserView, fleet: str) -> None:
    old = about(ctx, me, "corvette", "term")
    write(ctx, me, NOTES.replace("corvette", "minesweeper").replace("patrols the coast", "clears the coast of mines"))
    assert about(ctx, me, "minesweeper", "term") != old
    assert old in last_plan(ctx)["retired"]


def test_the_old_words_beside_the_new_ones_are_two_cards(ctx: Context, me: UserView, fleet: str) -> None:
    old = about(ctx, me, "frigate", "meaning")
    reworded = NOTES.replace("in deep water", "in deep and cold seas")
    write(ctx, me, reworded)
    assert about(ctx, me, "frigate", "meaning") == old
    both = reworded + "- **cutter**: escorts merchant ships and hunts submarines in deep water.\n"
    write(ctx, me, both)
    assert about(ctx, me, "cold seas", "meaning") != about(ctx, me, "cutter", "meaning")
    assert about(ctx, me, "cold seas", "meaning") == old, "who is there already keeps the history"


def test_a_decision_holds_through_a_rewording(ctx: Context, me: UserView, fleet: str) -> None:
    one = items(ctx, me)[about(ctx, me, "frigate", "meaning")]
    decide(ctx, me, SLUG, one.item.id, "accept", one.version)
    write(ctx, me, NOTES.replace("in deep water", "far out in deep water"))
    after = items(ctx, me)[one.item.id]
    assert (after.verdict, after.changed) == ("accepted", True)


OWN = """# Fleet

```quiz
id: fastest
Which ship is the fastest?
* frigate
- corvette
- ferry
```
"""


def test_another_right_answer_is_told(ctx: Context, me: UserView) -> None:
    save_note(ctx, me.id, OWN)
    assert last_plan(ctx)["key_changed"] == []
    write(ctx, me, OWN.replace("* frigate", "- frigate").replace("- corvette", "* corvette"))
    assert last_plan(ctx)["key_changed"] == ["fleet-fastest"]


def test_another_id_by_hand_is_another_question(ctx: Context, me: UserView) -> None:
    save_note(ctx, me.id, OWN)
    write(ctx, me, OWN.replace("id: fastest", "id: quickest"))
    assert last_plan(ctx)["retired"] == ["fleet-fastest"]
    assert list(items(ctx, me)) == ["fleet-quickest"]


def test_an_import_is_recorded_as_json(ctx: Context, me: UserView, fleet: str) -> None:
    assert json.loads(json.dumps(last_plan(ctx)))["kept"] == 0
