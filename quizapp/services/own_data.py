"""Everything that is kept about one person, as data that a person can read and a program can take on. Knows no page.

Left out are what proves who they are (the hash of a password, the tokens of sessions), what a replay of the history
gives again, and the key of a question that they have not answered: a download must not be a way to look it up.
"""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from itertools import groupby
from typing import Any

from quizapp.questions.item import Item
from quizapp.scheduling.card import NAMES
from quizapp.services.context import Context
from quizapp.services.desk import sit_down
from quizapp.services.errors import BadInput
from quizapp.services.preferences import of_desk
from quizapp.services.sittings import is_told
from quizapp.services.users import LOCAL, name_key
from quizapp.storage import cards as card_store
from quizapp.storage import people
from quizapp.storage import person_data as store
from quizapp.storage.database import Session

FORMAT = "quizapp-person/1"
Data = dict[str, Any]


def own_data(ctx: Context, user_id: str) -> Data:
    """All of it, ready for JSON; the same data give the same order."""
    with ctx.database.read() as session:
        desk = sit_down(session, user_id, ctx.now)
        user = desk.user
        profiles = store.profiles(session, user_id)
        numbers = {row.id: row.number for row in profiles}
        return {
            "format": FORMAT,
            "exported_at": _plain(desk.moment.at),
            "person": {
                "name": user.name,
                "role": user.role,
                "created_at": _plain(user.created_at),
                "disabled_at": _plain(user.disabled_at),
                "sessions": [
                    _fields(row, "agent", "created_at", "expires_at") for row in store.sessions(session, user_id)
                ],
                "password_links": [_fields(row, "created_at", "expires_at") for row in store.links(session, user_id)],
            },
            "preferences": asdict(of_desk(desk)),
            "notes": list(_notes(session, user_id)),
            "decks": list(_decks(session, user_id)),
            "cards": [_card(*row) for row in store.cards(session, user_id)],
            "card_history": [_event(row, numbers) for row in store.events(session, user_id)],
            "scheduler_profiles": [_profile(row) for row in profiles],
            "quizzes": list(_quizzes(session, user_id, desk.moment.at)),
            "labs": list(_labs(session, user_id)),
            "decisions": [
                _fields(row, "module_slug", "item_id", "verdict", "texts", "wording", "source", "at")
                for row in store.decisions(session, user_id)
            ],
            "reports": [
                _fields(row, "item_id", "version", "says", "reported_at", "resolved_at")
                for row in store.reports(session, user_id)
            ],
            **_cohorts(session, user_id),
            "imports": [_fields(row, "module_slug", "plan", "applied_at") for row in store.imports(session, user_id)],
        }


def find_person(ctx: Context, name: str) -> str:
    """The id of who has that name; `You` is the person of self-study. Raises BadInput when there is nobody."""
    key = name_key(name)
    with ctx.database.read() as session:
        found = people.user_by_name(session, key) or (people.user_by_name(session, LOCAL) if key == "you" else None)
    if found is None:
        raise BadInput("name", f"nobody is called {name!r}; in self-study the one person is called You")
    return found.id


def _notes(session: Session, user_id: str) -> Iterable[Data]:
    for note, rows in groupby(store.notes(session, user_id), key=lambda row: row[0]):
        versions = [_fields(version, "number", "title", "saved_at", "markdown") for _, version in rows]
        yield {**_fields(note, "slug", "created_at", "retired_at"), "versions": versions}


def _decks(session: Session, user_id: str) -> Iterable[Data]:
    """Decks as they came; what their cards say now and when they come back stands with the cards."""
    for deck, rows in groupby(store.decks(session, user_id), key=lambda row: row[0]):
        cards = [
            {**_fields(note, "guid", "note_type", "fields", "tags"), **_fields(card, "item_id", "ord", "deck", "aside")}
            for _, note, card in rows
            if note and card
        ]
        yield {**_fields(deck, "slug", "name", "source", "note_types", "created_at"), "cards": cards}


def _card(card: Any, item: Any, version: Any) -> Data:
    said = Item.from_dict(version.payload)
    place = {"item_id": item.id, "ord": card.ord, "module": item.module_slug, "section": item.section}
    text = {"kind": item.kind, "front": said.prompt, "back": said.back, "in_the_notes": item.retired_at is None}
    return {**place, **text, "rev": card.rev, **card_store.state_of(card).to_dict()}


def _event(row: Any, numbers: dict[str, int]) -> Data:
    plain = {name: _plain(value) for name, value in row.items() if name != "profile_id"}
    return plain | {"rating_name": NAMES.get(row["rating"]), "profile": numbers[row["profile_id"]]}


def _profile(row: Any) -> Data:
    plain = ("number", "algo", "retention", "learning_steps", "relearning_steps", "max_interval", "params")
    return _fields(row, *plain, "leech_lapses", "leech_suspends", "created_at")


def _quizzes(session: Session, user_id: str, now: datetime) -> Iterable[Data]:
    given: dict[tuple[str, int], dict[str, tuple[Any, list[Any]]]] = {}
    for answer, grade in store.answers(session, user_id):
        _, grades = given.setdefault((answer.attempt_id, answer.pos), {}).setdefault(answer.id, (answer, []))
        grades.extend([grade] if grade else [])
    for attempt, rows in groupby(store.attempts(session, user_id), key=lambda row: row[0]):
        questions = []
        for _, one, assignment in rows:
            told = assignment is None or is_told(assignment, attempt, now)
            questions.append(_question(one, list(given.get((attempt.id, one.pos), {}).values()), told=told))
        fields = _fields(attempt, "module_slug", "section", "started_at", "deadline_at", "closed_at", "close_reason")
        yield {
            "id": attempt.id,
            "assignment": attempt.assignment_id,
            "number": attempt.number,
            **fields,
            "questions": questions,
        }


def _question(one: Any, answers: list[tuple[Any, list[Any]]], *, told: bool) -> Data:
    """A question with its answers; what they earned and how it is right only once that may be told."""
    asked = Item.from_dict(one.payload)
    graded = told and any(grades for _, grades in answers)
    return {
        "pos": one.pos,
        "item_id": one.item_id,
        "version": one.version,
        "kind": asked.kind,
        "prompt": asked.prompt,
        "item": asked.payload if graded else None,
        "answers": [
            {
                **_fields(answer, "answer", "autosave", "at", "study_day"),
                "grades": [_fields(grade, "fraction", "breakdown", "reason", "at") for grade in grades if told],
            }
            for answer, grades in answers
        ],
    }


def _cohorts(session: Session, user_id: str) -> Data:
    """Where they are or were, and what they changed there."""
    kept = ("role", "email", "name", "section", "labels", "external_id", "joined_at", "left_at")
    rules = ("module_slug", "sections", "kinds", "size", "graded", "max_attempts", "counts", "feedback", "created_at")
    dates = ("opens_wall", "due_wall", "closes_wall", "opens_at", "due_at", "closes_at")
    code = ("role", "label", "max_uses", "uses", "created_at", "expires_at", "revoked_at")
    return {
        "cohorts": [
            {**_fields(cohort, "title", "tz_name", "created_at"), **_fields(place, *kept)}
            for cohort, place in store.memberships(session, user_id)
        ],
        "assignments": [
            {"cohort": cohort.title, **_fields(row, "id", "title", *rules, *dates)}
            for cohort, row in store.assignments(session, user_id)
        ],
        "join_codes": [
            {"cohort": cohort.title, **_fields(row, *code)} for cohort, row in store.join_codes(session, user_id)
        ],
        "changes_in_cohorts": [
            {"cohort": cohort.title, **_fields(event, "kind", "detail", "at")}
            for cohort, event in store.cohort_events(session, user_id)
        ],
    }


def _labs(session: Session, user_id: str) -> Iterable[Data]:
    events: dict[str, list[Data]] = {}
    for event in store.lab_events(session, user_id):
        events.setdefault(event.lab_run_id, []).append(_fields(event, "step_id", "kind", "detail", "at"))
    for run, rows in groupby(store.runs(session, user_id), key=lambda row: row[0]):
        passed = [_fields(step, "step_id", "passed_at", "evidence") for _, step in rows if step]
        told = _fields(run, "lab_slug", "context", "cluster_uid", "namespace", "namespace_uid", "params", "baseline")
        yield {
            **told,
            **_fields(run, "started_at", "ended_at", "end_reason"),
            "passed": passed,
            "events": events.get(run.id, []),
        }


def _fields(row: Any, *names: str) -> Data:
    return {name: _plain(getattr(row, name)) for name in names}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime | date) else value
