"""What an event does to a card: an answer, or setting it aside and taking it back. Knows no history and no queue."""

from dataclasses import replace
from datetime import timedelta
from typing import Literal, get_args

from quizapp.scheduling.card import CardState, Moment, Profile
from quizapp.scheduling.memory import review

Action = Literal["suspend", "unsuspend", "bury", "unbury"]
ACTIONS: tuple[Action, ...] = get_args(Action)


def answer(card: CardState, rating: int, moment: Moment, profile: Profile, *, key: str) -> CardState:
    """The card after an answer: when it comes back, and whether it is a leech now."""
    after = review(card, rating, moment, profile, key=key)
    if after.buried_until_day:
        after = replace(after, buried_until_day=None)
    if after.lapses == card.lapses or not is_leech(after.lapses, profile.leech_lapses):
        return after
    suspended_at = after.last_review_at if profile.leech_suspends else after.suspended_at
    return replace(after, leech_at=after.last_review_at, suspended_at=suspended_at)


def is_leech(lapses: int, from_lapses: int) -> bool:
    """Whether this very lapse makes a leech: the first time at the threshold, then every half of it (as in Anki)."""
    if not 0 < from_lapses <= lapses:
        return False
    return (lapses - from_lapses) % -(-from_lapses // 2) == 0


def act(card: CardState, action: Action, moment: Moment) -> CardState:
    """The card after it was set aside or taken back; the same when there is nothing to change.

    A buried card rests until the person's next study day, a suspended one until it is taken back.
    """
    if action == "suspend":
        return card if card.suspended_at else replace(card, suspended_at=moment.at)
    if action == "unsuspend":
        return replace(card, suspended_at=None)
    if action == "bury":
        return replace(card, buried_until_day=moment.place.study_day(moment.at) + timedelta(days=1))
    return replace(card, buried_until_day=None)
