"""What a page says that somebody knows of a section comes from cards, questions and lab steps alike."""

import pytest

from quizapp.scheduling.mastery import Mastery
from quizapp.services.context import Context
from quizapp.services.modules import module
from quizapp.services.users import create_user
from quizapp.storage import lab_runs
from tests.services.conftest import MODULE
from tests.services.probe import ask, clock, rate, show

EASY = 4


def told(ctx: Context, ada: str, slug: str) -> Mastery:
    found = next(one.mastery for one in module(ctx, ada, slug).sections if one.mastery)
    assert found
    return found


def test_who_saw_nothing_knows_nothing(ctx: Context, ada: str, probe: str) -> None:
    found = told(ctx, ada, probe)
    assert (found.known, found.seen) == (0, 0)
    assert found.parts >= 2


def test_the_last_answer_to_a_question_counts(ctx: Context, ada: str, probe: str) -> None:
    ask(ctx, ada, probe, right=False)
    missed = told(ctx, ada, probe)
    assert (missed.known, missed.seen) == (0, 1)
    ask(ctx, ada, probe, right=True)
    assert told(ctx, ada, probe) == Mastery(pytest.approx(1 / missed.parts), 1, missed.parts)


def test_a_card_counts_by_how_likely_it_is_still_known(ctx: Context, ada: str, probe: str) -> None:
    rate(ctx, ada, show(ctx, ada, probe), EASY)
    today = told(ctx, ada, probe)
    assert (today.known, today.seen) == (pytest.approx(1 / today.parts), 1)
    clock(ctx).advance(days=60)
    assert 0 < told(ctx, ada, probe).known < today.known


def test_a_lab_step_counts_in_the_section_that_it_leads_to(ctx: Context, ada: str) -> None:
    def of(title: str) -> Mastery:
        found = next(one.mastery for one in module(ctx, ada, MODULE).sections if one.path[-1] == title)
        assert found
        return found

    commands, objects = of("First commands"), of("First objects")
    names = dict.fromkeys(("context", "cluster_uid", "namespace", "namespace_uid"), "probe")
    with ctx.database.write() as session:
        at = ctx.now()
        values = {"lab_slug": "first-deployment", "params": {}, "baseline": {}, "started_at": at}
        run = lab_runs.add_run(session, user_id=ada, **names, **values)
        lab_runs.add_passes(session, run.id, {"scale": {}, "create": {}}, at)
    after = of("First commands")
    assert (after.seen, after.parts) == (commands.seen + 1, commands.parts)
    assert after.known == pytest.approx(1 / after.parts)
    assert of("First objects") == objects


def test_what_others_answered_is_not_ones_own(ctx: Context, ada: str) -> None:
    grace = create_user(ctx, "grace", "correct horse", "learner").id
    rate(ctx, ada, show(ctx, ada, MODULE), EASY)

    def seen(somebody: str) -> int:
        return sum(one.mastery.seen for one in module(ctx, somebody, MODULE).sections if one.mastery)

    assert (seen(ada), seen(grace)) == (1, 0)
