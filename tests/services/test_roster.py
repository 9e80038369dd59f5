"""Rosters: what is seen is what is done, all or nothing, twice is as once, and a place finds its person."""

import pytest

from quizapp.services import cohorts, roster
from quizapp.services.cohorts import MemberView
from quizapp.services.context import Context
from quizapp.services.errors import BadInput, NotFound, Stale
from quizapp.services.joining import WrongCode, join, join_as_new, new_code
from quizapp.services.own_data import own_data
from quizapp.services.roster import Plan, import_roster, invite, plan_roster
from quizapp.services.users import UserView
from tests.databases import statements
from tests.services.conftest import HERE, person_of, rows, together

LIST = "name,email,section,labels,id\nAda Lovelace,ada@x.de,A,slow|extra,1\nBea Coates,Bea@x.de,B,,2\n"


def bring(ctx: Context, grace: UserView, cohort: str, text: str, role: str = "learner") -> Plan:
    """Looks and imports; what was done is what was seen."""
    seen = plan_roster(ctx, grace, cohort, text, role)
    done = import_roster(ctx, grace, cohort, text, role, seen.digest)
    assert done == seen
    return done


def people(ctx: Context, grace: UserView, cohort: str) -> dict[str, MemberView]:
    return {one.name: one for one in cohorts.cohort(ctx, grace, cohort).people}


def kinds(plan: Plan) -> list[str]:
    return [row.kind for row in plan.rows]


def test_a_list_becomes_places_that_wait(server: Context, grace: UserView, cohort: str) -> None:
    assert kinds(bring(server, grace, cohort, LIST)) == ["new", "new"]
    ada = people(server, grace, cohort)["Ada Lovelace"]
    assert (ada.waiting, ada.role, ada.email, ada.section, ada.labels) == (
        True,
        "learner",
        "ada@x.de",
        "A",
        ("slow", "extra"),
    )
    assert people(server, grace, cohort)["Bea Coates"].email == "Bea@x.de"


def test_looking_changes_nothing(server: Context, grace: UserView, cohort: str) -> None:
    plan_roster(server, grace, cohort, LIST, "learner")
    assert (rows(server, "membership"), rows(server, "cohort_event")) == (1, 1)


@pytest.mark.parametrize(
    "again",
    [
        LIST,
        LIST.upper()
        .replace("ADA LOVELACE", "Ada Lovelace")
        .replace("BEA COATES", "Bea Coates")
        .replace("SLOW|EXTRA", "slow|extra"),
        LIST.replace(",", ";"),
        "email\nbea@x.de\nada@x.de\n",
    ],
)
def test_the_same_list_again_changes_nothing(server: Context, grace: UserView, cohort: str, again: str) -> None:
    bring(server, grace, cohort, LIST)
    before, events = people(server, grace, cohort), rows(server, "cohort_event")
    assert kinds(bring(server, grace, cohort, again)) == ["same", "same"]
    assert (people(server, grace, cohort), rows(server, "cohort_event")) == (before, events)


def test_what_a_list_says_otherwise_is_changed_and_what_it_does_not_say_stays(
    server: Context, grace: UserView, cohort: str
) -> None:
    bring(server, grace, cohort, LIST)
    plan = bring(server, grace, cohort, "email,section,labels\nada@x.de,B,\nnew@x.de,C,\n")
    assert kinds(plan) == ["changed", "new"]
    assert plan.rows[0].changes == ("section: A → B", "labels: slow, extra → none")
    assert plan.untouched == 1
    ada = people(server, grace, cohort)["Ada Lovelace"]
    assert (ada.section, ada.labels) == ("B", ())
    assert people(server, grace, cohort)["Bea Coates"].section == "B"


def test_one_bad_line_and_nothing_is_taken_in(server: Context, grace: UserView, cohort: str) -> None:
    plan = plan_roster(server, grace, cohort, LIST + "Eve,eve at x.de,A,,3\n", "learner")
    assert ([one.line for one in plan.troubles], plan.rows) == ([4], ())
    with pytest.raises(BadInput, match="line 4"):
        import_roster(server, grace, cohort, LIST + "Eve,eve at x.de,A,,3\n", "learner", plan.digest)
    assert rows(server, "membership") == 1


def test_a_member_in_the_list_stays_and_the_others_are_taken_in(server: Context, grace: UserView, cohort: str) -> None:
    bring(server, grace, cohort, "email\nada@x.de\n", "assistant")
    plan = bring(server, grace, cohort, LIST)
    assert kinds(plan) == ["changed", "new"]
    assert people(server, grace, cohort)["Ada Lovelace"].role == "assistant"


def test_the_same_person_twice_is_reported_before_and_counts_once(
    server: Context, grace: UserView, cohort: str
) -> None:
    text = "email\nMu\u0308ller@X.de\nmüller@x.de \n"
    plan = bring(server, grace, cohort, text)
    assert (kinds(plan), [one.line for one in plan.notices]) == (["new"], [3])
    assert rows(server, "membership") == 2


def test_the_id_of_somebody_else_is_refused(server: Context, grace: UserView, cohort: str) -> None:
    bring(server, grace, cohort, LIST)
    plan = plan_roster(server, grace, cohort, "email,id\nother@x.de,1\n", "learner")
    assert "ada@x.de" in plan.troubles[0].says


def test_what_changed_since_it_was_seen_is_shown_again(server: Context, grace: UserView, cohort: str) -> None:
    seen = plan_roster(server, grace, cohort, LIST, "learner")
    bring(server, grace, cohort, "email\nada@x.de\n")
    for text, role in ((LIST, "learner"), (LIST + "Eve,eve@x.de,,,\n", "learner"), (LIST, "observer")):
        with pytest.raises(Stale):
            import_roster(server, grace, cohort, text, role, seen.digest)
    assert rows(server, "membership") == 2


def test_one_list_imported_twenty_times_at_once_is_there_once(server: Context, grace: UserView, cohort: str) -> None:
    digest = plan_roster(server, grace, cohort, LIST, "learner").digest

    def press(_: int) -> bool:
        try:
            import_roster(server, grace, cohort, LIST, "learner", digest)
        except Stale:
            return False
        return True

    assert sum(together(20, press)) == 1
    assert rows(server, "membership") == 3


def test_who_was_taken_out_comes_back_by_a_list_and_is_told_so_before(
    server: Context, grace: UserView, cohort: str
) -> None:
    bring(server, grace, cohort, LIST)
    cohorts.remove_member(server, grace, cohort, people(server, grace, cohort)["Ada Lovelace"].id)
    assert kinds(plan_roster(server, grace, cohort, LIST, "learner")) == ["back", "same"]
    bring(server, grace, cohort, LIST)
    assert "Ada Lovelace" in people(server, grace, cohort)


def test_an_invitation_puts_its_person_into_their_place(server: Context, grace: UserView, cohort: str) -> None:
    bring(server, grace, cohort, LIST)
    codes = {one.email: one.code for one in invite(server, grace, cohort)}
    made, _ = join_as_new(server, "countess", "a good password", codes["ada@x.de"], address=HERE)
    ada = people(server, grace, cohort)["Ada Lovelace"]
    assert (ada.waiting, ada.account, ada.section) == (False, "countess", "A")
    with pytest.raises(WrongCode):
        join(server, person_of(server, "Eve"), codes["ada@x.de"], address=HERE)
    assert [one.email for one in invite(server, grace, cohort)] == ["Bea@x.de"]
    told = own_data(server, made.id)["cohorts"][0]
    assert (told["email"], told["labels"]) == ("ada@x.de", ["slow", "extra"])


def test_who_came_by_a_code_brings_their_place_along_and_is_there_once(
    server: Context, grace: UserView, cohort: str
) -> None:
    bring(server, grace, cohort, LIST)
    bea = person_of(server, "bea")
    join(server, bea, new_code(server, grace, cohort, "learner", days=1, uses=9), address=HERE)
    assert rows(server, "membership") == 4
    code = next(one.code for one in invite(server, grace, cohort) if one.email == "Bea@x.de")
    join(server, bea, code, address=HERE)
    assert rows(server, "membership") == 3
    found = people(server, grace, cohort)["Bea Coates"]
    assert (found.waiting, found.account, found.section) == (False, "bea", "B")
    assert kinds(bring(server, grace, cohort, LIST)) == ["same", "same"]


def test_one_person_does_not_take_two_places(server: Context, grace: UserView, cohort: str) -> None:
    bring(server, grace, cohort, LIST)
    codes = {one.email: one.code for one in invite(server, grace, cohort)}
    ada = person_of(server, "ada")
    join(server, ada, codes["ada@x.de"], address=HERE)
    with pytest.raises(BadInput, match="log in as another"):
        join(server, ada, codes["Bea@x.de"], address=HERE)
    assert people(server, grace, cohort)["Bea Coates"].waiting


def test_an_earlier_invitation_and_one_to_a_place_that_is_gone_open_nothing(
    server: Context, grace: UserView, cohort: str
) -> None:
    bring(server, grace, cohort, LIST)
    old = {one.email: one.code for one in invite(server, grace, cohort)}
    new = {one.email: one.code for one in invite(server, grace, cohort)}
    cohorts.remove_member(server, grace, cohort, people(server, grace, cohort)["Bea Coates"].id)
    for n, code in enumerate((old["ada@x.de"], new["Bea@x.de"])):
        with pytest.raises(WrongCode):
            join(server, person_of(server, f"Eve {n}"), code, address=HERE)
    server.now.advance(days=30)  # type: ignore[attr-defined]
    with pytest.raises(WrongCode):
        join(server, person_of(server, "Late"), new["ada@x.de"], address=HERE)


def test_of_twenty_with_one_invitation_one_takes_the_place(server: Context, grace: UserView, cohort: str) -> None:
    bring(server, grace, cohort, LIST)
    code = invite(server, grace, cohort)[0].code
    crowd = [person_of(server, f"Person {n}") for n in range(20)]

    def come(n: int) -> bool:
        try:
            join(server, crowd[n], code, address=f"198.51.100.{n}")
        except WrongCode:
            return False
        return True

    assert sum(together(20, come)) == 1


def test_a_place_that_waits_is_no_instructor(server: Context, grace: UserView, cohort: str) -> None:
    bring(server, grace, cohort, LIST)
    ada = people(server, grace, cohort)["Ada Lovelace"].id
    with pytest.raises(BadInput, match="nobody has come"):
        cohorts.change_role(server, grace, cohort, ada, "instructor")
    with pytest.raises(BadInput):
        plan_roster(server, grace, cohort, LIST, "instructor")
    cohorts.change_role(server, grace, cohort, ada, "assistant")
    assert people(server, grace, cohort)["Ada Lovelace"].role == "assistant"


def test_addresses_are_told_to_instructors_alone(server: Context, grace: UserView, cohort: str) -> None:
    bring(server, grace, cohort, LIST)
    for name, role in (("Asa", "assistant"), ("Obi", "observer"), ("Lea", "learner")):
        who = person_of(server, name)
        cohorts.add_member(server, grace, cohort, name, role)
        seen = repr(cohorts.cohort(server, who, cohort))
        assert ("x.de" in seen, "Ada Lovelace" in seen) == (False, role != "learner")


def test_a_place_without_a_name_is_called_by_its_address_to_who_manages(
    server: Context, grace: UserView, cohort: str
) -> None:
    bring(server, grace, cohort, "ada@x.de\n")
    assert list(people(server, grace, cohort)) == ["Grace", "ada@x.de"]
    obi = person_of(server, "Obi")
    cohorts.add_member(server, grace, cohort, "Obi", "observer")
    assert "ada@x.de" not in repr(cohorts.cohort(server, obi, cohort))


def test_nobody_but_an_instructor_looks_imports_or_invites(server: Context, grace: UserView, cohort: str) -> None:
    bring(server, grace, cohort, LIST)
    people_here = [person_of(server, "Eve", "instructor"), person_of(server, "Sam")]
    for name, role in (("Asa", "assistant"), ("Obi", "observer"), ("Lea", "learner")):
        people_here.append(person_of(server, name))
        cohorts.add_member(server, grace, cohort, name, role)
    for who in people_here:
        with pytest.raises(NotFound):
            plan_roster(server, who, cohort, LIST, "learner")
        with pytest.raises(NotFound):
            import_roster(server, who, cohort, LIST, "learner", "")
        with pytest.raises(NotFound):
            invite(server, who, cohort)


def test_five_hundred_people_cost_few_statements(server: Context, grace: UserView, cohort: str) -> None:
    text = "name,email\n" + "".join(f"Person {n},p{n}@x.de\n" for n in range(500))
    with statements(server) as sent:
        bring(server, grace, cohort, text)
    assert len(sent) <= 12
    with statements(server) as sent:
        assert len(invite(server, grace, cohort)) == 500
    assert len(sent) <= 8
    with statements(server) as sent:
        assert len(cohorts.cohort(server, grace, cohort).people) == 501
    assert len(sent) <= 3


def test_a_spreadsheet_runs_no_cell_of_the_invitations(server: Context, grace: UserView, cohort: str) -> None:
    bring(server, grace, cohort, 'name,email,section\n"=HYPERLINK(""http://x/"")",=cmd@x.de,@SUM\n')
    found = invite(server, grace, cohort)[0]
    assert [cell[0] for cell in (found.name, found.email, found.section)] == ["'"] * 3


def test_what_no_database_takes_is_dropped(server: Context, grace: UserView, cohort: str) -> None:
    bring(server, grace, cohort, "name,email\nA\0da\ud800,ada@x.de\n")
    assert "Ada" in people(server, grace, cohort)


def test_a_file_that_is_no_text_says_so() -> None:
    with pytest.raises(BadInput, match="no text"):
        roster.read_upload(b"PK\x03\x04\x00\x01\x81")
