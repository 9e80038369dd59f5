"""What a person wants of their cards and their days. Knows no page.

A change holds from the next answer on: cards keep the day they wait for, and the history stays as it was lived.
"""

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from quizapp.scheduling.card import Profile
from quizapp.scheduling.memory import DEFAULT_PROFILE
from quizapp.scheduling.queue import NEW_PER_DAY, REVIEWS_PER_DAY
from quizapp.scheduling.steps import parse_steps, say_steps
from quizapp.scheduling.studyday import ROLLOVER_H, zone
from quizapp.services.context import Context
from quizapp.services.desk import Desk, new_profile, sit_down

Value = TypeVar("Value")

RETENTION = (70, 97)
PER_DAY = (0, 9999)
HOURS = (0, 23)
LAPSES = (0, 99)
LONGEST_TEXT = 200
NUMBERS = ("retention", "new_per_day", "reviews_per_day", "leech_lapses", "rollover_h")
TICKS = ("bury_siblings", "leech_suspends", "show_streak", "tz_fixed")


@dataclass(frozen=True, slots=True)
class Preferences:
    """Wanted recall in per cent, limits a day, steps in seconds, and the hour and zone at which a study day begins.

    A card that lapsed `leech_lapses` times is a leech (0: none ever is). Without `tz_fixed` the zone is what the
    browser reports.
    """

    retention: int
    new_per_day: int
    reviews_per_day: int
    learning_steps: tuple[int, ...]
    relearning_steps: tuple[int, ...]
    bury_siblings: bool
    leech_lapses: int
    leech_suspends: bool
    show_streak: bool
    rollover_h: int
    tz_name: str
    tz_fixed: bool

    def texts(self) -> dict[str, str]:
        """Every field as a form shows it and `parse` reads it."""
        plain = {name: str(getattr(self, name)) for name in NUMBERS}
        ticks = {name: "yes" if getattr(self, name) else "" for name in TICKS}
        steps = {name: say_steps(getattr(self, name)) for name in ("learning_steps", "relearning_steps")}
        return {**plain, **steps, **ticks, "tz_name": self.tz_name}


class BadPreferences(ValueError):
    """Some fields cannot be used; `troubles` says by field what is wrong and what is possible."""

    def __init__(self, troubles: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{field} {says}" for field, says in troubles.items()))
        self.troubles = dict(troubles)


def preferences(ctx: Context, user_id: str) -> Preferences:
    """What a person wants now."""
    with ctx.database.read() as session:
        return of_desk(sit_down(session, user_id, ctx.now))


def parse(texts: Mapping[str, str]) -> Preferences:
    """The fields of a form; raises BadPreferences that names all that cannot be used, not just the first."""
    troubles: dict[str, str] = {}
    ticked = {name: texts.get(name) == "yes" for name in TICKS}

    def take(field: str, read: Callable[[str], Value], fallback: Value) -> Value:
        try:
            return read(texts.get(field, "").strip()[:LONGEST_TEXT])
        except ValueError as error:
            troubles[field] = str(error)
            return fallback

    found = Preferences(
        retention=take("retention", lambda text: _number(text.removesuffix("%").strip(), RETENTION), 0),
        new_per_day=take("new_per_day", lambda text: _number(text, PER_DAY), 0),
        reviews_per_day=take("reviews_per_day", lambda text: _number(text, PER_DAY), 0),
        learning_steps=take("learning_steps", parse_steps, ()),
        relearning_steps=take("relearning_steps", parse_steps, ()),
        bury_siblings=ticked["bury_siblings"],
        leech_suspends=ticked["leech_suspends"],
        show_streak=ticked["show_streak"],
        leech_lapses=take("leech_lapses", lambda text: _number(text, LAPSES), 0),
        rollover_h=take("rollover_h", lambda text: _number(text, HOURS), 0),
        tz_name=take("tz_name", _zone, "") if ticked["tz_fixed"] else "",
        tz_fixed=ticked["tz_fixed"],
    )
    if troubles:
        raise BadPreferences(troubles)
    return found


def keep_preferences(ctx: Context, user_id: str, wanted: Preferences) -> None:
    """Holds from now on; a zone counts only when it is fixed, else that of the browser stays."""
    with ctx.database.write() as session:
        desk = sit_down(session, user_id, ctx.now, lock=True)
        profile = _scheduled_as(wanted, desk.profile)
        if profile != desk.profile:
            new_profile(session, desk, profile)
        user = desk.user
        user.new_per_day, user.reviews_per_day = wanted.new_per_day, wanted.reviews_per_day
        user.bury_siblings, user.show_streak = wanted.bury_siblings, wanted.show_streak
        user.rollover_h, user.tz_fixed = wanted.rollover_h, wanted.tz_fixed
        if wanted.tz_fixed:
            user.tz_name = wanted.tz_name


def of_desk(desk: Desk) -> Preferences:
    """What the person at a desk wants."""
    user, profile = desk.user, desk.profile
    return Preferences(
        retention=round(profile.retention * 100),
        new_per_day=user.new_per_day,
        reviews_per_day=user.reviews_per_day,
        learning_steps=profile.learning_steps,
        relearning_steps=profile.relearning_steps,
        bury_siblings=user.bury_siblings,
        leech_lapses=profile.leech_lapses,
        leech_suspends=profile.leech_suspends,
        show_streak=user.show_streak,
        rollover_h=user.rollover_h,
        tz_name=user.tz_name,
        tz_fixed=user.tz_fixed,
    )


DEFAULTS = Preferences(
    retention=round(DEFAULT_PROFILE.retention * 100),
    new_per_day=NEW_PER_DAY,
    reviews_per_day=REVIEWS_PER_DAY,
    learning_steps=DEFAULT_PROFILE.learning_steps,
    relearning_steps=DEFAULT_PROFILE.relearning_steps,
    bury_siblings=True,
    leech_lapses=DEFAULT_PROFILE.leech_lapses,
    leech_suspends=DEFAULT_PROFILE.leech_suspends,
    show_streak=True,
    rollover_h=ROLLOVER_H,
    tz_name="UTC",
    tz_fixed=False,
)


def _scheduled_as(wanted: Preferences, now: Profile) -> Profile:
    """A profile may hold a recall between two per cents (an import may bring one); it stays unless it was changed."""
    same = round(now.retention * 100) == wanted.retention
    return dataclasses.replace(
        now,
        retention=now.retention if same else wanted.retention / 100,
        learning_steps=wanted.learning_steps,
        relearning_steps=wanted.relearning_steps,
        leech_lapses=wanted.leech_lapses,
        leech_suspends=wanted.leech_suspends,
    )


def _number(text: str, bounds: tuple[int, int]) -> int:
    lowest, highest = bounds
    number = int(text) if text.isascii() and text.isdigit() else -1
    if not lowest <= number <= highest:
        raise ValueError(f"is {text!r}; a whole number from {lowest} to {highest} is possible")
    return number


def _zone(text: str) -> str:
    try:
        zone(text)
    except ValueError as error:
        raise ValueError(f"is {text!r}, a zone that nobody knows; an example is Europe/Berlin") from error
    return text
