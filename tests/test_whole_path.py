"""Notes in, quiz out, with the real database and the real module: what a first user does."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from quizapp.factory import create_context
from quizapp.services.context import Context
from quizapp.services.home import home
from quizapp.services.labs import lab_page, verify_lab
from quizapp.services.modules import library, module
from quizapp.services.notes import note, save_note
from quizapp.services.quiz import Answer, AnswerView, QuestionView, question, start_quiz, submit_answer, summary
from quizapp.services.review import next_card
from quizapp.services.sync import sync_modules
from quizapp.services.users import local_user
from quizapp.settings import read_settings

SLUG = "getting-started-with-kubernetes"


@pytest.fixture
def ctx(sqlite_template: Path, tmp_path: Path) -> Iterator[Context]:
    shutil.copy(sqlite_template, tmp_path / "quizapp.db")
    settings = read_settings({"QUIZAPP_DATA": str(tmp_path), "KUBECONFIG": str(tmp_path / "none")})
    made = create_context(settings)
    yield made
    made.database.close()


def test_the_shipped_content_and_labs_have_no_error(ctx: Context) -> None:
    assert ctx.library.errors == ()
    assert len(ctx.library.labs["first-deployment"].steps) == 5


def test_a_second_sync_changes_nothing(ctx: Context) -> None:
    again = sync_modules(ctx)
    assert (again.new, again.kept, again.retired) == (0, 0, 0)


def test_a_quiz_is_answered_from_start_to_summary(ctx: Context) -> None:
    user = local_user(ctx).id
    assert module(ctx, user, SLUG).questions > 5
    attempt = start_quiz(ctx, user, SLUG, size=3)
    for pos in (1, 2, 3):
        shown = question(ctx, user, attempt, pos)
        assert shown.answer is None
        answered = submit_answer(ctx, user, attempt, pos, some_answer(shown, 0), f"event-{pos}")
        twice = submit_answer(ctx, user, attempt, pos, some_answer(shown, 1), f"other-{pos}")
        assert twice == answered
        assert answered.right
        assert answered.given
    done = summary(ctx, user, attempt)
    assert done.next_pos is None
    assert done.total == 3
    assert len(home(ctx, user).recent) == 1


def test_every_kind_of_question_is_shown_and_marked(ctx: Context) -> None:
    user = local_user(ctx).id
    attempt = start_quiz(ctx, user, SLUG, size=100)
    kinds: set[str] = set()
    for pos in range(1, summary(ctx, user, attempt).total + 1):
        shown = question(ctx, user, attempt, pos)
        right = right_answer(shown, submit_answer(ctx, user, attempt, pos, some_answer(shown, 0), f"event-{pos}"))
        assert right
        kinds.add(shown.kind)
    assert kinds == {"choice", "multi", "truefalse", "cloze", "short", "command", "matching", "ordering"}


def some_answer(shown: QuestionView, place: int) -> Answer:
    if shown.lefts:
        return dict(zip(shown.lefts, shown.rights[place:] + shown.rights[:place], strict=True))
    return "etcd" if shown.typed else [shown.options[place].id]


def right_answer(shown: QuestionView, answered: AnswerView) -> str:
    """The right answer in words; with options it is one of them, with pairs every left side is told its own."""
    if shown.options:
        right = [option.text for option in answered.options if option.correct]
        assert all(text in answered.right for text in right)
        assert len(answered.right) == sum(map(len, right)) + len("; ") * (len(right) - 1)
    if shown.lefts:
        assert sorted(pair.left for pair in answered.pairs) == sorted(shown.lefts)
        assert sorted(pair.right for pair in answered.pairs) == sorted(shown.rights)
    return answered.right


def test_a_card_waits_on_the_first_day(ctx: Context) -> None:
    user = local_user(ctx).id
    card = next_card(ctx, user)
    assert card is not None
    assert [button.name for button in card.buttons] == ["Again", "Hard", "Good", "Easy"]


def test_saved_notes_become_a_module_of_their_own(ctx: Context) -> None:
    user = local_user(ctx).id
    saved = save_note(
        ctx, user, "# Git\n\n- **Commit**: records a state of all files\n- **Branch**: names a line of work\n"
    )
    assert note(ctx, user, saved.slug).markdown.startswith("# Git")
    assert [course.slug for course in library(ctx, user)] == ["kubernetes", "notes"]


def test_without_a_cluster_every_step_is_unknown_and_says_why(ctx: Context) -> None:
    user = local_user(ctx).id
    verdict = verify_lab(ctx, user, "first-deployment")
    assert {step.state for step in verdict.steps} == {"unknown"}
    assert all(step.diagnosis[0].rule == "C1" for step in verdict.steps)
    assert lab_page(ctx, user, "first-deployment").started is False
