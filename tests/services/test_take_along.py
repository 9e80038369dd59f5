"""Cards as files: what goes along, under which name, and that names stay when texts change."""

import csv
import io
import json

import pytest

from quizapp.exchange.look import CSS, FIELDS, NOTE_TYPE
from quizapp.services import curate
from quizapp.services.context import Context
from quizapp.services.errors import BadInput, NotFound
from quizapp.services.notes import save_note
from quizapp.services.review import answer_card, next_card, undo
from quizapp.services.take_along import take_along
from quizapp.services.users import create_user, local_user
from tests.exchange.packages import look_inside
from tests.services.conftest import MODULE

NOTES = """# Small & odd things

## Parts & pieces

- **Pod**: the smallest unit that Kubernetes deploys.
- **Node**: a machine that runs `Pods`.
"""
EDITED = NOTES.replace("a machine that runs", "a machine, real or virtual, that runs")


def package(ctx: Context, person: str, module: str | None = None) -> bytes:
    return take_along(ctx, person, ".apkg", module_slug=module)[0]


def table(ctx: Context, person: str, module: str | None = None) -> list[dict[str, str]]:
    text = take_along(ctx, person, ".csv", module_slug=module)[0].decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_package_has_every_card_of_every_module_and_no_media(ctx: Context, ada: str) -> None:
    save_note(ctx, ada, NOTES)
    inside = look_inside(package(ctx, ada))
    assert len(inside.notes) == len(inside.cards) == len(table(ctx, ada)) > 10
    assert {inside.deck_of(card) for card in inside.cards} == {
        "quizapp::Getting started with Kubernetes",
        "quizapp::Small & odd things",
    }
    assert inside.files == ("collection.anki2", "media")
    model = inside.models[str(NOTE_TYPE)]
    assert tuple(field["name"] for field in model["flds"]) == FIELDS
    assert model["css"] == CSS
    assert ".nightMode" in CSS


def test_a_note_says_where_it_comes_from_and_no_text_is_taken_for_markup(ctx: Context, ada: str) -> None:
    save_note(ctx, ada, NOTES)
    inside = look_inside(package(ctx, ada, "small-odd-things"))
    notes = [dict(zip(FIELDS, note["flds"].split("\x1f"), strict=True)) for note in inside.notes]
    node = next(note for note in notes if "machine" in note["Source"])
    assert node["Section"] == "Small &amp; odd things › Parts &amp; pieces"
    assert node["Lines"] == "notes/small-odd-things.md:6"
    assert node["Source"] == "- **Node**: a machine that runs <code>Pods</code>."
    assert {note["tags"] for note in inside.notes} == {
        " module::small-odd-things section::small-odd-things::Parts_&_pieces "
    }


def test_an_edited_note_keeps_its_guid_and_a_package_made_later_is_newer(ctx: Context, ada: str) -> None:
    save_note(ctx, ada, NOTES)
    before = look_inside(package(ctx, ada, "small-odd-things"))
    ctx.now.advance(minutes=5)  # type: ignore[attr-defined]
    save_note(ctx, ada, EDITED, slug="small-odd-things")
    after = look_inside(package(ctx, ada, "small-odd-things"))
    texts = [{note["guid"]: note["flds"] for note in inside.notes} for inside in (before, after)]
    assert set(texts[0]) == set(texts[1])
    assert texts[0] != texts[1]
    assert min(note["mod"] for note in after.notes) > max(note["mod"] for note in before.notes)


def test_the_same_cards_at_the_same_moment_are_the_same_bytes(ctx: Context, ada: str) -> None:
    assert package(ctx, ada) == package(ctx, ada)


def test_hidden_cards_and_other_peoples_notes_stay_behind(ctx: Context, ada: str) -> None:
    save_note(ctx, ada, NOTES)
    before = table(ctx, ada)
    card = next_card(ctx, ada)
    assert card
    curate.decide(ctx, local_user(ctx), card.module_slug, card.item_id, "hide", 1)
    gone = {row["id"] for row in before} - {row["id"] for row in table(ctx, ada)}
    assert gone == {card.item_id}
    bob = create_user(ctx, "bob", "correct horse", "learner").id
    assert {row["deck"] for row in table(ctx, bob)} == {"quizapp::Getting started with Kubernetes"}
    with pytest.raises(NotFound):
        take_along(ctx, bob, ".csv", module_slug="small-odd-things")


def test_modules_of_one_title_are_two_decks(ctx: Context, ada: str) -> None:
    save_note(ctx, ada, NOTES, slug="one")
    save_note(ctx, ada, NOTES, slug="two")
    decks = {row["deck"] for row in table(ctx, ada)}
    assert {"quizapp::Small & odd things (one)", "quizapp::Small & odd things (two)"} < decks


def test_what_cannot_be_written_is_refused(ctx: Context, ada: str) -> None:
    with pytest.raises(BadInput, match=r"\.apkg, \.csv, \.tsv"):
        take_along(ctx, ada, ".txt")
    save_note(ctx, ada, "# Nothing here\n\nto ask.\n")
    with pytest.raises(BadInput, match="none to take along"):
        take_along(ctx, ada, ".csv", module_slug="nothing-here")
    assert take_along(ctx, ada, ".tsv", module_slug=MODULE)[1] > 10


def test_a_package_says_where_each_card_stands_and_how_it_was_answered(ctx: Context, ada: str) -> None:
    for rating in (4, 1, 3):
        card = next_card(ctx, ada)
        assert card
        names = {"item_id": card.item_id, "ord": card.ord, "expected_rev": card.rev, "duration_ms": 4200}
        answer_card(ctx, ada, **names, rating=rating, client_event_id=f"event-{rating}")
    undo(ctx, ada)
    inside = look_inside(package(ctx, ada))
    assert [(line["ease"], line["time"], line["type"]) for line in inside.revlog] == [(4, 4200, 0), (1, 4200, 0)]
    assert inside.revlog[0]["id"] + 1 == inside.revlog[1]["id"], "two answers in one millisecond are told apart"
    easy, missed = (next(card for card in inside.cards if card["id"] == line["cid"]) for line in inside.revlog)
    assert (easy["type"], easy["queue"], easy["reps"]) == (2, 2, 1)
    assert easy["due"] - 3650 == easy["ivl"] == inside.revlog[0]["ivl"] > 3
    assert json.loads(easy["data"])["s"] == 8.2956
    assert (missed["type"], missed["queue"]) == (1, 1)
    assert missed["due"] == int(ctx.now().timestamp()) + 60
    assert inside.revlog[1]["ivl"] == -60
    assert {card["type"] for card in inside.cards if card["id"] not in (easy["id"], missed["id"])} == {0}
    assert look_inside(take_along(ctx, ada, ".apkg", history=False)[0]).revlog == []
