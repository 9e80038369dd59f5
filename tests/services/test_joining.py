"""Codes of cohorts: they let in whom they shall, as many and as long as they shall, and tell guessers nothing."""

import time
from collections.abc import Callable
from functools import partial

import pytest
from sqlalchemy import text

from quizapp.services import cohorts, joining
from quizapp.services.context import Context
from quizapp.services.errors import BadInput, NotFound
from quizapp.services.joining import WrongCode, join, join_as_new, new_code, revoke_code
from quizapp.services.throttle import TooManyTries
from quizapp.services.users import UserView, authenticate
from tests.services.conftest import HERE, person_of, rows, together


def code_of(ctx: Context, grace: UserView, cohort: str, **changes: object) -> str:
    given = {"role": "learner", "days": 14, "uses": 40, **changes}
    return new_code(ctx, grace, cohort, given.pop("role"), **given)


def names(ctx: Context, grace: UserView, cohort: str) -> dict[str, str]:
    return {one.name: one.role for one in cohorts.cohort(ctx, grace, cohort).people}


def says_of(work: Callable[[], object]) -> str:
    with pytest.raises(WrongCode) as refused:
        work()
    return str(refused.value)


def test_a_code_lets_people_in_with_an_account_and_without(server: Context, grace: UserView, cohort: str) -> None:
    code = code_of(server, grace, cohort)
    assert join(server, person_of(server, "Ada"), code, address=HERE) == cohort
    made, where = join_as_new(server, "Bea", "a good password", code, address=HERE)
    assert (where, made.role) == (cohort, "learner")
    assert authenticate(server, "bea", "a good password") == made
    assert names(server, grace, cohort) == {"Grace": "instructor", "Ada": "learner", "Bea": "learner"}
    assert joining.codes(server, grace, cohort)[0].uses == 2


@pytest.mark.parametrize("typed", [str.upper, lambda code: code.replace("-", ""), lambda code: f"  {code} "])
def test_capitals_dashes_and_blanks_do_not_matter(
    server: Context, grace: UserView, cohort: str, typed: Callable[[str], str]
) -> None:
    code = code_of(server, grace, cohort)
    assert join(server, person_of(server, "Ada"), typed(code), address=HERE) == cohort


def test_letters_that_look_like_digits_are_read_as_such(
    server: Context, grace: UserView, cohort: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(joining.secrets, "choice", lambda letters: letters[joining.LENGTH % 2])
    code = code_of(server, grace, cohort)
    assert set(code) == {"0", "-"}
    assert join(server, person_of(server, "Ada"), code.replace("0", "O"), address=HERE) == cohort


@pytest.mark.parametrize("role", joining.GIVEN)
def test_a_code_gives_its_role_and_changes_nobodys(server: Context, grace: UserView, cohort: str, role: str) -> None:
    ada = person_of(server, "Ada")
    join(server, ada, code_of(server, grace, cohort, role=role), address=HERE)
    other = code_of(server, grace, cohort, role="assistant")
    for who in (ada, grace):
        assert join(server, who, other, address=HERE) == cohort
    assert names(server, grace, cohort) == {"Grace": "instructor", "Ada": role}
    assert sum(one.uses for one in joining.codes(server, grace, cohort)) == 1


def test_only_the_hash_is_kept(server: Context, grace: UserView, cohort: str) -> None:
    code = code_of(server, grace, cohort)
    with server.database.read() as session:
        kept = repr(session.execute(text("SELECT * FROM join_code")).all())
        noted = repr(session.execute(text("SELECT * FROM cohort_event")).all())
    for secret in (code, code.replace("-", "")):
        assert secret not in kept + noted + repr(joining.codes(server, grace, cohort))


def test_wrong_expired_used_up_and_revoked_codes_give_one_answer(server: Context, grace: UserView, cohort: str) -> None:
    expired = code_of(server, grace, cohort, days=1)
    server.now.advance(days=1)  # type: ignore[attr-defined]
    used, revoked = code_of(server, grace, cohort, uses=1), code_of(server, grace, cohort)
    join(server, person_of(server, "First"), used, address=HERE)
    revoke_code(server, grace, cohort, joining.codes(server, grace, cohort)[0].id)
    revoke_code(server, grace, cohort, joining.codes(server, grace, cohort)[1].id)
    people = rows(server, "user_account"), rows(server, "membership")
    answers = set()
    for n, code in enumerate(["0000-0000-0000", expired, used, revoked, "", "\0\ud800", "x" * 5000]):
        answers.add(says_of(partial(join, server, person_of(server, f"Late {n}"), code, address=f"198.51.100.{n}")))
        answers.add(says_of(partial(join_as_new, server, f"New {n}", "a good password", code, address=HERE)))
    assert len(answers) == 1
    assert (rows(server, "user_account"), rows(server, "membership")) == (people[0] + 7, people[1])


def test_a_code_holds_until_the_last_moment(server: Context, grace: UserView, cohort: str) -> None:
    code = code_of(server, grace, cohort, days=1)
    server.now.advance(days=1, seconds=-1)  # type: ignore[attr-defined]
    assert join(server, person_of(server, "Ada"), code, address=HERE) == cohort


def test_who_was_taken_out_does_not_come_back_by_a_code(server: Context, grace: UserView, cohort: str) -> None:
    ada, code = person_of(server, "Ada"), code_of(server, grace, cohort)
    join(server, ada, code, address=HERE)
    place = next(one.id for one in cohorts.cohort(server, grace, cohort).people if one.name == "Ada")
    cohorts.remove_member(server, grace, cohort, place)
    says_of(lambda: join(server, ada, code, address=HERE))
    assert names(server, grace, cohort) == {"Grace": "instructor"}


def test_a_name_that_is_taken_costs_no_use_and_is_told_only_with_a_code(
    server: Context, grace: UserView, cohort: str
) -> None:
    person_of(server, "Ada")
    code = code_of(server, grace, cohort, uses=1)
    with pytest.raises(BadInput, match="taken"):
        join_as_new(server, "ADA", "a good password", code, address=HERE)
    says_of(lambda: join_as_new(server, "ada", "a good password", "0000-0000-0000", address=HERE))
    with pytest.raises(BadInput, match="password has"):
        join_as_new(server, "Bea", "short", code, address=HERE)
    join_as_new(server, "Bea", "a good password", code, address=HERE)
    assert names(server, grace, cohort) == {"Grace": "instructor", "Bea": "learner"}


def test_of_twenty_who_join_at_once_as_many_come_in_as_there_is_room_for(
    server: Context, grace: UserView, cohort: str
) -> None:
    code = code_of(server, grace, cohort, uses=3)
    crowd = [person_of(server, f"Person {n}") for n in range(20)]

    def come(n: int) -> bool:
        try:
            join(server, crowd[n], code, address=f"198.51.100.{n}")
        except WrongCode:
            return False
        return True

    assert sum(together(20, come)) == 3
    assert len(names(server, grace, cohort)) == 4
    assert joining.codes(server, grace, cohort)[0].uses == 3


def test_one_person_who_presses_twenty_times_takes_one_place(server: Context, grace: UserView, cohort: str) -> None:
    code, ada = code_of(server, grace, cohort), person_of(server, "Ada")

    def press(_: int) -> bool:
        try:
            join(server, ada, code, address=HERE)
        except TooManyTries:
            return False
        return True

    assert any(together(20, press))
    assert joining.codes(server, grace, cohort)[0].uses == 1
    assert rows(server, "membership") == 2


def test_a_thousand_guesses_from_one_address_are_slowed_down_whatever_name_they_take(
    server: Context, grace: UserView, cohort: str
) -> None:
    heard = 0
    for n in range(1000):
        try:
            join_as_new(server, f"Guess {n}", "a good password", f"{n:012d}", address=HERE)
        except TooManyTries:
            continue
        except WrongCode:
            heard += 1
    assert heard <= 30


def test_a_class_behind_one_address_joins_without_being_slowed_down(
    server: Context, grace: UserView, cohort: str
) -> None:
    code = code_of(server, grace, cohort, uses=60)
    for n in range(60):
        join_as_new(server, f"Person {n}", "a good password", code, address=HERE)
    assert len(names(server, grace, cohort)) == 61


def test_a_wrong_and_an_expired_code_take_the_same_time(server: Context, grace: UserView, cohort: str) -> None:
    expired = code_of(server, grace, cohort, days=1)
    server.now.advance(days=2)  # type: ignore[attr-defined]
    taken: dict[str, list[float]] = {"0000-0000-0000": [], expired: []}
    for n in range(30):
        for code, times in taken.items():
            begin = time.perf_counter()
            says_of(partial(join_as_new, server, f"N {n}", "a good password", code, address=f"x{n}"))
            times.append(time.perf_counter() - begin)
    wrong, late = (sorted(times)[15] for times in taken.values())
    assert max(wrong, late) < 2 * min(wrong, late)


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("role", {"role": "instructor"}),
        ("role", {"role": "admin"}),
        ("days", {"days": 0}),
        ("days", {"days": 181}),
        ("uses", {"uses": 0}),
        ("uses", {"uses": 1001}),
        ("label", {"label": "x" * 81}),
        ("label", {"label": "a\x07"}),
    ],
)
def test_a_code_without_bounds_is_refused(
    server: Context, grace: UserView, cohort: str, field: str, changes: dict[str, object]
) -> None:
    with pytest.raises(BadInput) as refused:
        code_of(server, grace, cohort, **changes)
    assert refused.value.field == field
    assert rows(server, "join_code") == 0


def test_nobody_but_an_instructor_makes_sees_or_revokes_codes(server: Context, grace: UserView, cohort: str) -> None:
    code_of(server, grace, cohort)
    made = joining.codes(server, grace, cohort)[0].id
    eve = person_of(server, "Eve", "instructor")
    own = cohorts.create_cohort(server, eve, "Mine", "UTC")
    asa = person_of(server, "Asa")
    cohorts.add_member(server, grace, cohort, "Asa", "assistant")
    for who in (eve, asa):
        for work in (
            lambda who=who: joining.codes(server, who, cohort),
            lambda who=who: code_of(server, who, cohort),
            lambda who=who: revoke_code(server, who, cohort, made),
            lambda who=who: revoke_code(server, who, own, made),
        ):
            with pytest.raises(NotFound):
                work()
    assert [one.open for one in joining.codes(server, grace, cohort)] == [True]
