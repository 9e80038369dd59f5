"""FSRS-6 as plain numbers: what an answer makes of a card's memory. For replays of many answers; knows no card.

The arithmetic is that of py-fsrs, operation by operation, so that not even the last bit differs from what an answer is
told by scheduling.memory (tests/scheduling/test_fold.py holds the two together). What depends on the weights alone is
worked out once, and what only the last answer of a card decides, its interval, is asked only then.
"""

import math
from datetime import timedelta
from functools import lru_cache

from quizapp.scheduling.card import AGAIN, EASY, GOOD, HARD, RATINGS, Profile, State

LEAST_STABILITY = 0.001
LEAST_DIFFICULTY, MOST_DIFFICULTY = 1.0, 10.0
Move = tuple[State, int | None, timedelta | None]
"""The state and step after an answer, and how long until the card comes back; None when its stability decides that."""


class Terms:
    """A profile's weights, with all that follows from them alone. `profile` is where they come from."""

    def __init__(self, profile: Profile) -> None:
        w = profile.params
        self.profile = profile
        self._steps = {"learning": _waits(profile.learning_steps), "relearning": _waits(profile.relearning_steps)}
        self._moves: dict[tuple[State, int | None, int], Move] = {}
        self._decay = -w[20]
        self._factor: float = 0.9 ** (1 / self._decay) - 1
        self._stretch: float = (profile.retention ** (1 / self._decay)) - 1
        self._first = {
            rating: (max(w[rating - 1], LEAST_STABILITY), _first_difficulty(w, rating)) for rating in RATINGS
        }
        self._drift = {rating: -(w[6] * (rating - 3)) for rating in RATINGS}
        self._pull = w[7] * (w[4] - (math.e ** (w[5] * (EASY - 1))) + 1)
        self._keep = 1 - w[7]
        self._again_today = {rating: math.e ** (w[17] * (rating - 3 + w[18])) for rating in RATINGS}
        self._tire = -w[19]
        self._gain, self._age, self._surprise = math.e ** w[8], -w[9], w[10]
        self._bonus = {HARD: w[15], GOOD: 1, EASY: w[16]}
        self._loss, self._hardness, self._rest, self._shock = w[11], -w[12], w[13], w[14]
        self._most_kept = math.e ** (w[17] * w[18])

    def first(self, rating: int) -> tuple[float, float]:
        """Stability in days and difficulty after the very first answer."""
        return self._first[rating]

    def later(self, stability: float, difficulty: float, days: int, rating: int) -> tuple[float, float]:
        """Stability and difficulty after another answer, so many days after the one before."""
        if days < 1:
            growth = self._again_today[rating] * (stability**self._tire)
            after = stability * (growth if rating == AGAIN else max(growth, 1.0))
        else:
            recall = (1 + self._factor * days / stability) ** self._decay
            if rating == AGAIN:
                after = self._forgotten(stability, difficulty, recall)
            else:
                surprise = (math.e ** ((1 - recall) * self._surprise)) - 1
                grown = self._gain * (11 - difficulty) * (stability**self._age) * surprise * self._bonus[rating]
                after = stability * (1 + grown)
        moved = difficulty + (10.0 - difficulty) * self._drift[rating] / 9.0
        moved = self._pull + self._keep * moved
        return max(after, LEAST_STABILITY), min(max(moved, LEAST_DIFFICULTY), MOST_DIFFICULTY)

    def move(self, state: State, step: int | None, rating: int) -> Move:
        """Where an answer leads from a state and its step."""
        found = self._moves.get((state, step, rating))
        if found is None:
            found = self._moves[state, step, rating] = self._moved(state, step or 0, rating)
        return found

    def interval(self, stability: float) -> int:
        """After how many days a card of that stability comes back, without fuzz."""
        days = round((stability / self._factor) * self._stretch)
        return min(max(days, 1), self.profile.max_interval)

    def _forgotten(self, stability: float, difficulty: float, recall: float) -> float:
        left = self._loss * (difficulty**self._hardness) * (((stability + 1) ** self._rest) - 1)
        return float(min(left * (math.e ** ((1 - recall) * self._shock)), stability / self._most_kept))

    def _moved(self, state: State, step: int, rating: int) -> Move:
        if state == "review":
            again = self._steps["relearning"]
            return ("relearning", 0, again[0]) if rating == AGAIN and again else ("review", None, None)
        among: State = "relearning" if state == "relearning" else "learning"
        steps = self._steps[among]
        if not steps or (step >= len(steps) and rating != AGAIN):
            return "review", None, None
        if rating == AGAIN:
            return among, 0, steps[0]
        if rating == HARD:
            return among, step, _hard(steps, step)
        if rating == EASY or step + 1 == len(steps):
            return "review", None, None
        return among, step + 1, steps[step + 1]


@lru_cache(maxsize=64)
def terms_of(profile: Profile) -> Terms:
    """The terms of a profile, worked out once."""
    return Terms(profile)


def _waits(seconds: tuple[int, ...]) -> tuple[timedelta, ...]:
    return tuple(timedelta(seconds=one) for one in seconds)


def _hard(steps: tuple[timedelta, ...], step: int) -> timedelta:
    """Hard stays on its step; on the first one it waits for half as long again, or as far as between two steps."""
    if step:
        return steps[step]
    return steps[0] * 1.5 if len(steps) == 1 else (steps[0] + steps[1]) / 2.0


def _first_difficulty(w: tuple[float, ...], rating: int) -> float:
    unbound = w[4] - (math.e ** (w[5] * (rating - 1))) + 1
    return float(min(max(unbound, LEAST_DIFFICULTY), MOST_DIFFICULTY))
