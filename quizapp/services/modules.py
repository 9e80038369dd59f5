"""What there is to learn from: courses, modules and their sections with what each offers one person. Knows no page."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from quizapp.scheduling.mastery import Mastery, mastery
from quizapp.scheduling.recall import recall
from quizapp.services.context import Context
from quizapp.services.desk import sit_down
from quizapp.services.errors import NotFound
from quizapp.storage import cards, evidence, items, notes
from quizapp.storage.database import Session


@dataclass(frozen=True, slots=True)
class ModuleCard:
    """One module in a list, `answered` of its `questions` at least once; `origin` is content, note or deck."""

    slug: str
    title: str
    questions: int
    cards: int
    answered: int
    due: int
    origin: str


@dataclass(frozen=True, slots=True)
class CourseView:
    """A course and its modules in the author's order; the person's own notes and decks are courses too."""

    slug: str
    title: str
    description: str
    modules: tuple[ModuleCard, ...]


@dataclass(frozen=True, slots=True)
class SectionView:
    """A heading path, its line in the notes, and what can be asked about it (subsections not counted in).

    `mastery` is how much of it somebody knows; None where there is nothing to know, or nobody was asked for.
    """

    path: tuple[str, ...]
    line: int
    questions: int
    cards: int
    mastery: Mastery | None = None


@dataclass(frozen=True, slots=True)
class NoteWarning:
    """Something an author should look at, by line of the notes."""

    line: int
    says: str


@dataclass(frozen=True, slots=True)
class ModuleView:
    """One module to read; `clash` says so when a note of the same name stands back behind it."""

    slug: str
    title: str
    course: str
    text: str
    origin: str
    sections: tuple[SectionView, ...]
    warnings: tuple[NoteWarning, ...]
    questions: int
    cards: int
    clash: str | None = None


def library(ctx: Context, user_id: str) -> list[CourseView]:
    """Every course with its modules, and the person's own notes and decks last."""
    found = {card.slug: card for card in module_cards(ctx, user_id)}
    courses = []
    for course in ctx.library.courses:
        own = tuple(found[module.slug] for module in course.modules if module.slug in found)
        courses.append(CourseView(course.slug, course.title, course.description, own))
    notes = tuple(card for card in found.values() if card.origin == "note")
    if notes:
        courses.append(CourseView("notes", "Your notes", "What you wrote or pasted in the browser.", notes))
    decks = tuple(card for card in found.values() if card.origin == "deck")
    if decks:
        courses.append(CourseView("decks", "Your decks", "What you brought from Anki or from a table.", decks))
    return courses


def module_cards(ctx: Context, user_id: str) -> list[ModuleCard]:
    """Every module that somebody may see, with their numbers."""
    with ctx.database.read() as session:
        desk = sit_down(session, user_id, ctx.now)
        counts = items.count_by_module(session, user_id)
        answered = items.answered_by_module(session, user_id)
        due = cards.due_by_module(session, desk.deck)
        rows = items.visible_modules(session, user_id)
    return [
        ModuleCard(
            slug=row.slug,
            title=row.title,
            questions=counts.get((row.slug, "quiz"), 0),
            cards=counts.get((row.slug, "card"), 0),
            answered=answered.get(row.slug, 0),
            due=due.get(row.slug, 0),
            origin=row.origin,
        )
        for row in rows
    ]


def module(ctx: Context, user_id: str, slug: str) -> ModuleView:
    """One module with its text; raises NotFound when there is none, or it is somebody else's note."""
    with ctx.database.read() as session:
        row = items.visible_module(session, user_id, slug)
        if row is None:
            raise NotFound(slug)
        counted = Counter(items.places(session, slug))
        known_parts = _mastery(ctx, session, user_id, slug)
        newest = notes.newest(session, slug) if row.origin == "note" else None
    known = ctx.library.module(slug)
    text = newest.markdown if newest else (known.text if known else "")
    sections = tuple(
        SectionView(path, entry["line"], counted[path, "quiz"], counted[path, "card"], known_parts.get(path))
        for entry in (row.outline if row.origin != "deck" else _levels(counted))
        for path in [tuple(entry["path"])]
    )
    return ModuleView(
        slug=slug,
        title=row.title,
        course=known.course if known else "decks" if row.origin == "deck" else "notes",
        text=text,
        origin=row.origin,
        sections=sections,
        warnings=tuple(NoteWarning(entry["line"], entry["says"]) for entry in row.warnings),
        questions=sum(section.questions for section in sections),
        cards=sum(section.cards for section in sections),
    )


def section_at(ctx: Context, user_id: str, slug: str, line: int) -> tuple[str, ...] | None:
    """The path of the section whose heading stands at that line of the notes."""
    with ctx.database.read() as session:
        row = items.visible_module(session, user_id, slug)
        if row is None:
            raise NotFound(slug)
    return next((tuple(entry["path"]) for entry in row.outline if entry["line"] == line), None)


def _mastery(ctx: Context, session: Session, user_id: str, slug: str) -> dict[tuple[str, ...], Mastery]:
    """What a person knows of each section: its facts by cards and questions, and the lab steps that lead to it."""
    desk = sit_down(session, user_id, ctx.now)
    facts: dict[tuple[str, ...], dict[str, list[float]]] = {}
    for one in evidence.evidence(session, user_id, slug):
        told = facts.setdefault(one.section, {}).setdefault(one.fact, [])
        if one.fraction is not None:
            told.append(one.fraction)
        if one.stability and one.last_study_day:
            days = max(0, (desk.deck.today - one.last_study_day).days)
            told.append(recall(one.stability, days, desk.profile.params))
    labs = {name: lab for name, lab in ctx.library.labs.items() if lab.module == slug}
    passed = evidence.passed_steps(session, user_id, list(labs)) if labs else set()
    steps: dict[str, list[bool]] = {}
    for name, lab in labs.items():
        for step in lab.steps:
            if step.notes:
                steps.setdefault(step.notes, []).append((name, step.id) in passed)
    return {path: mastery(found.values(), steps.get(path[-1] if path else "", ())) for path, found in facts.items()}


def _levels(counted: Counter[tuple[tuple[str, ...], str]]) -> list[dict[str, Any]]:
    """The outline of a deck, which has no text: its levels by name."""
    return [{"path": path, "line": 0} for path in sorted({path for path, _use in counted})]
