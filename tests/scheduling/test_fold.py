"""A replay is quick, and says to the last bit what answering the same cards one by one by py-fsrs says."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import fsrs
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quizapp.scheduling.card import NEW, Moment, Profile
from quizapp.scheduling.events import act, answer
from quizapp.scheduling.fold import Calendar
from quizapp.scheduling.history import Event, Replayed, card_key, replay
from quizapp.scheduling.memory import DEFAULT_PROFILE
from quizapp.scheduling.studyday import Place

START = datetime(2026, 10, 24, 20, 0, tzinfo=UTC)
ZONES = ["UTC", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kathmandu"]
BOUNDS = list(zip(fsrs.scheduler.LOWER_BOUNDS_PARAMETERS, fsrs.scheduler.UPPER_BOUNDS_PARAMETERS, strict=True))

places = st.builds(Place, st.sampled_from(ZONES), st.sampled_from([0, 4, 23]))
steps = st.lists(st.sampled_from([0, 30, 60, 600, 86_400]), max_size=4).map(tuple)
profiles = st.builds(
    Profile,
    algo=st.just("fsrs-6"),
    retention=st.floats(0.7, 0.99),
    learning_steps=steps,
    relearning_steps=steps,
    max_interval=st.sampled_from([1, 2, 30, 36500]),
    params=st.just(DEFAULT_PROFILE.params) | st.tuples(*(st.floats(*bounds) for bounds in BOUNDS)),
    leech_lapses=st.integers(0, 3),
    leech_suspends=st.booleans(),
)
kinds = st.sampled_from(["answer"] * 8 + ["undo", "suspend", "unsuspend", "bury", "unbury"])
MINUTES = [-5000, -700, -1, 0, 1, 10, 59, 600, 1440, 1440, 5000, 5000, 20_000, 90_000]
happenings = st.tuples(
    st.integers(0, 2), kinds, st.integers(1, 4), st.sampled_from(MINUTES), st.booleans(), st.integers(0, 5)
)


def history(drawn: list[tuple[int, str, int, int, bool, int]], where: list[Place], how: list[Profile]) -> list[Event]:
    """Events of three cards by rising number; an undo takes back an event some numbers before it, of the same card."""
    told: list[Event] = []
    at = START
    for number, (card, kind, rating, wait, brought, choice) in enumerate(drawn, start=1):
        at += timedelta(minutes=wait, microseconds=number)
        own = [event.number for event in told if event.item_id == f"item-{card}" and event.kind != "undo"]
        if kind == "undo" and not own:
            continue
        voids = own[-1 - choice % len(own)] if kind == "undo" else None
        moment, profile = Moment(at, where[choice % len(where)]), how[choice % len(how)]
        given = rating if kind == "answer" else None
        told.append(Event(number, f"item-{card}", 0, kind, given, voids, moment, profile, brought and kind == "answer"))
    return told


def plain(told: list[Event], without: set[int]) -> dict[tuple[str, int], Replayed]:
    """One event after the other over all cards, each as it was when somebody sat before it."""
    void = {event.voids for event in told} | without
    cards: dict[tuple[str, int], Replayed] = {}
    for event in in_time(told) if any(event.brought for event in told) else told:
        place = (event.item_id, event.ord)
        card, rev = (cards[place].card, cards[place].rev) if place in cards else (NEW, 0)
        if event.kind == "answer" and event.number not in void:
            card = answer(card, event.rating or 0, event.moment, event.profile, key=card_key(*place))
        elif event.kind not in ("answer", "undo") and event.number not in void:
            card = act(card, event.kind, event.moment)
        cards[place] = Replayed(card, rev + 1)
    return cards


def in_time(told: list[Event]) -> list[Event]:
    latest: dict[str, datetime] = {}
    keys = {}
    for event in told:
        at = event.moment.at
        latest[event.item_id] = max(at, latest.get(event.item_id, at))
        keys[event.number] = (at, 0) if event.brought else (latest[event.item_id], 1)
    return sorted(told, key=lambda event: (keys[event.number], event.number))


@settings(max_examples=400, deadline=None)
@given(
    drawn=st.lists(happenings, max_size=40),
    where=st.lists(places, min_size=1, max_size=3),
    how=st.lists(profiles, min_size=1, max_size=3),
    without=st.sets(st.integers(1, 40), max_size=3),
)
def test_a_replay_says_what_the_events_say_one_by_one(
    drawn: list[tuple[int, str, int, int, bool, int]],
    where: list[Place],
    how: list[Profile],
    without: set[int],
) -> None:
    told = history(drawn, where, how)
    assert replay(iter(told), without=without) == plain(told, without)


@pytest.mark.parametrize("seed", range(100))
def test_long_histories_by_any_weights_agree_to_the_last_bit(seed: int) -> None:
    chance = random.Random(seed)
    drawn = [(0, "answer", chance.randint(1, 4), chance.choice(MINUTES), False, n) for n in range(80)]
    params = tuple(chance.uniform(*bounds) for bounds in BOUNDS)
    told = history(drawn, [Place("Europe/Berlin")], [DEFAULT_PROFILE, replace(DEFAULT_PROFILE, params=params)])
    assert replay(told) == plain(told, set())


HOURS = st.datetimes(datetime(1990, 1, 1), datetime(2040, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))


@settings(max_examples=300, deadline=None)
@given(place=places, hour=HOURS, within=st.lists(st.integers(0, 3_599_999_999), min_size=1, max_size=20))
@example(Place("America/St_Johns", 0), datetime(2006, 10, 29, 2, tzinfo=UTC), [0, 1_830_000_000, 3_599_999_999])
def test_an_instant_has_the_same_day_in_a_calendar_whatever_was_looked_up_before(
    place: Place, hour: datetime, within: list[int]
) -> None:
    calendar = Calendar(place)
    first = hour.replace(minute=0, second=0, microsecond=0)
    for micros in within:
        at = first + timedelta(microseconds=micros)
        assert calendar.day(at) == place.study_day(at).toordinal()
        there = at.astimezone(timezone(timedelta(hours=9)))
        assert calendar.day(there) == place.study_day(at).toordinal()
