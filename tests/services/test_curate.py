"""Decisions about items: what they do to quizzes and cards, and that nothing but a person takes them back."""

import dataclasses
from collections.abc import Callable

import pytest

from quizapp.curation.texts import Choice, Texts, texts_of
from quizapp.services import curation_files as files
from quizapp.services.context import Context
from quizapp.services.curate import (
    BadTexts,
    Curated,
    CurationView,
    Tally,
    check_texts,
    decide,
    edit,
    item_to_edit,
    module_to_curate,
)
from quizapp.services.errors import BadInput, NotFound, NothingToAsk, Stale
from quizapp.services.home import home
from quizapp.services.modules import library, module
from quizapp.services.notes import save_note
from quizapp.services.quiz import question, start_quiz, summary
from quizapp.services.review import Outcome, answer_card, next_card, undo
from quizapp.services.users import UserView, create_user, local_user
from tests.databases import statements
from tests.services.conftest import MODULE, rows, together
from tests.web.parts import Clock

NOTES = """# Small things

## Objects

- **Pod**: the smallest unit that Kubernetes deploys.
- **Service**: a stable address for a group of Pods.
- **ReplicaSet**: keeps a given number of Pods running.
- **Deployment**: manages ReplicaSets and rolls out new versions.

## Stores

- **etcd**: stores the state of the cluster.
- **kube-scheduler**: chooses a node for each new Pod.
"""
SLUG = "small-things"


@pytest.fixture
def me(ctx: Context) -> UserView:
    return local_user(ctx)


@pytest.fixture
def small(ctx: Context, me: UserView) -> str:
    """A note of the person's own, as a module."""
    return save_note(ctx, me.id, NOTES).slug


def look(ctx: Context, me: UserView, slug: str) -> CurationView:
    return module_to_curate(ctx, me, slug)


def everything(view: CurationView) -> list[Curated]:
    return [one for section in view.sections for one in section.items] + list(view.hidden)


def find(ctx: Context, me: UserView, slug: str, item_id: str) -> Curated:
    return next(one for one in everything(look(ctx, me, slug)) if one.item.id == item_id)


def first(ctx: Context, me: UserView, slug: str, use: str = "quiz", kind: str = "") -> Curated:
    return next(
        one for one in everything(look(ctx, me, slug)) if one.item.use == use and (not kind or one.item.kind == kind)
    )


def do(ctx: Context, me: UserView, slug: str, item_id: str, action: str) -> None:
    decide(ctx, me, slug, item_id, action, find(ctx, me, slug, item_id).version)


def rewrite(ctx: Context, me: UserView, slug: str, item_id: str, **changes: object) -> Texts:
    view = item_to_edit(ctx, me, slug, item_id)
    texts = dataclasses.replace(view.texts, **changes)
    edit(ctx, me, slug, item_id, texts, view.curated.version)
    return texts


def asked(ctx: Context, user_id: str, slug: str) -> dict[str, str]:
    """What a quiz over everything asks: item id and stem."""
    try:
        attempt = start_quiz(ctx, user_id, slug, size=500)
    except NothingToAsk:
        return {}
    shown = [question(ctx, user_id, attempt, pos) for pos in range(1, summary(ctx, user_id, attempt).total + 1)]
    return {one.item_id: one.stem for one in shown}


def test_a_module_is_shown_by_section_with_everything_about_each_item(ctx: Context, me: UserView) -> None:
    view = look(ctx, me, MODULE)
    shown = everything(view)
    assert len(shown) > 100
    asked = [section for section in view.sections if section.items]
    assert [section.path for section in asked] == list(dict.fromkeys(one.item.section for one in shown))
    assert all(section.why or section.untested for section in view.sections if not section.items)
    assert view.tally == Tally(0, 0, 0, len(shown))
    assert sum(section.tally.undecided for section in view.sections) == len(shown)
    assert [one.item.id for one in shown if not one.item.source or one.item.lines[0] < 1] == []
    assert {one.verdict for one in shown} == {"undecided"}


def test_accept_hide_and_take_back_are_counted_by_section(ctx: Context, me: UserView) -> None:
    one, other, third = (one.item.id for one in everything(look(ctx, me, MODULE))[:3])
    do(ctx, me, MODULE, one, "accept")
    do(ctx, me, MODULE, other, "hide")
    rewrite(ctx, me, MODULE, third, prompt="How does this one read, which a person wrote?")
    view = look(ctx, me, MODULE)
    total = len(everything(view))
    assert view.tally == Tally(2, 1, 1, total - 3)
    first = next(section for section in view.sections if section.items)
    assert first.tally.accepted + first.tally.hidden == 3
    assert [found.item.id for found in view.hidden] == [other]
    assert (find(ctx, me, MODULE, one).by, find(ctx, me, MODULE, one).at) == ("You", ctx.now())
    for item_id in (one, other, third):
        do(ctx, me, MODULE, item_id, "take-back")
    assert look(ctx, me, MODULE).tally == Tally(0, 0, 0, total)
    assert rows(ctx, "curation_decision") == 6


def test_a_hidden_question_is_asked_no_more_until_it_is_brought_back(ctx: Context, me: UserView, small: str) -> None:
    before = asked(ctx, me.id, small)
    hidden = next(iter(before))
    counted = module(ctx, me.id, small).questions
    do(ctx, me, small, hidden, "hide")
    assert set(asked(ctx, me.id, small)) == set(before) - {hidden}
    assert module(ctx, me.id, small).questions == counted - 1
    assert {card.slug: card.questions for card in home(ctx, me.id).modules}[small] == counted - 1
    assert {card.slug: card.questions for course in library(ctx, me.id) for card in course.modules}[
        small
    ] == counted - 1
    do(ctx, me, small, hidden, "bring-back")
    assert asked(ctx, me.id, small) == before


def test_a_module_with_everything_hidden_asks_nothing(ctx: Context, me: UserView, small: str) -> None:
    for one in everything(look(ctx, me, small)):
        do(ctx, me, small, one.item.id, "hide")
    assert asked(ctx, me.id, small) == {}
    assert next_card(ctx, me.id, module_slug=small) is None


def test_a_hidden_card_is_never_drawn_new_or_due(ctx: Context, me: UserView, small: str) -> None:
    card = next_card(ctx, me.id, module_slug=small)
    assert card
    names = {"item_id": card.item_id, "ord": 0, "expected_rev": 0}
    answer_card(ctx, me.id, **names, rating=1, client_event_id="again-event-1")
    clock = ctx.now
    assert isinstance(clock, Clock)
    clock.advance(hours=1)
    due = next_card(ctx, me.id, module_slug=small)
    assert due
    assert due.item_id == card.item_id
    do(ctx, me, small, card.item_id, "hide")
    after = next_card(ctx, me.id, module_slug=small)
    assert after is None or after.item_id != card.item_id
    assert home(ctx, me.id).due == 0
    late = answer_card(ctx, me.id, **names | {"expected_rev": 1}, rating=3, client_event_id="late-event-1")
    assert late is Outcome.STALE
    shown = undo(ctx, me.id)
    assert shown is None or shown.item_id != card.item_id
    do(ctx, me, small, card.item_id, "bring-back")
    again = next_card(ctx, me.id, module_slug=small)
    assert again


def test_an_edited_question_keeps_its_id_and_is_asked_with_its_new_texts(
    ctx: Context, me: UserView, small: str
) -> None:
    old = first(ctx, me, small, kind="choice")
    options = tuple(Choice(f"Answer {n}", n == 0, f"Because of {n}.") for n, _ in enumerate(texts_of(old.item).options))
    rewrite(ctx, me, small, old.item.id, prompt="Which answer did a person write?", options=options)
    new = find(ctx, me, small, old.item.id)
    assert (new.verdict, new.edited, new.version) == ("accepted", True, old.version + 1)
    assert [(one.text, one.correct) for one in new.item.options] == [(one.text, one.right) for one in options]
    assert asked(ctx, me.id, small)[old.item.id] == "Which answer did a person write?"
    do(ctx, me, small, old.item.id, "take-back")
    back = find(ctx, me, small, old.item.id)
    assert (back.item, back.verdict, back.edited, back.version) == (old.item, "undecided", False, old.version + 2)


def test_an_edited_card_shows_its_new_sides(ctx: Context, me: UserView, small: str) -> None:
    for one in everything(look(ctx, me, small)):
        if one.item.use == "card":
            rewrite(ctx, me, small, one.item.id, prompt="A front of my own", back="A back of my own")
    card = next_card(ctx, me.id, module_slug=small)
    assert card
    assert (card.front, card.back) == ("A front of my own", "A back of my own")


def test_what_no_database_keeps_is_left_out_of_texts(ctx: Context, me: UserView, small: str) -> None:
    one = first(ctx, me, small, use="card")
    rewrite(ctx, me, small, one.item.id, prompt="A\x00 front\ud800 of\tmy own", back="A \U0001f600 back")
    after = find(ctx, me, small, one.item.id).item
    assert (after.prompt, after.back) == ("A front of my own", "A \U0001f600 back")


def test_a_decision_that_changes_no_text_makes_no_version(ctx: Context, me: UserView, small: str) -> None:
    one, before = first(ctx, me, small), (rows(ctx, "content_version"), rows(ctx, "import_run"))
    for action in ("accept", "hide", "bring-back", "take-back"):
        do(ctx, me, small, one.item.id, action)
    assert (rows(ctx, "content_version"), rows(ctx, "import_run")) == before
    rewrite(ctx, me, small, one.item.id, prompt="What did a person write here?")
    assert (rows(ctx, "content_version"), rows(ctx, "import_run")) == (before[0] + 1, before[1] + 1)


def test_texts_like_those_of_the_notes_accept_the_item_and_are_no_edit(ctx: Context, me: UserView, small: str) -> None:
    one = first(ctx, me, small)
    rewrite(ctx, me, small, one.item.id)
    after = find(ctx, me, small, one.item.id)
    assert (after.verdict, after.edited, after.version) == ("accepted", False, one.version)


def test_what_would_break_an_item_is_refused_and_changes_nothing(ctx: Context, me: UserView, small: str) -> None:
    one = first(ctx, me, small, kind="choice")
    none_right = tuple(dataclasses.replace(option, right=False) for option in texts_of(one.item).options)
    with pytest.raises(BadTexts) as refused:
        rewrite(ctx, me, small, one.item.id, options=none_right)
    assert [(problem.field, "exactly one right option" in problem.says) for problem in refused.value.problems] == [
        ("options", True)
    ]
    with pytest.raises(BadInput, match="parts of this item"):
        edit(ctx, me, small, one.item.id, Texts("card", "A", back="B"), one.version)
    with pytest.raises(BadInput, match="action"):
        decide(ctx, me, small, one.item.id, "destroy", one.version)
    assert find(ctx, me, small, one.item.id) == one
    assert rows(ctx, "curation_decision") == 0


def test_lints_advise_and_let_a_person_have_their_way(ctx: Context, me: UserView, small: str) -> None:
    one = first(ctx, me, small, kind="choice")
    view = item_to_edit(ctx, me, small, one.item.id)
    odd = dataclasses.replace(view.texts, prompt="It is what we")
    assert "begins with a pronoun" in check_texts(view, odd).advice
    assert find(ctx, me, small, one.item.id) == one
    edit(ctx, me, small, one.item.id, odd, one.version)
    assert "begins with a pronoun" in find(ctx, me, small, one.item.id).advice


def test_decisions_outlive_an_edit_of_the_notes_and_an_item_that_goes_and_returns(
    ctx: Context, me: UserView, small: str
) -> None:
    shown = everything(look(ctx, me, small))
    etcd = [one for one in shown if "etcd" in one.item.source]
    hidden, accepted, rewritten = (one.item.id for one in etcd[:3])
    do(ctx, me, small, hidden, "hide")
    do(ctx, me, small, accepted, "accept")
    own = rewrite(ctx, me, small, rewritten, prompt="A text of my own about the store of the cluster")
    longer = NOTES.replace("# Small things\n", "# Small things\n\nSome words in front.\n")
    save_note(ctx, me.id, longer, slug=small)
    moved = find(ctx, me, small, rewritten)
    assert moved.item.lines[0] == etcd[2].item.lines[0] + 2
    assert (texts_of(moved.item), moved.changed) == (own, False)
    save_note(ctx, me.id, longer.replace("- **etcd**: stores the state of the cluster.\n", ""), slug=small)
    assert {hidden, accepted, rewritten}.isdisjoint(one.item.id for one in everything(look(ctx, me, small)))
    assert look(ctx, me, small).waiting == 3
    save_note(ctx, me.id, NOTES, slug=small)
    assert find(ctx, me, small, hidden).verdict == "hidden"
    assert find(ctx, me, small, accepted).verdict == "accepted"
    assert texts_of(find(ctx, me, small, rewritten).item) == own
    assert hidden not in asked(ctx, me.id, small)


def test_the_notes_may_change_and_the_edit_stays_and_says_so(ctx: Context, me: UserView, small: str) -> None:
    one = next(one for one in everything(look(ctx, me, small)) if one.item.kind == "term" and "etcd" in one.item.source)
    own = rewrite(ctx, me, small, one.item.id, back="It keeps what the cluster is to be.")
    assert not find(ctx, me, small, one.item.id).changed
    other = NOTES.replace("stores the state of the cluster", "reliably stores the whole state of the cluster")
    save_note(ctx, me.id, other, slug=small)
    after = find(ctx, me, small, one.item.id)
    assert (texts_of(after.item), after.changed) == (own, True)
    assert "reliably" in after.item.source
    view = item_to_edit(ctx, me, small, one.item.id)
    assert (view.texts, "reliably" in view.original.source) == (own, True)
    edit(ctx, me, small, one.item.id, view.texts, view.curated.version)
    assert not find(ctx, me, small, one.item.id).changed
    do(ctx, me, small, one.item.id, "take-back")
    assert texts_of(find(ctx, me, small, one.item.id).item) == texts_of(view.original)


def test_hiding_and_bringing_back_keep_a_text_of_ones_own(ctx: Context, me: UserView, small: str) -> None:
    one = first(ctx, me, small, use="card")
    own = rewrite(ctx, me, small, one.item.id, back="Words of my own.")
    do(ctx, me, small, one.item.id, "hide")
    assert (find(ctx, me, small, one.item.id).verdict, find(ctx, me, small, one.item.id).edited) == ("hidden", True)
    do(ctx, me, small, one.item.id, "bring-back")
    after = find(ctx, me, small, one.item.id)
    assert (texts_of(after.item), after.verdict) == (own, "accepted")


def test_a_page_that_is_no_longer_true_decides_nothing(ctx: Context, me: UserView, small: str) -> None:
    one = first(ctx, me, small, use="card")
    rewrite(ctx, me, small, one.item.id, back="Words of my own.")
    with pytest.raises(Stale):
        decide(ctx, me, small, one.item.id, "accept", one.version)
    with pytest.raises(Stale):
        edit(ctx, me, small, one.item.id, texts_of(one.item), one.version)


def test_an_item_that_is_rewritten_ten_times_at_once_is_rewritten_once(ctx: Context, me: UserView, small: str) -> None:
    one = first(ctx, me, small, use="card")
    texts = texts_of(one.item)

    def attempt(number: int) -> str:
        own = dataclasses.replace(texts, back=f"Words of number {number}.")
        try:
            edit(ctx, me, small, one.item.id, own, one.version)
        except Stale:
            return ""
        return own.back

    done = [back for back in together(10, attempt) if back]
    assert [find(ctx, me, small, one.item.id).item.back] == done


def test_in_server_mode_only_instructors_and_admins_curate(open_context: Callable[..., Context]) -> None:
    ctx = open_context(mode="server")
    people = {role: create_user(ctx, role, "correct horse", role) for role in ("learner", "instructor", "admin")}
    item_id = everything(look(ctx, people["admin"], MODULE))[0].item.id
    for person in (people["instructor"], people["admin"]):
        do(ctx, person, MODULE, item_id, "accept")
        assert find(ctx, person, MODULE, item_id).by == person.name
        assert item_id in files.export_decisions(ctx, person, MODULE)[1]
    learner = people["learner"]
    raw = files.export_decisions(ctx, people["admin"], MODULE)[1].encode()
    for refused in (
        lambda: look(ctx, learner, MODULE),
        lambda: item_to_edit(ctx, learner, MODULE, item_id),
        lambda: decide(ctx, learner, MODULE, item_id, "hide", 1),
        lambda: edit(ctx, learner, MODULE, item_id, Texts("card", "a", back="b"), 1),
        lambda: files.export_decisions(ctx, learner, MODULE),
        lambda: files.import_decisions(ctx, learner, raw, file="x.yaml"),
    ):
        with pytest.raises(NotFound):
            refused()
    assert find(ctx, people["admin"], MODULE, item_id).verdict == "accepted"


def test_somebody_elses_note_is_not_there_to_curate(open_context: Callable[..., Context]) -> None:
    ctx = open_context(mode="server")
    ada, bob = (create_user(ctx, name, "correct horse", "instructor") for name in ("ada", "bob"))
    slug = save_note(ctx, ada.id, NOTES).slug
    assert everything(look(ctx, ada, slug))
    with pytest.raises(NotFound):
        look(ctx, bob, slug)


@pytest.mark.parametrize("missing", ["nowhere", "", "other-0123456789"])
def test_what_is_not_there_is_not_found(ctx: Context, me: UserView, missing: str) -> None:
    with pytest.raises(NotFound):
        item_to_edit(ctx, me, MODULE, missing)
    with pytest.raises(NotFound):
        look(ctx, me, missing)


def costs(ctx: Context, me: UserView, slug: str) -> dict[str, int]:
    """Statements by what is done."""
    one, other = [one.item.id for one in everything(look(ctx, me, slug)) if one.item.use == "card"][:2]
    version, page = find(ctx, me, slug, one).version, item_to_edit(ctx, me, slug, other)
    own = dataclasses.replace(page.texts, back=f"Words of my own, {page.curated.version}.")
    doing = {
        "page": lambda: look(ctx, me, slug),
        "item": lambda: item_to_edit(ctx, me, slug, one),
        "decision": lambda: decide(ctx, me, slug, one, "accept", version),
        "edit": lambda: edit(ctx, me, slug, other, own, page.curated.version),
        "export": lambda: files.export_decisions(ctx, me, slug),
    }
    found = {}
    for name, work in doing.items():
        with statements(ctx) as sent:
            work()
        found[name] = len(sent)
    return found


def test_a_page_and_a_decision_cost_no_more_statements_with_many_rows(ctx: Context, me: UserView, small: str) -> None:
    few = costs(ctx, me, small)
    assert len(everything(look(ctx, me, small))) < 40
    for one in everything(look(ctx, me, MODULE))[:60]:
        decide(ctx, me, MODULE, one.item.id, "accept", one.version)
        decide(ctx, me, MODULE, one.item.id, "hide", one.version)
    many = costs(ctx, me, MODULE)
    assert {name: (few[name], many[name]) for name in few if many[name] > few[name]} == {}
    assert (few["page"] <= 5, few["decision"] <= 9, few["edit"] <= 10) == (True, True, True), few
