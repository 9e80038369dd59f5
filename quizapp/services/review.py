"""Flashcards: the next one, an answer, and taking back what was done last. Knows the schedule, no page.

Every answer is an event that is only ever added; undo is an event too. Card rows are a cache of the events.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from quizapp.questions.item import Item
from quizapp.questions.shown import heading_of
from quizapp.scheduling.card import NAMES, RATINGS, CardState
from quizapp.scheduling.events import answer
from quizapp.scheduling.history import card_key
from quizapp.scheduling.queue import LOOK_AHEAD, Waiting, choose
from quizapp.scheduling.recall import recall
from quizapp.services.chronicle import Happening, record, take_back
from quizapp.services.context import Context
from quizapp.services.desk import Desk, sit_down
from quizapp.services.edge import check_event_id, kept_ms
from quizapp.services.errors import BadInput, NotFound
from quizapp.services.missed import Miss, misses
from quizapp.storage import cards
from quizapp.storage.cards import CardRows
from quizapp.storage.columns import new_id
from quizapp.storage.database import Session
from quizapp.storage.fresh import fresh as never_answered


class Outcome(Enum):
    """What became of an answer: stored, stored already before, or refused since the card has changed meanwhile.

    LEECH is stored as well, and the card was missed so often that it is a leech now; SUSPENDED is that, and so it is
    asked no more.
    """

    ACCEPTED = "accepted"
    LEECH = "leech"
    SUSPENDED = "suspended"
    DUPLICATE = "duplicate"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class Button:
    """A rating (1 Again, 2 Hard, 3 Good, 4 Easy) and when the card comes back if it is chosen."""

    rating: int
    name: str
    interval: str


@dataclass(frozen=True, slots=True)
class CardView:
    """A card to review; `rev` goes back with the answer so that a card which changed meanwhile is noticed.

    A `leech` was missed over and over; `why` says why it is asked now.
    """

    item_id: str
    ord: int
    rev: int
    kind: str
    front: str
    back: str
    section: tuple[str, ...]
    heading: str
    module_slug: str
    module_title: str
    lines: tuple[int, int]
    source: str
    leech: bool
    why: str
    buttons: tuple[Button, ...]
    due_count: int
    new_count: int
    done_today: int


@dataclass(frozen=True, slots=True)
class Table:
    """The cards that lie on somebody's desk: what comes next, and how much of everything there is.

    `missed` are cards about what was missed in a quiz or needed a hint in a lab, and why they come first.
    """

    next: tuple[str, int] | None
    missed: Mapping[str, Miss]
    due: int
    held_back: int
    later: int
    new: int
    done: int


def next_card(ctx: Context, user_id: str, *, module_slug: str | None = None) -> CardView | None:
    """The card to show now, or None when nothing is due and today's share of new cards is used up."""
    with ctx.database.read() as session:
        desk = sit_down(session, user_id, ctx.now, module_slug=module_slug)
        table = lay_out(ctx, session, desk)
        return _card_view(session, desk, table, *table.next) if table.next else None


def lay_out(ctx: Context, session: Session, desk: Desk, *, whole: bool = False) -> Table:
    """What waits for a person; what is left for later is counted for the `whole` table alone."""
    today = cards.numbers(session, desk.deck, whole=whole)
    left = max(0, desk.user.new_per_day - today.introduced)
    known = cards.waiting(session, desk.deck)
    fresh = never_answered(session, desk.deck, max(left, LOOK_AHEAD), today.content) if left else []
    by_rank = {rank: [card for found, card in known if found == rank] for rank in range(3)}
    missed = misses(ctx, session, desk)
    following = choose(
        learning=by_rank[0],
        missed=[Waiting(item_id, 0) for item_id in missed],
        due=by_rank[1],
        fresh=fresh,
        ahead=by_rank[2],
    )
    return Table(
        missed=missed,
        next=(following.item_id, following.ord) if following else None,
        due=today.due,
        held_back=today.held_back,
        later=today.later,
        new=min(left, len(fresh)),
        done=today.done,
    )


def answer_card(
    ctx: Context,
    user_id: str,
    *,
    item_id: str,
    ord: int,  # noqa: A002  (the word of the card table; every caller names it)
    rating: int,
    expected_rev: int,
    client_event_id: str,
    duration_ms: int | None = None,
) -> Outcome:
    """Stores one review, once for each `client_event_id`; raises NotFound or BadInput for what cannot be answered."""
    check_event_id(client_event_id)
    if rating not in RATINGS:
        raise BadInput("rating", f"is {rating!r}; it is 1 (Again), 2 (Hard), 3 (Good) or 4 (Easy)")
    with ctx.database.write() as session:
        desk = sit_down(session, user_id, ctx.now, lock=True)
        if cards.event_by_client_id(session, user_id, client_event_id):
            return Outcome.DUPLICATE
        rows = cards.card(session, user_id, item_id, ord)
        if rows is None or ord != 0:
            raise NotFound(item_id)
        rev = rows.card.rev if rows.card else 0
        if rev != expected_rev or rows.item.retired_at or rows.item.hidden_at:
            return Outcome.STALE
        before = cards.state_of(rows.card)
        after = answer(before, rating, desk.moment, desk.profile, key=card_key(item_id, ord))
        assert after.last_study_day, "an answer falls on a day"
        took = None if duration_ms is None else kept_ms(duration_ms)
        one = Happening(
            "answer",
            item_id,
            ord,
            rows.item.version,
            rows.card,
            after,
            after.last_study_day,
            rating=rating,
            duration_ms=took,
        )
        record(session, desk, [one], client_event_id)
        if after.leech_at == before.leech_at:
            return Outcome.ACCEPTED
        return Outcome.SUSPENDED if after.suspended_at else Outcome.LEECH


def undo(ctx: Context, user_id: str, *, client_event_id: str | None = None) -> CardView | None:
    """Takes back what was done last on this study day and returns its card; None when there is nothing to take back.

    Of a card that was hidden meanwhile the event is taken back all the same, and the next card is returned.
    """
    name = client_event_id or new_id()
    check_event_id(name)
    with ctx.database.write() as session:
        desk = sit_down(session, user_id, ctx.now, lock=True)
        undone = take_back(session, desk, name)
    if undone is None:
        return None
    with ctx.database.read() as session:
        table = lay_out(ctx, session, desk)
        taken_back = _card_view(session, desk, table, *undone)
        if taken_back or table.next is None:
            return taken_back
        return _card_view(session, desk, table, *table.next)


def _card_view(session: Session, desk: Desk, table: Table, item_id: str, ord: int) -> CardView | None:  # noqa: A002
    rows = cards.card(session, desk.user.id, item_id, ord)
    if rows is None or rows.item.hidden_at:
        return None
    item = Item.from_dict(rows.version.payload)
    return CardView(
        item_id=item_id,
        ord=ord,
        rev=rows.card.rev if rows.card else 0,
        kind=rows.item.kind,
        front=str(item.payload["front"]),
        back=str(item.payload["back"]),
        section=tuple(rows.item.section),
        heading=heading_of(item),
        module_slug=rows.module.slug,
        module_title=rows.module.title,
        lines=(rows.item.line_from, rows.item.line_to),
        source=item.source,
        leech=rows.card is not None and rows.card.leech_at is not None,
        why=_why(desk, rows, table.missed.get(item_id)),
        buttons=_buttons(desk, rows),
        due_count=table.due,
        new_count=table.new,
        done_today=table.done,
    )


def _why(desk: Desk, rows: CardRows, miss: Miss | None) -> str:
    """Why this card is asked now, in a sentence."""
    state = cards.state_of(rows.card)
    if miss:
        days = (desk.deck.today - desk.moment.place.study_day(miss.at)).days
        ago = {0: "today", 1: "yesterday"}.get(days, f"{days} days ago")
        return f"{miss.what} {ago}, so it comes first, once."
    if state.state == "new" or not state.last_study_day:
        return "It is new to you: new cards come in the order of the notes, as many a day as your preferences say."
    if state.state != "review":
        return "You are learning it: it comes back after minutes until you know it, and then after days."
    days = (desk.deck.today - state.last_study_day).days
    known = round(100 * recall(state.stability or 0.1, days, desk.profile.params))
    waited = "yesterday" if days == 1 else f"{days} days ago"
    return f"You last answered it {waited}. By then {known} of 100 such cards are still known, so it is time."


def _buttons(desk: Desk, rows: CardRows) -> tuple[Button, ...]:
    before, key = cards.state_of(rows.card), card_key(rows.item.id, rows.card.ord if rows.card else 0)
    afters = {rating: answer(before, rating, desk.moment, desk.profile, key=key) for rating in RATINGS}
    return tuple(Button(rating, NAMES[rating], say_interval(after)) for rating, after in afters.items())


def say_interval(card: CardState) -> str:
    """When an answered card comes back, in a word: minutes while it is learned, then days, months and years."""
    assert card.due_at, "an answered card is due"
    assert card.due_day, "an answered card is due"
    assert card.last_review_at, "an answered card was answered"
    assert card.last_study_day, "an answered card was answered"
    if card.state != "review":
        return _say_wait(card.due_at - card.last_review_at)
    days = (card.due_day - card.last_study_day).days
    if days < 31:
        return f"{days} d"
    return f"{days / 30.4:.1f} mo" if days < 365 else f"{days / 365.25:.1f} y"


def _say_wait(wait: timedelta) -> str:
    minutes = max(1, round(wait.total_seconds() / 60))
    return f"{minutes} min" if minutes < 60 else f"{minutes / 60:.0f} h"
