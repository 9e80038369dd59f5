"""Asks Anki itself whether our packages are right: makes an environment with the package `anki`, which is thrown away.

    python -m tools.anki_oracle                    # makes the environment; needs a package index
    python -m tools.anki_oracle --python PATH      # takes the Python of an environment that has anki

Exit code 0 when Anki agrees with everything, 1 with what it does not agree with.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from quizapp.factory import create_context
from quizapp.scheduling.card import CardState
from quizapp.scheduling.studyday import Place
from quizapp.services.bring_deck import bring_deck
from quizapp.services.context import Context
from quizapp.services.maintenance import upgrade_database
from quizapp.services.notes import save_note
from quizapp.services.rebuild import compare_cards
from quizapp.services.review import answer_card, next_card
from quizapp.services.sync import sync_modules
from quizapp.services.take_along import take_along
from quizapp.services.users import local_user
from quizapp.settings import read_settings
from quizapp.storage import cards, decks

ANKI = "anki==26.9.3"
ASK = Path(__file__).with_name("ask.py")
NOTES = (
    "# Small things\n\n- **Pod**: the smallest unit that Kubernetes deploys.\n- **Node**: a machine that runs Pods.\n"
)
EDITED = NOTES.replace("a machine that", "a machine, real or virtual, that")
Ask = Callable[..., dict[str, Any]]


class Clock:
    """The true time of the start, moved by hand: Anki takes no answer from the future."""

    def __init__(self) -> None:
        self.time = datetime.now(UTC).replace(microsecond=0) - timedelta(days=30)

    def __call__(self) -> datetime:
        return self.time


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m tools.anki_oracle")
    options.add_argument("--python", help="the Python of an environment that has anki")
    with tempfile.TemporaryDirectory(prefix="anki-oracle-") as name:
        folder = Path(name)
        python = options.parse_args().python or make_environment(folder / "env")

        def ask(*words: str | Path) -> dict[str, Any]:
            done = subprocess.run([python, ASK, *map(str, words)], capture_output=True, text=True, check=True)
            found: dict[str, Any] = json.loads(done.stdout)
            return found

        wrong = [*ours_to_anki(folder / "ours", ask), *theirs_and_back(folder / "theirs", ask)]
    for one in wrong:
        print(f"FAIL {one}")
    print("Anki agrees with everything" if not wrong else f"Anki disagrees {len(wrong)} times")
    return 1 if wrong else 0


def make_environment(place: Path) -> str:
    """A virtual environment with Anki's library."""
    subprocess.run([sys.executable, "-m", "venv", place], check=True)
    python = place / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", ANKI], check=True)
    return str(python)


def fresh(folder: Path) -> tuple[Context, str]:
    """A database of its own, a month ago."""
    folder.mkdir()
    settings = read_settings({"QUIZAPP_DATA": str(folder)})
    upgrade_database(settings)
    ctx = create_context(settings, now=Clock(), seed=lambda: 7)
    sync_modules(ctx)
    return ctx, local_user(ctx).id


def ours_to_anki(folder: Path, ask: Ask) -> list[str]:
    """Our package in Anki, then a later one of edited notes, then Anki's own packages of it back here."""
    ctx, person = fresh(folder)
    save_note(ctx, person, NOTES)
    study(ctx, person)
    packages = [write(ctx, person, folder / "first.apkg")]
    before = ask("take-in", packages[0])
    wrong = same_cards(ctx, person, before)
    save_note(ctx, person, EDITED, slug="small-things")
    pass_time(ctx, hours=1)
    packages.append(write(ctx, person, folder / "second.apkg"))
    after = ask("take-in", *packages)
    second = after["rounds"][1]
    changed = sum(before["notes"][guid] != after["notes"].get(guid) for guid in before["notes"])
    wrong += expect("notes of a later package that are new", second["new"] + second["conflicting"], 0)
    wrong += expect("an edit changes notes", changed > 0, True)
    wrong += expect("notes of a later package that are updates", second["updated"], len(before["notes"]))
    wrong += expect("names of notes", sorted(after["notes"]), sorted(before["notes"]))
    wrong += expect("cards keep schedule and log when texts change", after["cards"], before["cards"])
    wrong += expect("Anki's check of the collection", after["sound"][1], True)
    ask("pack-again", packages[1], folder)
    for form in ("new.apkg", "legacy.apkg"):
        with (folder / form).open("rb") as source:
            done = bring_deck(ctx, person, source, form)
        answers = sum(len(card["log"]) for card in after["cards"].values())
        wrong += expect(f"{form} brings nothing that is not here", (done.new, done.reviews, done.aside), (0, 0, 0))
        wrong += expect(f"{form} has every answer", done.known, answers)
    return wrong


def theirs_and_back(folder: Path, ask: Ask) -> list[str]:
    """Anki's packages here and out again: in Anki they are what they were."""
    ctx, person = fresh(folder)
    pass_time(ctx, days=31)
    ask("sample", folder)
    wrong = []
    for form in ("new.apkg", "legacy.apkg"):
        with (folder / form).open("rb") as source:
            bring_deck(ctx, person, source, form)
        there, back = ask("take-in", folder / form), ask("take-in", write(ctx, person, folder / f"back-{form}"))
        for guid, note in there["notes"].items():
            wrong += expect(f"{form}: note {guid}", back["notes"].get(guid), note)
        for name, card in there["cards"].items():
            for what in ("deck", "log", "reps", "lapses", "type"):
                wrong += expect(f"{form}: {what} of card {name}", back["cards"][name][what], card[what])
            set_aside = [one["cards"][name]["queue"] == -1 for one in (there, back)]
            wrong += expect(f"{form}: whether card {name} is set aside", set_aside[1], set_aside[0])
        once_more = ask("take-in", folder / form, folder / f"back-{form}")["rounds"][1]
        others = len(back["notes"]) - len(there["notes"])
        wrong += expect(f"{form}: notes that came back as new", once_more["new"], others)
    wrong += expect("cards as their answers say", compare_cards(ctx).wrong, ())
    return wrong


def study(ctx: Context, person: str) -> None:
    """Some days of answers, all four buttons."""
    for day in range(6):
        for turn in range(12):
            card = next_card(ctx, person)
            if card:
                names = {"item_id": card.item_id, "ord": card.ord, "expected_rev": card.rev, "duration_ms": 3000 + turn}
                rating = (3, 3, 4, 1, 3, 2)[(day + turn) % 6]
                answer_card(ctx, person, **names, rating=rating, client_event_id=f"{day}-{turn}")  # type: ignore[arg-type]
            pass_time(ctx, minutes=2)
        pass_time(ctx, days=2)
    now: Any = ctx.now
    now.time = datetime.now(UTC)  # Anki knows no other day than today


def pass_time(ctx: Context, **much: float) -> None:
    """Moves the clock of a context."""
    now: Any = ctx.now
    now.time += timedelta(**much)


def write(ctx: Context, person: str, path: Path) -> Path:
    """Everything that a person has, as a package."""
    path.write_bytes(take_along(ctx, person, ".apkg")[0])
    return path


def same_cards(ctx: Context, person: str, asked: dict[str, Any]) -> list[str]:
    """Whether Anki has every card, where it stands, and its log."""
    with ctx.database.read() as session:
        rows = cards.cards_of(session, person)
        here = decks.cards_to_take(session, person, None)
        answers = list(decks.answers(session, person, with_states=False))
    today = Place().study_day(ctx.now())
    print(f"{len(here)} cards and {len(answers)} answers are compared")
    wrong = expect("cards in Anki", len(asked["cards"]), len(here))
    wrong += expect("answers in Anki", sum(len(card["log"]) for card in asked["cards"].values()), len(answers))
    for row in here:
        card = asked["cards"].get(f"quizapp:{row.item.id}/0#0")
        state = cards.state_of(rows.get((row.item.id, 0))) if (row.item.id, 0) in rows else CardState()
        if card is None:
            wrong.append(f"{row.item.id} is not in Anki")
            continue
        wrong += expect(f"reps of {row.item.id}", (card["reps"], card["lapses"]), (state.reps, state.lapses))
        kinds = {"new": 0, "learning": 1, "review": 2, "relearning": 3}
        wrong += expect(f"state of {row.item.id}", card["type"], kinds[state.state])
        if state.state == "review" and state.due_day and state.stability:
            wrong += expect(f"due of {row.item.id}", card["due_in"], (state.due_day - today).days)
            wrong += expect(f"stability of {row.item.id}", round(card["stability"], 2), round(state.stability, 2))
    return wrong


def expect(what: str, found: object, wanted: object) -> list[str]:
    """Nothing when both are the same, else a line that says so."""
    return [] if found == wanted else [f"{what}: Anki says {found!r}, wanted {wanted!r}"]


if __name__ == "__main__":
    sys.exit(main())
