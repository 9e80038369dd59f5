"""A disk without room: a clear error, nothing half stored, and all goes on once there is room again.

SQLite is told how large its file may grow, which is the very error of a full disk; with QUIZAPP_TORTURE set the file
stands on a file system of a few megabytes that is really full (that needs root, and Linux).
"""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import event, text

from quizapp.factory import create_context
from quizapp.services.context import Context
from quizapp.services.errors import NoRoom
from quizapp.services.notes import export_notes, save_note
from quizapp.services.rebuild import compare_cards
from quizapp.services.users import local_user
from tests.web.parts import Clock, NoCluster, Visitor, pages_over, settings_for

LONG = "# Notes\n\n" + "A Pod is the smallest unit that Kubernetes runs. " * 1_000
MOST = 200
Full = tuple[Context, Callable[[], None]]


@pytest.fixture
def limited(sqlite_template: Path, tmp_path: Path) -> Iterator[Full]:
    """A context whose database may not grow by much, and what lifts that."""
    shutil.copy(sqlite_template, tmp_path / "quizapp.db")
    ctx = create_context(settings_for(tmp_path), cluster=NoCluster(), now=Clock(), seed=lambda: 7)
    limit = [(tmp_path / "quizapp.db").stat().st_size // 4096 + 1_000]

    @event.listens_for(ctx.database.engine, "checkout")
    def narrow(connection: object, *_rest: object) -> None:
        connection.execute(f"PRAGMA max_page_count={limit[0]}")  # type: ignore[attr-defined]

    def lift() -> None:
        limit[0] = 1_000_000

    yield ctx, lift
    ctx.database.close()


@pytest.fixture
def mounted(sqlite_template: Path, tmp_path: Path) -> Iterator[Full]:
    """The same on a small file system of its own."""
    folder = tmp_path / "small"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=5m", "tmpfs", str(folder)], check=True)
    shutil.copy(sqlite_template, folder / "quizapp.db")
    (folder / "filler").write_bytes(b"x" * (shutil.disk_usage(folder).free - 400_000))
    ctx = create_context(settings_for(folder), cluster=NoCluster(), now=Clock(), seed=lambda: 7)
    yield ctx, (folder / "filler").unlink
    ctx.database.close()
    subprocess.run(["umount", str(folder)], check=True)


@pytest.fixture(params=["limited", *(["mounted"] if os.environ.get("QUIZAPP_TORTURE") else [])])
def full(request: pytest.FixtureRequest) -> Full:
    return request.getfixturevalue(request.param)  # type: ignore[no-any-return]


def fill(ctx: Context, me: str) -> int:
    """How many notes could be saved until there was no room."""
    for number in range(MOST):
        try:
            save_note(ctx, me, LONG, slug=f"note-{number}", title=f"Note {number}")
        except NoRoom:
            return number
    return MOST


def test_a_full_disk_is_said_and_nothing_is_half_stored(full: Full) -> None:
    ctx, lift = full
    me = local_user(ctx).id
    saved = fill(ctx, me)
    assert 0 < saved < MOST
    with pytest.raises(NoRoom, match="nothing of this was saved"):
        save_note(ctx, me, LONG, slug="one-more", title="One more")
    assert len(export_notes(ctx, me)) == saved, "what was acknowledged is there, what was not is not"
    lift()
    save_note(ctx, me, LONG, slug="after", title="After")
    assert len(export_notes(ctx, me)) == saved + 1
    with ctx.database.read() as session:
        assert session.scalar(text("PRAGMA integrity_check")) == "ok"
    assert compare_cards(ctx).wrong == ()


def test_a_page_says_so_and_the_text_can_be_sent_again(full: Full) -> None:
    ctx, lift = full
    visitor = Visitor(pages_over(ctx).test_client())
    replies = []
    while len(replies) < MOST and (not replies or replies[-1].status_code == 302):
        form = {"markdown": LONG, "title": f"Note {len(replies)}", "action": "save"}
        replies.append(visitor.post("/notes/new", form))
    assert replies[-1].status_code == 507
    assert "The disk is full" in replies[-1].text
    lift()
    assert visitor.post("/notes/new", {"markdown": LONG, "title": "Again", "action": "save"}).status_code == 302
