"""Many cards and long histories, put straight into the tables: what would take years of study. Knows no benchmark."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import fsrs
from sqlalchemy import insert

from quizapp.scheduling.memory import DEFAULT_PROFILE
from quizapp.scheduling.studyday import Place
from quizapp.services.context import Context
from quizapp.services.desk import new_profile, sit_down
from quizapp.storage.database import Session
from quizapp.storage.tables.cards import Card, ReviewEvent
from quizapp.storage.tables.content import ContentItem, ContentVersion, ImportRun
from quizapp.storage.tables.notes import Module

BERLIN = Place("Europe/Berlin")
BEGUN = datetime(2024, 1, 1, 7, 0, tzinfo=UTC)
A_MODULE = 500
SIDES = 2
RATINGS = (1, 2, 3, 3, 3, 3, 3, 3, 3, 4)
STATE = {
    "state": "review",
    "step": None,
    "stability": 23.481516023434,
    "difficulty": 5.2882091203,
    "due_at": "2024-05-03T02:00:00+00:00",
    "due_day": "2024-05-03",
    "last_review_at": "2024-04-11T15:20:31.123456+00:00",
    "last_study_day": "2024-04-11",
    "introduced_day": "2024-01-02",
    "reps": 7,
    "lapses": 1,
    "suspended_at": None,
    "buried_until_day": None,
    "leech_at": None,
}
Told = tuple[str, int, datetime]
"""An answer: of which item, the rating, when."""


def add_cards(ctx: Context, user: str, count: int) -> list[str]:
    """Modules of 500 cards, two cards a fact; the ids in the order of the notes."""
    now, names = ctx.now(), [f"crowd-{number:06d}" for number in range(count)]
    slugs = [f"crowd-{number:04d}" for number in range(-(-count // A_MODULE))]
    plain = {"origin": "content", "path": "", "text_hash": "", "generator": "", "outline": [], "warnings": []}
    with ctx.database.write() as session:
        _add(session, Module, ({"slug": slug, "title": slug, **plain} for slug in slugs))
        run = {"user_id": user, "text_hash": "", "generator": "", "plan": {}, "applied_at": now}
        _add(session, ImportRun, ({"id": slug, "module_slug": slug, **run} for slug in slugs))
        _add(session, ContentItem, (_item(number, name, now) for number, name in enumerate(names)))
        _add(session, ContentVersion, (_version(number, name, now) for number, name in enumerate(names)))
    return names


def add_answered(ctx: Context, user: str, names: list[str]) -> None:
    """Card rows as years of study leave them: of a hundred one is due, of a thousand one was answered today."""
    chance, now = random.Random(7), ctx.now()
    today = BERLIN.study_day(now)
    rows = []
    for number, name in enumerate(names):
        days = 0 if number % 1000 == 0 else chance.randint(1, 200)
        left = chance.randint(-5, 0) if number % 100 == 1 else chance.randint(1, 400)
        row = {"user_id": user, "item_id": name, "ord": 0, "rev": 7, "state": "review", "reps": 7, "lapses": 1}
        row |= {"stability": 30.0, "difficulty": 5.0, "due_day": today + timedelta(days=left)}
        row |= {"due_at": now + timedelta(days=left), "last_review_at": now - timedelta(days=days)}
        row |= {"last_study_day": today - timedelta(days=days), "introduced_day": today - timedelta(days=400)}
        rows.append(row)
    with ctx.database.write() as session:
        _add(session, Card, rows)


def add_history(ctx: Context, user: str, told: list[Told]) -> None:
    """Answers as events, in the order of time; the rows of the cards are left to a rebuild."""
    with ctx.database.write() as session:
        profile = new_profile(session, sit_down(session, user, ctx.now), DEFAULT_PROFILE).id
        usual = {"user_id": user, "kind": "answer", "ord": 0, "version": 1, "tz_name": BERLIN.tz_name}
        usual |= {"rollover_h": BERLIN.rollover_h, "utc_offset_min": 60, "source": "review", "profile_id": profile}
        usual |= {"duration_ms": 4000, "expected_rev": 1, "state_before": STATE, "state_after": STATE}
        names = {"client_event_id": "event-{}", "operation": "event-{}"}
        rows = []
        for number, (item, rating, at) in enumerate(told):
            own = {"item_id": item, "rating": rating, "at": at, "study_day": BERLIN.study_day(at)}
            rows.append(usual | own | {name: text.format(number) for name, text in names.items()})
        _add(session, ReviewEvent, rows)


def years_of_study(names: list[str], answers: int) -> list[Told]:
    """So many answers, as many for each item, each about when py-fsrs wants it, by a person who misses some."""
    chance, scheduler = random.Random(7), fsrs.Scheduler(enable_fuzzing=False)
    told = []
    for number, name in enumerate(names):
        at = BEGUN + timedelta(minutes=11 * number)
        card = fsrs.Card(card_id=number, due=at)
        for _ in range(answers // len(names)):
            rating = chance.choice(RATINGS)
            told.append((name, rating, at))
            card, _log = scheduler.review_card(card, fsrs.Rating(rating), at)
            at = card.due + timedelta(minutes=chance.randint(0, 900))
    return sorted(told, key=lambda one: one[2])


def _item(number: int, name: str, now: datetime) -> dict[str, Any]:
    module, place = divmod(number, A_MODULE)
    row = {"id": name, "module_slug": f"crowd-{module:04d}", "use": "card", "kind": "recall", "position": place}
    row |= {"fact": f"crowd-fact-{number // SIDES}", "section": ["Crowd"], "line_from": 1, "line_to": 1}
    return row | {"version": 1, "grade": "generated", "created_at": now}


def _version(number: int, name: str, now: datetime) -> dict[str, Any]:
    told: dict[str, Any] = {"id": name, "use": "card", "kind": "recall", "section": ["Crowd"], "lines": [1, 1]}
    told |= {"source": "", "fact": f"crowd-fact-{number // SIDES}", "score": 1.0}
    told |= {"front": f"What is thing {number}?", "back": f"It is what stands on line {number} of the notes."}
    row = {"item_id": name, "number": 1, "payload": told, "content_hash": "", "stem_hash": "", "key_hash": ""}
    row |= {"source_path": "", "line_from": 1, "line_to": 1, "created_at": now}
    return row | {"import_run_id": f"crowd-{number // A_MODULE:04d}"}


def _add(session: Session, table: type[Any], rows: Any) -> None:
    for some in _handfuls(list(rows)):
        session.execute(insert(table), some)


def _handfuls(rows: list[dict[str, Any]], size: int = 5000) -> Iterator[list[dict[str, Any]]]:
    for start in range(0, len(rows), size):
        yield rows[start : start + size]
