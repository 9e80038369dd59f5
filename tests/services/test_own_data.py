"""What is kept about a person can be taken along: all of it, theirs alone, and no way to look an answer up."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import MetaData, Table, text

from quizapp.factory import create_context
from quizapp.scheduling.card import Moment, Profile
from quizapp.scheduling.history import Event, replay
from quizapp.scheduling.memory import DEFAULT_PROFILE
from quizapp.scheduling.studyday import Place
from quizapp.services.aside import set_aside
from quizapp.services.context import Context
from quizapp.services.errors import BadInput
from quizapp.services.maintenance import upgrade_database
from quizapp.services.notes import save_note
from quizapp.services.own_data import FORMAT, find_person, own_data
from quizapp.services.preferences import keep_preferences, parse, preferences
from quizapp.services.quiz import question, start_quiz, submit_answer
from quizapp.services.review import answer_card, next_card, undo
from quizapp.services.users import create_user, open_session
from tests.databases import statements
from tests.services.conftest import MODULE, some_answer
from tests.storage.rows import contents, fill
from tests.web.parts import Clock, NoCluster, settings_for

CHILDREN = {"note_version", "attempt_item", "grade_event", "lab_step_pass", "lab_event", "own_note", "own_card"}
LEFT_OUT = {
    ("user_account", "password_hash"): "proves who they are",
    ("user_account", "name_key"): "the name as logins compare it",
    ("user_account", "id"): "a name for a row, as are those below",
    ("user_session", "token_hash"): "proves who they are",
    ("password_link", "token_hash"): "proves who they are",
    ("scheduler_profile", "id"): "told by its number",
    ("note", "id"): "told by its slug",
    ("note_version", "id"): "told by its number",
    ("note_version", "text_hash"): "follows from the text",
    ("answer_event", "id"): "told by its place",
    ("answer_event", "client_event_id"): "the browser's name for one press of a button",
    ("grade_event", "id"): "told by its place",
    ("grade_event", "grader"): "the version of the program",
    ("grade_event", "key_hash"): "follows from the item",
    ("lab_run", "id"): "told by its lab and time",
    ("own_note", "id"): "told by its guid",
    ("import_run", "id"): "told by its module and time",
    ("import_run", "text_hash"): "follows from the text",
    ("import_run", "generator"): "the version of the program",
    ("cohort", "id"): "told by its title",
    ("membership", "id"): "told by its cohort",
    ("membership", "email_key"): "the address as people are told apart by",
    ("join_code", "id"): "told by its cohort and time",
    ("join_code", "code_hash"): "opens a cohort",
    ("question_report", "id"): "told by its item and time",
}


def study(ctx: Context, ada: str, name: str = "") -> None:
    """Some answers, an undo, a card set aside, other preferences, a quiz with one answer, and a note."""
    for n in range(12):
        card = next_card(ctx, ada)
        assert card
        names = {"item_id": card.item_id, "expected_rev": card.rev}
        if n % 5 == 4:
            set_aside(ctx, ada, **names, action="suspend", whole_fact=True, client_event_id=f"{name}aside-{n}")
        else:
            answer_card(ctx, ada, **names, ord=0, rating=1 + n % 4, client_event_id=f"{name}card-{n}")
        if n % 4 == 3:
            undo(ctx, ada)
        if n == 6:
            keep_preferences(ctx, ada, parse(preferences(ctx, ada).texts() | {"retention": "85", "leech_lapses": "1"}))
        ctx.now.advance(minutes=700)
    attempt = start_quiz(ctx, ada, MODULE, size=5)
    submit_answer(ctx, ada, attempt, 1, some_answer(question(ctx, ada, attempt, 1)), f"{name}quiz-1")
    save_note(ctx, ada, f"# Notes {name}\n\nA Pod is the smallest unit.\n")


def exported(ctx: Context, user_id: str) -> dict[str, object]:
    """As it comes out of a file."""
    return json.loads(json.dumps(own_data(ctx, user_id), allow_nan=False))


def test_somebody_who_did_nothing_has_little(ctx: Context, ada: str) -> None:
    data = exported(ctx, ada)
    assert data["format"] == FORMAT
    assert data["person"]["name"] == "You"
    assert data["preferences"]["retention"] == 90
    assert [name for name in data if isinstance(data[name], list) and data[name]] == []


def test_the_history_in_the_file_gives_the_cards_in_the_file(ctx: Context, ada: str) -> None:
    study(ctx, ada)
    data = exported(ctx, ada)
    unnamed = {"number", "created_at"}
    profiles = {
        row["number"]: Profile(
            **{k: tuple(v) if isinstance(v, list) else v for k, v in row.items() if k not in unnamed}
        )
        for row in data["scheduler_profiles"]
    }
    assert len(profiles) > 1
    assert profiles[1] == DEFAULT_PROFILE
    events = []
    for row in data["card_history"]:
        moment = Moment(datetime.fromisoformat(row["at"]), Place(row["tz_name"], row["rollover_h"]))
        plain = [row[name] for name in ("number", "item_id", "ord", "kind", "rating", "voids")]
        events.append(Event(*plain, moment, profiles[row["profile"]]))
    told = {key: one.card.to_dict() for key, one in replay(events).items()}
    assert {event.kind for event in events} == {"answer", "suspend", "undo"}
    assert {(row["item_id"], row["ord"]): row | told[row["item_id"], row["ord"]] for row in data["cards"]} == {
        (row["item_id"], row["ord"]): row for row in data["cards"]
    }
    assert len(told) == len(data["cards"]) >= 3


def test_it_reads_as_what_was_done(ctx: Context, ada: str) -> None:
    study(ctx, ada)
    data = exported(ctx, ada)
    assert {row["rating_name"] for row in data["card_history"]} == {None, "Again", "Hard", "Good", "Easy"}
    assert all(row["front"] and row["back"] and row["section"] for row in data["cards"])
    assert data["notes"][0]["versions"][0]["markdown"].startswith("# Notes")
    assert data["quizzes"][0]["module_slug"] == MODULE


def test_how_a_question_is_right_is_told_only_once_it_was_answered(ctx: Context, ada: str) -> None:
    study(ctx, ada)
    answered, *others = exported(ctx, ada)["quizzes"][0]["questions"]
    assert answered["item"]
    assert answered["answers"][0]["grades"][0]["fraction"] is not None
    assert len(others) == 4
    for one in others:
        assert (one["item"], one["answers"]) == (None, [])
        assert set(one) == set(answered) == {"pos", "item_id", "version", "kind", "prompt", "item", "answers"}


def test_what_proves_who_somebody_is_and_what_others_did_stays_behind(ctx: Context, ada: str) -> None:
    other = create_user(ctx, "grace", "correct horse", "learner").id
    token = open_session(ctx, other)
    study(ctx, other, "grace-")
    study(ctx, ada, "ada-")
    whole = json.dumps(own_data(ctx, other))
    assert "argon2" not in whole
    assert token not in whole
    assert "ada-card-1" not in whole
    assert "Notes ada-" not in whole
    assert "grace-card-1" in whole
    mine = json.dumps(own_data(ctx, ada))
    assert "grace" not in mine


def test_a_person_is_found_by_the_name_they_log_in_with(ctx: Context, ada: str) -> None:
    other = create_user(ctx, "Grace  Hopper", "correct horse", "learner").id
    assert find_person(ctx, "grace hopper") == other
    assert find_person(ctx, "Ｇｒａｃｅ　Hopper") == other, "found by every spelling that a login takes"
    assert find_person(ctx, "You") == ada
    with pytest.raises(BadInput, match="'bob'"):
        find_person(ctx, "bob")


@pytest.mark.parametrize("kind", ["sqlite"])
def test_it_costs_as_many_statements_for_much_as_for_little(ctx: Context, ada: str) -> None:
    with statements(ctx) as few:
        own_data(ctx, ada)
    study(ctx, ada)
    with statements(ctx) as many:
        own_data(ctx, ada)
    assert len(few) == len(many) <= 19


@pytest.fixture
def one_of_all(empty_url: str, tmp_path: Path) -> Iterator[tuple[Context, dict[str, dict[str, object]]]]:
    """A database with one row in every table, all of them one person's, and what the rows hold."""
    settings = settings_for(tmp_path, database_url=empty_url)
    upgrade_database(settings)
    ctx = create_context(settings, cluster=NoCluster(), now=Clock(), seed=lambda: 7)
    common = {"id": "i", "use": "card", "kind": "term", "section": [], "lines": [1, 1], "source": "", "fact": "f"}
    payload = json.dumps({**common, "score": 1.0, "front": "the front", "back": "the back"})
    with ctx.database.write() as session:
        fill(session.connection())
        session.execute(text("UPDATE user_account SET tz_name = 'Asia/Kolkata'"))
        for table in ("content_version", "attempt_item"):
            value = "CAST(:payload AS JSONB)" if session.get_bind().dialect.name == "postgresql" else ":payload"
            session.execute(text(f"UPDATE {table} SET payload = {value}"), {"payload": payload})  # noqa: S608
        # The version that fill() makes is not the item's newest one.
        session.execute(text("UPDATE content_item SET version = (SELECT number FROM content_version)"))
        found = contents(session.connection())
    yield ctx, found
    ctx.database.close()


def test_no_table_that_knows_a_person_is_forgotten(one_of_all: tuple[Context, dict[str, dict[str, object]]]) -> None:
    ctx, found = one_of_all
    whole = json.dumps(own_data(ctx, str(found["user_account"]["id"])))
    metadata = MetaData()
    with ctx.database.read() as session:
        metadata.reflect(session.connection())
    personal = [table for table in metadata.sorted_tables if knows_a_person(table)]
    assert len(personal) > 15
    missing = set()
    for table in personal:
        names = [column.name for column in table.columns if not column.foreign_keys]
        texts = {name: value for name in names if isinstance(value := found[table.name][name], str) and " " in value}
        missing |= {(table.name, name) for name, value in texts.items() if value not in whole}
    assert sorted(missing - set(LEFT_OUT)) == []
    assert sorted(set(LEFT_OUT) - missing) == []


def knows_a_person(table: Table) -> bool:
    """A module knows whose note it is, and its text is told with that note."""
    named = any(key.column.table.name == "user_account" for key in table.foreign_keys)
    return (named and table.name != "module") or table.name in CHILDREN | {"user_account"}
