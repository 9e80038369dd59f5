"""What an answer does to a card, by FSRS-6. The only importer of fsrs; knows no history and no queue.

FSRS counts 24-hour windows. A person counts days: an evening and the next morning are two of them. So FSRS is told noon
of the study day for every answer, while learning steps of minutes run from the true instant. Its fuzz draws from the
process's random state; ours depends on the card and its number of answers alone, so that the interval on a button, the
one that is stored and the one a replay finds are the same.
"""

import hashlib
from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache
from typing import cast

import fsrs

from quizapp.scheduling.card import AGAIN, CardState, Moment, Profile, State

ALGO = "fsrs-6/study-day/1"
DEFAULT_PROFILE = Profile(
    algo=ALGO,
    retention=0.9,
    learning_steps=(60, 600),
    relearning_steps=(600,),
    max_interval=36500,
    params=tuple(fsrs.scheduler.DEFAULT_PARAMETERS),
    leech_lapses=8,
    leech_suspends=True,
)
FUZZ_BANDS = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.10), (20.0, float("inf"), 0.05))
FUZZ_FROM_DAYS = 2.5

STATES = {fsrs.State.Learning: "learning", fsrs.State.Review: "review", fsrs.State.Relearning: "relearning"}
CODES = {"new": fsrs.State.Learning, **{name: code for code, name in STATES.items()}}


def review(card: CardState, rating: int, moment: Moment, profile: Profile, *, key: str) -> CardState:
    """The card after an answer; `key` names the card. A clock that went back counts as standing still."""
    at = max(moment.at, card.last_review_at) if card.last_review_at else moment.at
    day = moment.place.study_day(at)
    if card.last_study_day:
        day = max(day, card.last_study_day)
    told = _noon(day)
    after, _ = _scheduler(profile).review_card(_for_fsrs(card, told), fsrs.Rating(rating), told)
    state = cast("State", STATES[after.state])
    reps = card.reps + 1
    if state == "review":
        due_day = day + timedelta(days=fuzzed((after.due - told).days, key, reps, profile.max_interval))
        due_at = moment.place.day_start(due_day)
    else:
        due_at = at + (after.due - told)
        due_day = max(day, moment.place.study_day(due_at))
    return replace(
        card,
        state=state,
        step=after.step,
        stability=after.stability,
        difficulty=after.difficulty,
        due_at=due_at,
        due_day=due_day,
        last_review_at=at,
        last_study_day=day,
        introduced_day=card.introduced_day or day,
        reps=reps,
        lapses=card.lapses + (card.state == "review" and rating == AGAIN),
    )


def fuzzed(days: int, key: str, reps: int, longest: int) -> int:
    """An interval near `days`, always the same one for the same card and number of answers (Anki's bands)."""
    if days < FUZZ_FROM_DAYS:
        return days
    delta = 1.0 + sum(share * max(0.0, min(days, upper) - lower) for lower, upper, share in FUZZ_BANDS)
    last = min(round(days + delta), longest)
    first = min(max(2, round(days - delta)), last)
    draw = int.from_bytes(hashlib.sha256(f"{key}/{reps}".encode()).digest()[:8]) / 2**64
    return first + int(draw * (last - first + 1))


@lru_cache(maxsize=64)
def _scheduler(profile: Profile) -> fsrs.Scheduler:
    return fsrs.Scheduler(
        parameters=profile.params,
        desired_retention=profile.retention,
        learning_steps=tuple(timedelta(seconds=step) for step in profile.learning_steps),
        relearning_steps=tuple(timedelta(seconds=step) for step in profile.relearning_steps),
        maximum_interval=profile.max_interval,
        enable_fuzzing=False,
    )


def _for_fsrs(card: CardState, told: datetime) -> fsrs.Card:
    """Every field is given: fsrs would read the clock, and sleep, for a card without a name."""
    return fsrs.Card(
        card_id=0,
        state=CODES[card.state],
        step=card.step,
        stability=card.stability,
        difficulty=card.difficulty,
        due=told,
        last_review=_noon(card.last_study_day) if card.last_study_day else None,
    )


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), timezone.utc)  # noqa: UP017  (fsrs compares with this very object)
