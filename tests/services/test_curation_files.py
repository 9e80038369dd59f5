"""Decisions as a file: out and in again, all or nothing, and beside the notes, where what a person does later wins."""

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest

from quizapp.library import read_library
from quizapp.services.context import Context
from quizapp.services.curate import Curated, decide, edit, item_to_edit, module_to_curate
from quizapp.services.curation_files import BadFile, Imported, export_decisions, import_decisions
from quizapp.services.errors import NotFound
from quizapp.services.sync import sync_modules
from quizapp.services.users import UserView, local_user
from quizapp.settings import Settings
from tests.services.conftest import rows
from tests.services.test_curate import NOTES, do, everything, find, look, rewrite

SLUG = "small-things"
Start = Callable[[], Context]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A course of this test's own."""
    course = tmp_path / "content" / "basics"
    course.mkdir(parents=True)
    (course / f"{SLUG}.md").write_text(NOTES)
    return course


@pytest.fixture
def start(open_context: Callable[..., Context], folder: Path) -> Start:
    """Starts the app over that course, as after a pull."""
    labs = folder.parent.parent / "labs"
    labs.mkdir()

    def started() -> Context:
        ctx = open_context(content_dir=str(folder.parent), labs_dir=str(labs))
        sync_modules(ctx, agreed=None)
        return ctx

    return started


@pytest.fixture
def ctx(start: Start) -> Context:
    return start()


@pytest.fixture
def me(ctx: Context) -> UserView:
    return local_user(ctx)


def verdicts(ctx: Context, me: UserView) -> dict[str, str]:
    return {one.item.id: one.verdict for one in everything(look(ctx, me, SLUG)) if one.verdict != "undecided"}


def some_work(ctx: Context, me: UserView) -> tuple[str, str, str]:
    """One item accepted, one hidden, one rewritten."""
    one, other, third = (one.item.id for one in everything(look(ctx, me, SLUG))[:3])
    do(ctx, me, SLUG, one, "accept")
    do(ctx, me, SLUG, other, "hide")
    rewrite(ctx, me, SLUG, third, prompt="What did a person write here: \u201cthis\u201d, or that?")
    return one, other, third


def bring(ctx: Context, me: UserView | None, text: str) -> Imported:
    return import_decisions(ctx, me, text.encode(), file="curation.yaml")


def put(folder: Path, text: str) -> None:
    (folder / f"{SLUG}.curation.yaml").write_text(text)


def as_shown(ctx: Context, me: UserView) -> list[Curated]:
    return [dataclasses.replace(one, version=0, at=None, by="") for one in everything(look(ctx, me, SLUG))]


def test_what_is_taken_out_and_in_again_is_the_same(ctx: Context, me: UserView) -> None:
    work = some_work(ctx, me)
    before = as_shown(ctx, me)
    name, text = export_decisions(ctx, me, SLUG)
    assert name == f"{SLUG}.curation.yaml"
    assert text.startswith("#")
    assert bring(ctx, me, text) == Imported(SLUG, 3, 0, 0)
    for item_id in work:
        do(ctx, me, SLUG, item_id, "take-back")
    assert export_decisions(ctx, me, SLUG)[1].endswith("items: {}\n")
    assert bring(ctx, me, text) == Imported(SLUG, 3, 3, 0)
    assert as_shown(ctx, me) == before
    assert export_decisions(ctx, me, SLUG)[1] == text


def test_what_a_file_does_not_name_stays_as_it_is(ctx: Context, me: UserView) -> None:
    some_work(ctx, me)
    before = verdicts(ctx, me)
    other = everything(look(ctx, me, SLUG))[5].item.id
    bring(ctx, me, f"module: {SLUG}\nitems:\n  {other}:\n    decision: hidden\n")
    assert verdicts(ctx, me) == before | {other: "hidden"}


def test_a_file_with_one_mistake_changes_nothing(ctx: Context, me: UserView) -> None:
    shown = everything(look(ctx, me, SLUG))
    quiz, card = (next(one.item.id for one in shown if one.item.use == use) for use in ("quiz", "card"))
    good = f"module: {SLUG}\nitems:\n  {quiz}:\n    decision: hidden\n  {card}:\n"
    for wrong, says in (
        ("    decision: gone\n", f"curation.yaml:6: items.{card}.decision: is 'gone'"),
        (
            "    edited: {stem: A, answers: [b]}\n",
            f"curation.yaml:6: items.{card}.edited: this item has front and back",
        ),
        ("    decision: [\n", "curation.yaml:7"),
    ):
        with pytest.raises(BadFile) as refused:
            bring(ctx, me, good + wrong)
        assert says in str(refused.value)
    for raw, says in (
        (b"", "is empty"),
        (b"\x00\x01", "not a text file"),
        (b"items: {}\nmodule: other-one\n", "other-one"),
    ):
        with pytest.raises((BadFile, NotFound), match=says):
            import_decisions(ctx, me, raw, file="curation.yaml")
    with pytest.raises(BadFile, match="there is no module of that name"):
        import_decisions(ctx, None, b"items: {}\nmodule: other-one\n", file="curation.yaml")
    assert (verdicts(ctx, me), rows(ctx, "curation_decision")) == ({}, 0)


def test_a_decision_may_come_before_its_item(ctx: Context, me: UserView, folder: Path, start: Start) -> None:
    work = some_work(ctx, me)
    before, text = as_shown(ctx, me), export_decisions(ctx, me, SLUG)[1]
    for item_id in work:
        do(ctx, me, SLUG, item_id, "take-back")
    (folder / f"{SLUG}.md").write_text("# Small things\n\nNothing yet.\n")
    emptied = start()
    assert bring(emptied, me, text) == Imported(SLUG, 3, 3, 3)
    assert look(emptied, me, SLUG).waiting == 3
    (folder / f"{SLUG}.md").write_text(NOTES)
    assert as_shown(start(), me) == before


def test_a_file_beside_the_notes_holds_from_the_first_start_on(
    ctx: Context, me: UserView, folder: Path, start: Start
) -> None:
    some_work(ctx, me)
    before, text = as_shown(ctx, me), export_decisions(ctx, me, SLUG)[1]
    moved = text.replace(SLUG, "new-things")
    (folder / "new-things.md").write_text(NOTES)
    (folder / "new-things.curation.yaml").write_text(moved)
    fresh = start()
    assert fresh.library.errors == ()
    shown = everything(module_to_curate(fresh, me, "new-things"))
    assert sorted(one.verdict for one in shown) == sorted(one.verdict for one in before)
    assert [one.item.prompt for one in shown if one.edited] == [
        "What did a person write here: \u201cthis\u201d, or that?"
    ]
    assert {one.by for one in shown} == {""}
    decisions = rows(fresh, "curation_decision")
    assert rows(start(), "curation_decision") == decisions


def test_what_is_decided_in_the_browser_after_the_file_wins_until_the_file_changes(
    ctx: Context, me: UserView, folder: Path, start: Start
) -> None:
    one, other, _ = (one.item.id for one in everything(look(ctx, me, SLUG))[:3])
    put(folder, f"module: {SLUG}\nitems:\n  {one}: {{decision: hidden}}\n  {other}: {{decision: hidden}}\n")
    ctx = start()
    assert verdicts(ctx, me) == {one: "hidden", other: "hidden"}
    do(ctx, me, SLUG, one, "accept")
    (folder / f"{SLUG}.md").write_text(NOTES + "\nMore words.\n")
    assert verdicts(start(), me) == {one: "accepted", other: "hidden"}
    put(folder, f"module: {SLUG}\nitems:\n  {one}: {{decision: hidden}}\n  {other}: {{decision: accepted}}\n")
    assert verdicts(start(), me) == {one: "accepted", other: "accepted"}
    put(folder, f"module: {SLUG}\nitems: {{}}\n")
    assert verdicts(start(), me) == {one: "accepted"}


def test_a_file_that_goes_takes_its_decisions_along_and_no_persons(
    ctx: Context, me: UserView, folder: Path, start: Start
) -> None:
    one, other, _ = (one.item.id for one in everything(look(ctx, me, SLUG))[:3])
    do(ctx, me, SLUG, one, "accept")
    put(folder, f"module: {SLUG}\nitems:\n  {other}: {{decision: hidden}}\n")
    assert verdicts(start(), me) == {one: "accepted", other: "hidden"}
    (folder / f"{SLUG}.curation.yaml").unlink()
    assert verdicts(start(), me) == {one: "accepted"}


def test_a_broken_file_beside_the_notes_is_told_and_nothing_is_undone(
    ctx: Context, me: UserView, folder: Path, start: Start
) -> None:
    one = everything(look(ctx, me, SLUG))[0].item.id
    put(folder, f"module: {SLUG}\nitems:\n  {one}: {{decision: hidden}}\n")
    assert verdicts(start(), me) == {one: "hidden"}
    put(folder, f"module: {SLUG}\nitems:\n  {one}: {{decision: hiden}}\n")
    broken = start()
    where = f"content/basics/{SLUG}.curation.yaml:3: items.{one}.decision: is 'hiden'"
    assert [where in str(error) for error in broken.library.errors] == [True]
    assert verdicts(broken, me) == {one: "hidden"}


def test_texts_of_the_file_that_no_longer_fit_wait(ctx: Context, me: UserView, folder: Path, start: Start) -> None:
    quiz = next(one for one in everything(look(ctx, me, SLUG)) if one.item.use == "quiz")
    put(folder, f"module: {SLUG}\nitems:\n  {quiz.item.id}: {{edited: {{front: A front, back: A back}}}}\n")
    ctx = start()
    shown = find(ctx, me, SLUG, quiz.item.id)
    assert (shown.item, shown.verdict, shown.edited, shown.unfit) == (quiz.item, "undecided", False, True)
    do(ctx, me, SLUG, quiz.item.id, "accept")
    assert find(ctx, me, SLUG, quiz.item.id).verdict == "accepted"
    assert not find(ctx, me, SLUG, quiz.item.id).unfit


def test_texts_that_were_written_for_other_notes_come_in_and_wait(ctx: Context, me: UserView) -> None:
    quiz = next(one for one in everything(look(ctx, me, SLUG)) if one.item.use == "quiz").item.id
    entry = f"module: {SLUG}\nitems:\n  {quiz}:\n    edited: {{front: A front, back: A back}}\n"
    assert bring(ctx, me, f'{entry}    notes: "000000000000"\n') == Imported(SLUG, 1, 1, 0)
    shown = find(ctx, me, SLUG, quiz)
    assert (shown.unfit, shown.changed, shown.verdict) == (True, True, "undecided")
    text = export_decisions(ctx, me, SLUG)[1]
    do(ctx, me, SLUG, quiz, "take-back")
    assert bring(ctx, me, text) == Imported(SLUG, 1, 1, 0)


def test_the_notes_changed_since_an_entry_of_a_file_was_written(
    ctx: Context, me: UserView, folder: Path, start: Start
) -> None:
    card = next(one for one in everything(look(ctx, me, SLUG)) if one.item.kind == "term" and "etcd" in one.item.source)
    view = item_to_edit(ctx, me, SLUG, card.item.id)
    own = dataclasses.replace(view.texts, back="Words of my own.")
    edit(ctx, me, SLUG, card.item.id, own, card.version)
    put(folder, export_decisions(ctx, me, SLUG)[1])
    assert not find(start(), me, SLUG, card.item.id).changed
    (folder / f"{SLUG}.md").write_text(NOTES.replace("stores the state", "reliably stores the whole state"))
    ctx = start()
    assert find(ctx, me, SLUG, card.item.id).changed
    decide(ctx, me, SLUG, card.item.id, "accept", find(ctx, me, SLUG, card.item.id).version)
    assert not find(ctx, me, SLUG, card.item.id).changed
    put(folder, export_decisions(ctx, me, SLUG)[1])
    assert not find(start(), me, SLUG, card.item.id).changed


def test_a_file_without_its_notes_is_an_author_error(filled: Settings, folder: Path) -> None:
    (folder / "elsewhere.curation.yaml").write_text("module: elsewhere\nitems: {}\n")
    errors = read_library(str(folder.parent), filled.labs_dir).errors
    assert [str(error) for error in errors if "elsewhere" in str(error)] == [
        "content/basics/elsewhere.curation.yaml: decides about elsewhere.md, and there is none beside it"
    ]
