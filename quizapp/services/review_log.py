"""Answers as lines of Anki's review log, and lines of one as answers. Knows no file and no page.

A line is named by its millisecond. Two answers of one person may share it; the later one then moves to the next free
millisecond, always in the order in which answers were stored, so that an answer has the same name in every file.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from quizapp.exchange.bundle import Review, Standing
from quizapp.scheduling.card import NEW, CardState, Moment
from quizapp.scheduling.events import answer
from quizapp.scheduling.history import Replayed, card_key
from quizapp.services.desk import BROUGHT, Desk
from quizapp.services.edge import kept_ms
from quizapp.storage.decks import Answer
from quizapp.storage.tables.cards import Card, SchedulerProfile

EPOCH, MILLISECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(milliseconds=1)
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)  # no program of this kind is older
AHEAD = timedelta(days=1)  # how wrong the clock of another machine may be
IMPORTED = "anki:"
KINDS = {"new": 0, "learning": 0, "review": 1, "relearning": 2}
FACTOR = 2500  # what Anki calls the ease of a card; of no weight to FSRS, but it has to be there
Place = tuple[str, int]


def as_lines(answers: Iterable[Answer]) -> Iterator[tuple[Place, Review]]:
    """The lines of a person's answers, which are given with their states in the order in which they were stored."""
    for event, number in _numbered(answers):
        before, after = CardState.from_dict(event.state_before or {}), CardState.from_dict(event.state_after or {})
        line = Review(
            id=number,
            ease=event.rating,
            interval=_interval(after),
            last_interval=_interval(before),
            factor=FACTOR if before.state in ("review", "relearning") else 0,
            took_ms=event.duration_ms or 0,
            kind=KINDS[before.state],
        )
        yield (event.item_id, event.ord), line


def names(answers: Iterable[Answer]) -> set[tuple[Place, int]]:
    """Every name under which an answer to a card may stand in a file: where it was given, and where it was brought."""
    found = set()
    for event, number in _numbered(answers):
        card = (event.item_id, event.ord)
        found |= {(card, number), (card, _name(event))}
    return found


def _numbered(answers: Iterable[Answer]) -> Iterator[tuple[Answer, int]]:
    """Each answer with the millisecond that is its own among all of them."""
    taken: set[int] = set()
    for event in answers:
        number = _name(event)
        while number in taken:
            number += 1
        taken.add(number)
        yield event, number


def standing(row: Card | None, today: date) -> Standing | None:
    """Where a card stands, for a file; None when it is new."""
    if row is None or row.state == "new":
        return None
    assert row.due_at, "an answered card is due"
    assert row.due_day, "an answered card is due"
    assert row.last_review_at, "an answered card was answered"
    assert row.last_study_day, "an answered card was answered"
    return Standing(
        state=row.state,
        last_at=row.last_review_at,
        due_at=row.due_at,
        due_in=(row.due_day - today).days,
        interval=(row.due_day - row.last_study_day).days,
        reps=row.reps,
        lapses=row.lapses,
        stability=row.stability or 0.0,
        difficulty=row.difficulty or 0.0,
    )


def instant(line: Review) -> datetime:
    """When an answer was given; only for lines that are believable."""
    return EPOCH + line.id * MILLISECOND


def is_believable(line: Review, now: datetime) -> bool:
    """Whether a line is an answer at a time at which one can have been given."""
    return line.is_answer and (EARLIEST - EPOCH) // MILLISECOND <= line.id <= (now + AHEAD - EPOCH) // MILLISECOND


def as_events(
    desk: Desk, profile: SchedulerProfile, lines: Sequence[tuple[Place, int, Review]], cards: dict[Place, Replayed]
) -> Iterator[dict[str, Any]]:
    """Rows of answers from believable lines, each with its card and version, oldest first.

    `cards` are the cards as they stand, and are brought in line as if every line came after what its card has seen;
    where that is not so, the fold of all answers says where the card stands.
    """
    place = desk.moment.place
    for card, version, line in lines:
        at = min(instant(line), desk.moment.at)
        found = cards.get(card, Replayed(NEW, 0))
        after = answer(found.card, line.ease, Moment(at, place), desk.profile, key=card_key(*card))
        cards[card] = Replayed(after, found.rev + 1)
        yield {
            "user_id": desk.user.id,
            "client_event_id": (name := f"{IMPORTED}{line.id}:{card_key(*card)}"),
            "operation": name,
            "kind": "answer",
            "item_id": card[0],
            "ord": card[1],
            "version": version,
            "rating": line.ease,
            "at": at,
            "tz_name": place.tz_name,
            "utc_offset_min": place.utc_offset_min(at),
            "rollover_h": place.rollover_h,
            "study_day": after.last_study_day,
            "duration_ms": kept_ms(line.took_ms),
            "source": BROUGHT,
            "profile_id": profile.id,
            "expected_rev": found.rev,
            "state_before": found.card.to_dict(),
            "state_after": after.to_dict(),
        }


def _interval(card: CardState) -> int:
    """Anki's way: days when positive, seconds when negative, 0 for a new card."""
    if card.due_at is None or card.last_review_at is None or card.due_day is None or card.last_study_day is None:
        return 0
    if card.state == "review":
        return (card.due_day - card.last_study_day).days
    return -max(1, round((card.due_at - card.last_review_at).total_seconds()))


def _name(event: Answer) -> int:
    """The line's name; what came from a file keeps the one it had there."""
    if event.client_event_id.startswith(IMPORTED):
        return int(event.client_event_id.removeprefix(IMPORTED).partition(":")[0])
    return (event.at - EPOCH) // MILLISECOND
