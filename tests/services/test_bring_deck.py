"""Decks of other programs become one's own: no card, tag or answer is lost, on the way in and on the way out again."""

import io
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from quizapp.exchange.apkg_read import read_apkg
from quizapp.exchange.apkg_write import write_apkg
from quizapp.exchange.bundle import Bundle, BundleCard, BundleNote, NoteType, Review, Template
from quizapp.scheduling.card import CardState
from quizapp.services.bring_deck import Brought, bring_deck
from quizapp.services.context import Context
from quizapp.services.errors import BadInput, NotFound
from quizapp.services.home import home
from quizapp.services.modules import library, module
from quizapp.services.notes import save_note
from quizapp.services.rebuild import compare_cards
from quizapp.services.review import answer_card, next_card, undo
from quizapp.services.sync import sync_modules
from quizapp.services.take_along import take_along
from quizapp.services.users import create_user
from quizapp.storage import cards, decks
from tests.exchange.packages import LEGACY, NEW
from tests.services.conftest import rows

FEW = NoteType(77, "Few", ("Front", "Back"), (Template("One", "{{Front}}", "{{Back}}"),), ".card {}")
DAY = 86_400_000


@pytest.fixture(autouse=True)
def _after_the_samples_were_made(ctx: Context) -> None:
    ctx.now.time = datetime(2026, 12, 24, 9, 0, tzinfo=UTC)


def bring(ctx: Context, person: str, raw: bytes | Path, file: str = "sample.apkg", name: str | None = None) -> Brought:
    content = raw if isinstance(raw, bytes) else raw.read_bytes()
    return bring_deck(ctx, person, io.BytesIO(content), file, name=name)


def numbers(done: Brought) -> tuple[int, ...]:
    return (done.new, done.changed, done.kept, done.ours, done.reviews, done.known, done.aside)


def taken(ctx: Context, person: str, slug: str | None = None, *, history: bool = True) -> Bundle:
    return read_apkg(io.BytesIO(take_along(ctx, person, ".apkg", module_slug=slug, history=history)[0]))


def at(ctx: Context, **ago: float) -> int:
    """A moment in milliseconds."""
    return round((ctx.now() - timedelta(**ago)).timestamp() * 1000)


def small(ctx: Context, *reviews: Review, back: str = "two", tags: tuple[str, ...] = ("t",), guid: str = "g") -> bytes:
    """A package of one card with a review log."""
    note = BundleNote(guid, FEW.id, ("one", back), tags, (BundleCard(0, "Small", False, reviews),))
    return write_apkg(Bundle({FEW.id: FEW}, (note,)), ctx.now(), ctx.now())


def answer(when: int, ease: int, kind: int = 1, factor: int = 2500) -> Review:
    return Review(when, ease, 3, 1, factor, 4000, kind)


def simple(bundle: Bundle) -> dict[str, object]:
    """What must not be lost: texts, tags, decks, whether set aside, and each answer with its button and time."""
    return {
        note.guid: (bundle.note_types[note.type_id], note.fields, note.tags, [told(card) for card in note.cards])
        for note in bundle.notes
    }


def told(card: BundleCard) -> tuple[object, ...]:
    return card.ord, card.deck, card.suspended, [(line.id, line.ease, line.took_ms) for line in card.reviews]


@pytest.mark.parametrize("package", [NEW, LEGACY], ids=["anki21b", "anki21"])
def test_what_is_brought_and_taken_back_is_what_it_was(ctx: Context, ada: str, package: Path) -> None:
    done = bring(ctx, ada, package)
    assert (done.name, numbers(done)) == ("Cluster", (4, 0, 0, 0, 3, 0, 0))
    assert simple(taken(ctx, ada, done.slug)) == simple(read_apkg(io.BytesIO(package.read_bytes())))


def test_the_same_file_twice_changes_nothing(ctx: Context, ada: str) -> None:
    bring(ctx, ada, NEW)
    before = {table: rows(ctx, table) for table in ("own_note", "own_card", "content_version", "review_event", "card")}
    assert numbers(bring(ctx, ada, LEGACY)) == (0, 0, 4, 0, 0, 3, 0)
    assert {table: rows(ctx, table) for table in before} == before


def test_all_that_is_taken_along_is_known_when_it_comes_back(ctx: Context, ada: str) -> None:
    bring(ctx, ada, NEW)
    bring(ctx, ada, NEW, name="Other")
    for rating in (3, 1, 4):
        study(ctx, ada, rating)
    events, answers = rows(ctx, "review_event"), rows(ctx, "review_event WHERE kind = 'answer'")
    everything, count = take_along(ctx, ada, ".apkg")
    done = bring(ctx, ada, everything)
    assert (done.new, done.changed, done.reviews, done.known) == (0, 0, 0, answers)
    assert done.kept == 8
    assert done.kept + done.ours == count
    assert rows(ctx, "review_event") == events


def study(ctx: Context, person: str, rating: int, slug: str | None = None) -> str:
    card = next_card(ctx, person, module_slug=slug)
    assert card
    ctx.now.advance(seconds=7)
    names = {"item_id": card.item_id, "ord": card.ord, "expected_rev": card.rev, "duration_ms": 6500}
    answer_card(ctx, person, **names, rating=rating, client_event_id=f"{card.item_id}.{card.rev}")
    return card.item_id


def test_answers_given_here_reach_another_person_through_a_file(ctx: Context, ada: str) -> None:
    save_note(ctx, ada, "# Mine\n\n- **Pod**: the smallest unit that Kubernetes deploys.\n")
    answered = [study(ctx, ada, rating) for rating in (3, 1, 4, 2)]
    package = take_along(ctx, ada, ".apkg")[0]
    bob = create_user(ctx, "bob", "correct horse", "learner").id
    done = bring(ctx, bob, package)
    assert (done.reviews, done.known) == (4, 0)
    assert done.new == taken(ctx, ada, "mine").cards > 0
    with ctx.database.read() as session:
        states = [
            {item: cards.state_of(row) for (item, _), row in cards.cards_of(session, person).items()}
            for person in (ada, bob)
        ]
    same = [item for item in answered if not item.startswith("mine-")]
    assert same
    for item in same:
        assert (states[1][item].reps, states[1][item].stability) == (states[0][item].reps, states[0][item].stability)
    assert compare_cards(ctx).wrong == ()


def test_history_makes_the_schedule(ctx: Context, ada: str) -> None:
    line = [answer(at(ctx, days=20), 3, 0, 0), answer(at(ctx, days=18), 3), answer(at(ctx, days=10), 1)]
    done = bring(ctx, ada, small(ctx, *line))
    assert numbers(done)[4:] == (3, 0, 0)
    with ctx.database.read() as session:
        (row,) = cards.cards_of(session, ada).values()
    assert (row.reps, row.lapses, row.rev, row.state) == (3, 1, 3, "relearning")
    assert row.last_review_at == ctx.now() - timedelta(days=10)
    assert compare_cards(ctx).wrong == ()
    assert home(ctx, ada).due == 1


def test_new_answers_of_a_later_file_are_added_and_old_ones_known(ctx: Context, ada: str) -> None:
    line = [answer(at(ctx, days=20), 3, 0, 0), answer(at(ctx, days=18), 3)]
    bring(ctx, ada, small(ctx, *line))
    done = bring(ctx, ada, small(ctx, *line, answer(at(ctx, days=1), 4), back="three", tags=("t", "u")))
    assert numbers(done) == (0, 1, 0, 0, 1, 2, 0)
    (note,) = taken(ctx, ada, done.slug).notes
    assert (note.fields, note.tags, len(note.cards[0].reviews)) == (("one", "three"), ("t", "u"), 3)
    assert compare_cards(ctx).wrong == ()


def test_what_is_no_answer_moves_no_schedule_and_is_taken_along_all_the_same(ctx: Context, ada: str) -> None:
    odd = [
        answer(at(ctx, days=9), 0, 4),  # moved by hand
        answer(at(ctx, days=8), 3, 3, 0),  # looked at out of turn
        answer(at(ctx, days=-40), 3),  # in the future
        answer(5, 3),  # in 1970
    ]
    done = bring(ctx, ada, small(ctx, answer(at(ctx, days=10), 3), *odd))
    assert numbers(done)[4:] == (1, 0, 4)
    ids = sorted(line.id for line in (answer(at(ctx, days=10), 3), *odd))
    assert [line.id for line in taken(ctx, ada, done.slug).notes[0].cards[0].reviews] == ids
    bring(ctx, ada, small(ctx, answer(at(ctx, days=10), 3), *odd))
    assert len(taken(ctx, ada, done.slug).notes[0].cards[0].reviews) == 5


def test_an_answer_from_elsewhere_is_not_taken_back_by_undo(ctx: Context, ada: str) -> None:
    bring(ctx, ada, small(ctx, answer(at(ctx, minutes=1), 3)))
    assert undo(ctx, ada) is None
    assert compare_cards(ctx).wrong == ()


def test_cards_of_our_notes_keep_their_text_and_get_the_answers(ctx: Context, ada: str) -> None:
    own = taken(ctx, ada)
    first = own.notes[0]
    edited = BundleNote(
        first.guid,
        first.type_id,
        ("edited in Anki", *first.fields[1:]),
        first.tags,
        (BundleCard(0, "Elsewhere", False, (answer(at(ctx, days=2), 4, 0, 0),)),),
    )
    package = write_apkg(Bundle(own.note_types, (edited,)), ctx.now(), ctx.now())
    done = bring(ctx, ada, package)
    assert (done.slug, numbers(done)) == ("", (0, 0, 0, 1, 1, 0, 0))
    after = next(note for note in taken(ctx, ada).notes if note.guid == first.guid)
    assert (after.fields, [line.ease for line in after.cards[0].reviews]) == (first.fields, [4])


def test_without_history_a_package_has_none(ctx: Context, ada: str) -> None:
    done = bring(ctx, ada, NEW)
    package = taken(ctx, ada, done.slug, history=False)
    assert [card.reviews for note in package.notes for card in note.cards] == [()] * 4


def test_the_cards_are_studied_like_any_other_and_shown_as_text(ctx: Context, ada: str) -> None:
    done = bring(ctx, ada, NEW)
    seen = {}
    while card := next_card(ctx, ada, module_slug=done.slug):
        seen[card.front] = card.back
        names = {"item_id": card.item_id, "ord": card.ord, "expected_rev": card.rev}
        answer_card(ctx, ada, **names, rating=4, client_event_id=f"{card.item_id}.{card.rev}")
    assert seen["Pod"] == "the smallest unit"
    assert "etcd keeps the [what?] of a cluster" in seen
    assert "[...] keeps the state of a cluster" not in seen, "a card that was set aside there is set aside here"


def test_a_deck_is_its_owners_alone_and_stays_when_notes_are_read_again(ctx: Context, ada: str) -> None:
    done = bring(ctx, ada, NEW)
    sync_modules(ctx)
    assert [course.slug for course in library(ctx, ada)][-1] == "decks"
    assert module(ctx, ada, done.slug).cards == 4
    bob = create_user(ctx, "bob", "correct horse", "learner").id
    with pytest.raises(NotFound):
        module(ctx, bob, done.slug)
    with pytest.raises(NotFound):
        take_along(ctx, bob, ".apkg", module_slug=done.slug)
    assert bring(ctx, bob, NEW).new == 4


def test_a_table_comes_in_and_goes_out_as_it_was_and_can_be_edited(ctx: Context, ada: str) -> None:
    text = 'front,back,section,tags,source\n\'=1+1,two  spaces,A > B,x y::z,said so\n`kubectl`,"two\nlines",,,\n'
    done = bring(ctx, ada, text.encode(), "words.csv")
    assert (done.name, numbers(done)) == ("words", (2, 0, 0, 0, 0, 0, 0))
    out = take_along(ctx, ada, ".csv", module_slug=done.slug)[0].decode()
    header, first, second, end = out.split("\r\n")
    assert header == "id,front,back,deck,section,tags,lines,source"
    assert first.partition(",")[2] == "'=1+1,two  spaces,words,A > B,x y::z,,said so"
    assert second.partition(",")[2] == '`kubectl`,"two\nlines",words,,,,'
    assert end == ""
    again = bring(ctx, ada, out.replace("two  spaces", "three").encode(), "edited.csv")
    assert numbers(again) == (0, 1, 1, 0, 0, 0, 0)
    assert "three" in take_along(ctx, ada, ".csv", module_slug=done.slug)[0].decode()


def test_a_table_without_ids_is_known_again_by_its_fronts(ctx: Context, ada: str) -> None:
    bring(ctx, ada, b"front,back\na,b\nc,d\na,e\n", "words.csv")
    assert numbers(bring(ctx, ada, b"front,back\na,B\nc,d\na,e\n", "words.csv")) == (0, 1, 2, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("raw", "file", "word"),
    [(b"x", "cards.txt", "ends in"), (b"x", "cards.apkg", "no Anki package"), (b"x", "cards.csv", "no column")],
)
def test_what_cannot_be_used_is_refused_and_nothing_is_kept(
    ctx: Context, ada: str, raw: bytes, file: str, word: str
) -> None:
    with pytest.raises(BadInput, match=word):
        bring(ctx, ada, raw, file)
    assert rows(ctx, "own_deck") == 0


ODD = [
    "Pod",
    "a  b",
    "<b>bold</b>",
    "<script>x</script>",
    "'=1+1",
    "{{c1::gap}} {{c2::two::hint}}",
    "\u2028 \U0001f600",
    "",
]


def any_deck(dice: random.Random, now: int) -> Bundle:
    """A deck of many forms: several note types and levels, gaps, odd texts, tags, answers and lines that are none."""
    types = {
        1: NoteType(1, "One", ("A",), (Template("x", "{{A}}", "{{FrontSide}}"),), ".card { color: red; }"),
        2: NoteType(2, "Two", ("A", "B"), (Template("x", "{{A}}", "{{B}}"), Template("y", "{{B}}", "{{A}}"))),
        3: NoteType(3, "Gaps", ("A", "B", "C"), (Template("x", "{{cloze:A}}", "{{cloze:A}}{{C}}"),), cloze=True),
    }
    moments = iter(dice.sample(range(now - 300 * DAY, now), 4000))
    notes = []
    for number in range(60):
        kind = types[dice.randint(1, 3)]
        cards = []
        for place in sorted(dice.sample(range(2 if kind.id > 1 else 1), dice.randint(1, 2 if kind.id > 1 else 1))):
            many = dice.choice([0, 0, 1, 3, 20])
            lines = [
                Review(
                    next(moments),
                    dice.choice([0, 1, 2, 3, 3, 3, 4]),
                    dice.randint(-600, 90),
                    0,
                    dice.choice([0, 2500]),
                    dice.randint(0, 60_000),
                    dice.randint(0, 5),
                )
                for _ in range(many)
            ]
            deck = dice.choice(["Root", "Root::A", "Root::A::B", "Root::C d"])
            cards.append(BundleCard(place, deck, dice.random() < 0.2, tuple(sorted(lines, key=lambda one: one.id))))
        fields = tuple(dice.choice(ODD) for _ in kind.fields)
        tags = tuple(sorted(set(dice.sample(["a", "b::c", "ü", "x-1"], dice.randint(0, 3)))))
        notes.append(BundleNote(f"{number}!{dice.random()}", kind.id, fields, tags, tuple(cards)))
    return Bundle(types, tuple(notes))


@pytest.mark.parametrize("seed", range(4))
def test_any_deck_comes_back_whole_and_its_cards_are_what_its_answers_say(ctx: Context, ada: str, seed: int) -> None:
    bundle = any_deck(random.Random(seed), at(ctx, days=1))
    done = bring(ctx, ada, write_apkg(bundle, ctx.now(), ctx.now()))
    lines = [line for note in bundle.notes for card in note.cards for line in card.reviews]
    assert (done.new, done.reviews + done.aside) == (bundle.cards, len(lines))
    assert simple(taken(ctx, ada, done.slug)) == simple(bundle)
    assert compare_cards(ctx).wrong == ()


def test_answers_given_here_and_elsewhere_in_turns_are_told_in_the_order_of_time(ctx: Context, ada: str) -> None:
    first, second = answer(at(ctx, days=20), 4, 0, 0), answer(at(ctx, days=9), 1)
    done = bring(ctx, ada, small(ctx, first))
    answered = study(ctx, ada, 3, done.slug)
    bring(ctx, ada, small(ctx, first, second))
    ctx.now.advance(days=60)
    assert study(ctx, ada, 4, done.slug) == answered
    bring(ctx, ada, small(ctx, first, second, answer(at(ctx, days=1), 2)))
    assert compare_cards(ctx).wrong == ()
    here = state(ctx, ada, answered)
    bob = create_user(ctx, "bob", "correct horse", "learner").id
    whole = bring(ctx, bob, take_along(ctx, ada, ".apkg", module_slug=done.slug)[0])
    assert whole.reviews == 5
    there = state(ctx, bob, taken_item(ctx, bob, whole.slug))
    assert (here.reps, here.lapses) == (there.reps, there.lapses) == (5, 1)
    assert (here.stability, here.difficulty, here.state) == (there.stability, there.difficulty, there.state)


def test_undo_leaves_answers_from_elsewhere_where_they_are(ctx: Context, ada: str) -> None:
    first, second = answer(at(ctx, days=20), 3, 0, 0), answer(at(ctx, days=9), 3)
    done = bring(ctx, ada, small(ctx, first, second))
    item = taken_item(ctx, ada, done.slug)
    wanted = state(ctx, ada, item)
    other = create_user(ctx, "bob", "correct horse", "learner").id
    late = bring(ctx, other, small(ctx, first))
    item = study(ctx, other, 1, late.slug)
    bring(ctx, other, small(ctx, first, second))
    assert undo(ctx, other)
    found = state(ctx, other, item)
    assert (found.reps, found.stability, found.last_review_at) == (2, wanted.stability, wanted.last_review_at)
    assert compare_cards(ctx).wrong == ()


def state(ctx: Context, person: str, item: str) -> CardState:
    with ctx.database.read() as session:
        return cards.state_of(cards.cards_of(session, person)[item, 0])


def taken_item(ctx: Context, person: str, slug: str) -> str:
    """The one card of a deck."""
    with ctx.database.read() as session:
        (row,) = decks.cards_to_take(session, person, slug)
    return row.item.id


@pytest.mark.parametrize("seed", range(3))
def test_cards_are_what_their_answers_say_whatever_comes_in_whatever_order(ctx: Context, ada: str, seed: int) -> None:
    dice = random.Random(seed)
    lines = [answer(at(ctx, days=90), 4, 0, 0)]
    bring(ctx, ada, small(ctx, *lines))
    undone = 0
    for _ in range(40):
        ctx.now.advance(days=dice.choice([0, 0, 0, 40, -2]), minutes=9)
        deed = dice.choice(["study", "bring", "undo"])
        if deed == "study":
            with ctx.database.read() as session:
                ((item, _), row), *_none = cards.cards_of(session, ada).items()
            names = {"item_id": item, "ord": 0, "expected_rev": row.rev, "client_event_id": f"event-{row.rev}"}
            answer_card(ctx, ada, **names, rating=dice.randint(1, 4))
        elif deed == "undo":
            undone += undo(ctx, ada) is not None
        elif deed == "bring":
            lines.append(answer(at(ctx, hours=dice.uniform(1, 2000)), dice.randint(1, 4)))
            assert bring(ctx, ada, small(ctx, *lines)).reviews == 1
        assert compare_cards(ctx).wrong == (), deed
    assert undone
    assert rows(ctx, "review_event") > len(lines) > 3
