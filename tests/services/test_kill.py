"""kill -9 at any moment: what was acknowledged is stored, each exactly once, and the database is sound."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from sqlalchemy import text

from quizapp.factory import create_context
from quizapp.services.rebuild import compare_cards
from quizapp.settings import Settings
from tests.web.parts import Clock, NoCluster

ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("QUIZAPP_KILLS", "2"))


def answers_until_killed(settings: Settings, prefix: str, after_s: float) -> list[str]:
    """The events that a process acknowledged before it was killed."""
    command = [sys.executable, "-m", "tests.services.serve_answers", settings.data_dir, settings.database_url, prefix]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    first = process.stdout.readline()
    time.sleep(after_s)
    process.send_signal(signal.SIGKILL)
    rest = process.stdout.read()
    process.wait()
    process.stdout.close()
    return [line for line in (first + rest).split("\n")[:-1] if line]


def test_no_acknowledged_answer_is_lost_when_the_app_is_killed(filled: Settings) -> None:
    chance = random.Random(5)
    acknowledged = [
        name for n in range(KILLS) for name in answers_until_killed(filled, f"k{n}", chance.uniform(0.01, 0.25))
    ]
    ctx = create_context(filled, cluster=NoCluster(), now=Clock(), seed=lambda: 7)
    with ctx.database.read() as session:
        stored = Counter(session.scalars(text("SELECT client_event_id FROM review_event")))
        stored += Counter(session.scalars(text("SELECT client_event_id FROM answer_event")))
        if ctx.database.engine.dialect.name == "sqlite":
            assert session.scalar(text("PRAGMA integrity_check")) == "ok"
    assert len(acknowledged) > KILLS
    assert {name: stored[name] for name in acknowledged if stored[name] != 1} == {}
    assert compare_cards(ctx).wrong == ()
    ctx.database.close()
