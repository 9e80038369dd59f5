"""Runs inside the oracle's own environment, where the package `anki` is; prints JSON. Imports nothing of ours."""

import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from anki.collection import (
    Collection,
    ExportAnkiPackageOptions,
    ImportAnkiPackageOptions,
    ImportAnkiPackageRequest,
)

CSS = ".card { font-size: 20px; }"
OUTCOMES = ("new", "updated", "duplicate", "conflicting", "first_field_match", "missing_notetype", "missing_deck")


def fresh() -> Collection:
    """An empty collection."""
    return Collection(str(Path(tempfile.mkdtemp()) / "collection.anki2"))


def take_in(packages: list[str]) -> dict[str, Any]:
    """Imports packages one after the other into one collection, and tells what became of them."""
    col = fresh()
    options = ImportAnkiPackageOptions(with_scheduling=True)
    rounds = []
    for package in packages:
        log = col.import_anki_package(ImportAnkiPackageRequest(package_path=package, options=options)).log
        rounds.append({name: len(getattr(log, name)) for name in OUTCOMES})
    notes = [col.get_note(number) for number in col.find_notes("")]
    return {
        "rounds": rounds,
        "notes": {note.guid: {"fields": note.fields, "tags": note.tags, "type": note_type(note)} for note in notes},
        "cards": {
            f"{card.note().guid}#{card.ord}": card_facts(col, card.id) for note in notes for card in note.cards()
        },
        "front": notes[0].cards()[0].question(),
        "sound": col.fix_integrity(),
    }


def note_type(note: Any) -> str:
    """The name of a note's type."""
    return str(note.note_type()["name"])


def card_facts(col: Collection, number: int) -> dict[str, Any]:
    """Where a card stands, and its review log."""
    card = col.get_card(number)
    log = col.db.all("SELECT id, ease, time FROM revlog WHERE cid = ? ORDER BY id", number)
    memory = card.memory_state
    return {
        "deck": col.decks.name(card.did),
        "queue": card.queue,
        "type": card.type,
        "interval": card.ivl,
        "due_in": card.due - col.sched.today if card.type == 2 else None,
        "reps": card.reps,
        "lapses": card.lapses,
        "stability": memory.stability if memory else None,
        "log": log,
    }


def pack_again(package: str, folder: str) -> dict[str, Any]:
    """Imports a package and exports it again in the new and the old form."""
    col = fresh()
    col.import_anki_package(
        ImportAnkiPackageRequest(package_path=package, options=ImportAnkiPackageOptions(with_scheduling=True))
    )
    return write(col, folder)


def sample(folder: str) -> dict[str, Any]:
    """Writes the packages of tests/fixtures/anki: two sides, gaps, tags, levels, a suspended card, some answers."""
    col = fresh()
    for name, cloze in (("Two sides", False), ("Gaps", True)):
        model = col.models.new(name)
        model["type"], model["css"] = int(cloze), CSS
        for field in ("Text", "More") if cloze else ("Front", "Back"):
            col.models.add_field(model, col.models.new_field(field))
        for way in ("{{cloze:Text}}",) if cloze else ("{{Front}}", "{{Back}}"):
            other = "{{cloze:Text}}<br>{{More}}" if cloze else "{{Back}}" if way == "{{Front}}" else "{{Front}}"
            template = col.models.new_template(f"Card {len(model['tmpls']) + 1}")
            template["qfmt"], template["afmt"] = way, f"{{{{FrontSide}}}}<hr id=answer>{other}"
            col.models.add_template(model, template)
        col.models.add(model)
    deck = col.decks.id("Cluster::Small things")
    for name, fields, tags in (
        ("Two sides", ["Pod", "the <b>smallest</b> unit<script>alert(1)</script>"], ["k8s", "unit::small"]),
        ("Gaps", ["{{c1::etcd}} keeps the {{c2::state::what?}} of a cluster", "It runs beside the API server."], []),
    ):
        note = col.new_note(col.models.by_name(name))
        note.fields, note.tags = fields, tags
        col.add_note(note, deck)
    col.decks.select(deck)
    for rating in (3, 1, 4):
        card = col.sched.getCard()
        card.start_timer()
        col.sched.answerCard(card, rating)
    col.sched.suspend_cards([max(col.find_cards(""))])
    return write(col, folder)


def write(col: Collection, folder: str) -> dict[str, Any]:
    """Exports a collection as new.apkg (collection.anki21b) and legacy.apkg (collection.anki21)."""
    for legacy in (False, True):
        options = ExportAnkiPackageOptions(with_scheduling=True, with_media=False, legacy=legacy)
        path = Path(folder) / ("legacy.apkg" if legacy else "new.apkg")
        col.export_anki_package(out_path=str(path), options=options, limit=None)
    return {"folder": folder}


COMMANDS: dict[str, Callable[..., dict[str, Any]]] = {
    "take-in": lambda *packages: take_in(list(packages)),
    "pack-again": pack_again,
    "sample": sample,
}

if __name__ == "__main__":
    print(json.dumps(COMMANDS[sys.argv[1]](*sys.argv[2:])))
