"""Somebody's cards to look through: found by module, section, state and words, and set aside many at a time.

Knows no page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from quizapp.questions.item import Item
from quizapp.scheduling.events import ACTIONS, Action
from quizapp.services.aside import changes
from quizapp.services.chronicle import record
from quizapp.services.context import Context
from quizapp.services.desk import sit_down
from quizapp.services.edge import check_event_id
from quizapp.services.errors import BadInput
from quizapp.storage import card_lists, cards, items
from quizapp.storage.card_lists import STATES, Found, Sought
from quizapp.storage.database import Session
from quizapp.storage.tables.notes import Module

PAGE = 25
MOST_WORDS = 10
BETWEEN = " › "


@dataclass(frozen=True, slots=True)
class Wish:
    """What is looked for; empty parts narrow nothing. `section` is a heading path as one line, with all below it."""

    module: str = ""
    section: str = ""
    state: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class CardRow:
    """One card in the list. `state` is new, learning or review; `due_in` counts study days from today, below 0 overdue.

    `stability` is in days; `due_in` and `stability` are None of a new card.
    """

    item_id: str
    front: str
    back: str
    module_slug: str
    module_title: str
    section: tuple[str, ...]
    lines: tuple[int, int]
    state: str
    due_in: int | None
    stability: float | None
    reps: int
    lapses: int
    suspended: bool
    buried: bool
    leech: bool


@dataclass(frozen=True, slots=True)
class BrowseView:
    """One page of what was found; `tally` counts every state within module, section and words, and `all` of it.

    What can be chosen is told as value and words.
    """

    wish: Wish
    rows: tuple[CardRow, ...]
    tally: dict[str, int]
    total: int
    page: int
    pages: int
    modules: tuple[tuple[str, str], ...]
    sections: tuple[tuple[str, str], ...]
    states: tuple[tuple[str, str], ...]


def browse(ctx: Context, user_id: str, wish: Wish, *, page: int = 1) -> BrowseView:
    """The cards that are looked for; a page that is not there is the nearest one that is."""
    with ctx.database.read() as session:
        desk = sit_down(session, user_id, ctx.now)
        modules = items.visible_modules(session, user_id)
        wish, sought = _sought(user_id, desk.deck.today, wish, modules)
        tally = card_lists.tally(session, sought)
        total = tally[wish.state or "all"]
        pages = max(1, -(-total // PAGE))
        page = min(max(1, page), pages)
        found = card_lists.found(session, sought, limit=PAGE, offset=(page - 1) * PAGE) if total else []
    chosen = next((module for module in modules if module.slug == wish.module), None)
    return BrowseView(
        wish=wish,
        rows=tuple(_row(one, desk.deck.today) for one in found),
        tally=tally,
        total=total,
        page=page,
        pages=pages,
        modules=tuple((module.slug, module.title) for module in modules),
        sections=tuple((BETWEEN.join(path), BETWEEN.join(path[1:] or path)) for path in _paths(chosen)),
        states=tuple((state, f"{state} ({tally[state]})") for state in STATES),
    )


def set_aside_many(
    ctx: Context,
    user_id: str,
    wish: Wish,
    action: Action,
    client_event_id: str,
    *,
    item_ids: Sequence[str] | None = None,
) -> int:
    """Does something to the named cards, or to all that are looked for, in one operation; returns how many changed.

    Sent twice, it is done once; the second time nothing changes.
    """
    check_event_id(client_event_id)
    if action not in ACTIONS:
        raise BadInput("action", f"is {action!r}; it is one of {', '.join(ACTIONS)}")
    with ctx.database.write() as session:
        desk = sit_down(session, user_id, ctx.now, lock=True)
        if cards.event_by_client_id(session, user_id, client_event_id):
            return 0
        done = changes(desk, _meant(session, user_id, desk.deck.today, wish, item_ids), action)
        if done:
            record(session, desk, done, client_event_id, source="browse")
        return len(done)


def _meant(
    session: Session, user_id: str, today: date, wish: Wish, item_ids: Sequence[str] | None
) -> list[card_lists.Row]:
    if item_ids is not None:
        return card_lists.rows(session, Sought(user_id, today), item_ids[:PAGE])
    _, sought = _sought(user_id, today, wish, items.visible_modules(session, user_id))
    return card_lists.rows(session, sought)


def _sought(user_id: str, today: date, wish: Wish, modules: list[Module]) -> tuple[Wish, Sought]:
    """The wish without what is not there (a module that went, a section of another module), and its query."""
    module = next((module for module in modules if module.slug == wish.module), None)
    chosen = next((path for path in _paths(module) if BETWEEN.join(path) == wish.section), None)
    below = tuple(path for path in _paths(module) if chosen and path[: len(chosen)] == chosen)
    state = wish.state if wish.state in STATES else ""
    text = " ".join(wish.text.replace("\0", " ").split())[:200]
    known = Wish(module.slug if module else "", wish.section if chosen else "", state, text)
    words = tuple(text.split()[:MOST_WORDS])
    return known, Sought(user_id, today, known.module or None, below, state or None, words)


def _paths(module: Module | None) -> list[tuple[str, ...]]:
    """The sections of a module, each once, in the order of the notes."""
    return list(dict.fromkeys(tuple(entry["path"]) for entry in module.outline)) if module else []


def _row(one: Found, today: date) -> CardRow:
    card, item = cards.state_of(one.card), Item.from_dict(one.version.payload)
    return CardRow(
        item_id=one.item.id,
        front=str(item.payload["front"]),
        back=str(item.payload["back"]),
        module_slug=one.module.slug,
        module_title=one.module.title,
        section=tuple(one.item.section),
        lines=(one.item.line_from, one.item.line_to),
        state="learning" if card.state == "relearning" else card.state,
        due_in=(card.due_day - today).days if card.due_day else None,
        stability=card.stability,
        reps=card.reps,
        lapses=card.lapses,
        suspended=card.suspended_at is not None,
        buried=card.buried_until_day is not None and card.buried_until_day > today,
        leech=card.leech_at is not None,
    )
