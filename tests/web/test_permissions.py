"""Every address for everybody: tests/web/permissions.yaml says what each gets, and this asks."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml
from flask import Flask
from sqlalchemy import text
from werkzeug.test import TestResponse

from quizapp.factory import create_context
from quizapp.services import cohorts, joining, logins, quiz, sittings, users
from quizapp.services.assignments import Wish, create_assignment
from quizapp.services.bring_deck import bring_deck
from quizapp.services.context import Context
from quizapp.services.notes import save_note
from tests.web.parts import MODULE, TOKEN, Clock, NoCluster, pages_over, plain, settings_for

TABLE = yaml.safe_load(Path(__file__).with_name("permissions.yaml").read_text(encoding="utf-8"))
WHO: list[str] = TABLE["for"]
PASSWORD = "correct horse"
BASE = "https://quiz.example.org"
NOTES = "# Of ada\n\n- **Pod**: the smallest unit that Kubernetes deploys.\n- **Node**: a machine that runs Pods.\n"
MISSING = "nothing-of-that-name"


@dataclass(frozen=True)
class Row:
    """One case of the table: how a route is asked, and what each person gets."""

    method: str
    rule: str
    gives: dict[str, int]
    words: dict[str, Any] = field(default_factory=dict)
    form: dict[str, Any] = field(default_factory=dict)
    to: str | None = None

    def __str__(self) -> str:
        return " ".join([self.method, self.rule, *(str(word) for word in self.words.values())])


def rows() -> list[Row]:
    """The table, case by case."""
    made = []
    for name, cases in TABLE["rows"].items():
        method, _, rule = name.partition(" ")
        plain = isinstance(cases, list) and all(isinstance(one, int) for one in cases)
        for case in [{"gives": cases}] if plain else cases if isinstance(cases, list) else [cases]:
            told = dict(case)
            gives, form, to = dict(zip(WHO, told.pop("gives"), strict=True)), told.pop("form", {}), told.pop("to", None)
            made.append(Row(method, rule, gives, told, form, to))
    return made


class World:
    """A server with something of everybody's in it, put back to how it was after each request that may change it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        settings = settings_for(folder, mode="server", trusted_hosts=("quiz.example.org",))
        self.context: Context = create_context(settings, cluster=NoCluster(), now=Clock(), seed=lambda: 7)
        roles = {"learner": "learner", "other": "learner", "instructor": "instructor", "admin": "admin"}
        self.ids = {who: users.create_user(self.context, who, PASSWORD, role).id for who, role in roles.items()}
        self.app: Flask = pages_over(self.context)
        self.things = self._things()
        self.cookies = {who: self._log_in(who) for who in WHO}
        self._keep()

    def ask(self, row: Row, who: str, *, missing: bool = False) -> TestResponse:
        """The reply to one person; with `missing`, for things that nobody has."""
        client = self.app.test_client()
        for name, value in self.cookies[who].items():
            client.set_cookie(name, value, domain="quiz.example.org", path="/", secure=True)
        form = {key: self._thing(value, missing) for key, value in row.form.items()}
        if row.method == "POST":
            page = client.get("/login" if who == "stranger" else "/notes/new", base_url=BASE).text
            form["csrf_token"] = TOKEN.search(page)[1]  # type: ignore[index]
        values = {key: self._thing(value, missing) for key, value in row.words.items()}
        adapter = self.app.url_map.bind("quiz.example.org")
        path = adapter.build(self.endpoint(row), values, method=row.method)
        reply = client.open(path, method=row.method, data=form, base_url=BASE, headers={"Referer": BASE})
        if row.method != "GET":
            self._put_back()
        return reply

    def endpoint(self, row: Row) -> str:
        return next(
            rule.endpoint
            for rule in self.app.url_map.iter_rules()
            if rule.rule == row.rule and row.method in (rule.methods or ())
        )

    def _thing(self, word: Any, missing: bool) -> Any:
        if missing and word in self.things:
            return "0" * 16 if word == "login" else MISSING
        return self.things.get(word, word)

    def _things(self) -> dict[str, str]:
        ada, ctx = self.ids["learner"], self.context
        note = save_note(ctx, ada, NOTES).slug
        table = self.folder / "deck.tsv"
        table.write_text("front\tback\nWhat is a Pod?\tThe smallest unit.\n", encoding="utf-8")
        with table.open("rb") as file:
            deck = bring_deck(ctx, ada, file, "deck.tsv", name="Of ada").slug
        with ctx.database.read() as session:
            cards = "SELECT id FROM content_item WHERE module_slug = :slug AND item_use = :use ORDER BY position"
            item = session.scalars(text(cards), {"slug": MODULE, "use": "quiz"}).first()
            own = session.scalars(text(cards), {"slug": note, "use": "card"}).first()
        attempt = quiz.start_quiz(ctx, ada, MODULE, size=2)
        view = quiz.question(ctx, ada, attempt, 1)
        assert view.typed or view.options, "the seed draws a question that one word answers"
        answer = "word" if view.typed else view.options[0].id
        token = users.open_session(ctx, ada, "Firefox on Linux")
        return {
            **self._cohort(),
            "module": MODULE,
            "note": note,
            "deck": str(deck),
            "item": str(item),
            "own": str(own),
            "attempt": attempt,
            "answer": answer,
            "lab": "first-deployment",
            "login": users.hashed(token)[: logins.HANDLE_LENGTH],
            "link": logins.issue_link(ctx, "learner", 24)[0],
            "build": re.search(r"/static/(\w+)/", self.app.test_client().get("/login", base_url=BASE).text)[1],  # type: ignore[index]
        }

    def _cohort(self) -> dict[str, str]:
        """A cohort with the learner in it, who has begun its assignment."""
        ctx = self.context
        learner, teacher = (users.person_named(ctx, who) for who in ("learner", "instructor"))
        made = cohorts.create_cohort(ctx, teacher, "Of the instructor", "UTC")
        cohorts.add_member(ctx, teacher, made, "learner", "learner")
        joining.new_code(ctx, teacher, made, "learner", days=1, uses=1)
        dates = {"opens": "2026-11-25T08:00", "due": "2026-11-26T08:00", "closes": "2026-11-26T08:00"}
        wish = Wish(title="Week 1", module_slug=MODULE, kinds=("choice",), size=2, **dates)
        work = create_assignment(ctx, teacher, made, wish)
        sitting = sittings.start(ctx, learner, made, work)
        place = next(one.id for one in cohorts.cohort(ctx, teacher, made).people if one.name == "learner")
        return {
            "cohort": made,
            "place": place,
            "code": joining.codes(ctx, teacher, made)[0].id,
            "work": work,
            "sitting": sitting,
            "choice": sittings.question(ctx, learner, sitting, 1).question.options[0].id,
        }

    def _log_in(self, who: str) -> dict[str, str]:
        client = self.app.test_client()
        found = TOKEN.search(client.get("/login", base_url=BASE).text)
        if who != "stranger":
            form = {"name": who, "password": PASSWORD, "csrf_token": found[1]}  # type: ignore[index]
            assert client.post("/login", data=form, base_url=BASE, headers={"Referer": BASE}).status_code == 302
        cookie = client.get_cookie("__Host-quizapp", domain="quiz.example.org")
        return {"__Host-quizapp": cookie.value} if cookie else {}

    def _keep(self) -> None:
        self.context.database.close()
        shutil.copy(self.folder / "quizapp.db", self.folder / "kept.db")

    def _put_back(self) -> None:
        self.context.database.close()
        shutil.copy(self.folder / "kept.db", self.folder / "quizapp.db")


@pytest.fixture(scope="module")
def world(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("world")
    shutil.copy(sqlite_template, folder / "quizapp.db")
    made = World(folder)
    yield made
    made.context.database.close()


def test_every_route_has_a_row_and_every_row_a_route(world: World) -> None:
    there = {
        f"{method} {rule.rule}"
        for rule in world.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    told = set(TABLE["rows"])
    assert sorted(there - told) == [], "say in tests/web/permissions.yaml who gets what there"
    assert sorted(told - there) == [], "these are no routes any more"


def test_a_row_says_something_of_everybody_and_of_every_part_of_the_address() -> None:
    for row in rows():
        assert list(row.gives) == WHO, row
        assert set(re.findall(r"<(?:\w+:)?(\w+)>", row.rule)) == set(row.words), row


@pytest.mark.parametrize("row", rows(), ids=str)
def test_everybody_gets_what_the_table_says(world: World, row: Row) -> None:
    replies = {who: world.ask(row, who) for who in WHO}
    assert {who: reply.status_code for who, reply in replies.items()} == row.gives
    name = f"{row.method} {row.rule}"
    for who, reply in replies.items():
        if reply.status_code == 302:
            shut = who == "stranger" and name not in TABLE["open"]
            where = "/login" if shut else row.to
            assert where, f"{row}: `to` says where {who} is sent"
            assert reply.headers["Location"].startswith(where), who


@pytest.mark.parametrize("row", [row for row in rows() if 404 in row.gives.values() and row.words], ids=str)
def test_what_is_not_for_somebody_looks_like_what_is_not_there(world: World, row: Row) -> None:
    for who, status in row.gives.items():
        if status == 404:
            refused, missing = world.ask(row, who), world.ask(row, who, missing=True)
            assert (refused.status_code, plain(refused)) == (missing.status_code, plain(missing)), who


def test_nothing_is_open_to_a_stranger_that_is_not_listed() -> None:
    let_in = {f"{row.method} {row.rule}" for row in rows() if row.gives["stranger"] not in (302, 404)}
    assert let_in <= set(TABLE["open"])
    assert set(TABLE["open"]) <= set(TABLE["rows"])


def test_a_role_that_was_taken_away_counts_at_the_next_request(world: World) -> None:
    row = next(row for row in rows() if str(row) == "GET /modules/<slug>/curate module")
    assert world.ask(row, "instructor").status_code == 200
    with world.context.database.write() as session:
        session.execute(text("UPDATE user_account SET role = 'learner' WHERE name = 'instructor'"))
    assert world.ask(row, "instructor").status_code == 404
    world._put_back()


def test_a_new_route_without_a_row_would_be_found(world: World) -> None:
    there = {rule.rule for rule in world.app.url_map.iter_rules()}
    assert len(there) > 45
    assert "/account" in there
