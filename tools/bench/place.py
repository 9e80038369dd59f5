"""A quizapp to measure: a database of its own in a folder that goes away, with the shipped module in it."""

import dataclasses
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from quizapp.factory import create_context
from quizapp.services.context import Context
from quizapp.services.maintenance import upgrade_database
from quizapp.services.sync import sync_modules
from quizapp.services.users import local_user
from quizapp.settings import read_settings


@contextmanager
def a_quizapp(**changes: object) -> Iterator[tuple[Context, str]]:
    """The context and the id of the person who studies."""
    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings({"QUIZAPP_DATA": folder, "KUBECONFIG": str(Path(folder) / "none")})
        settings = dataclasses.replace(settings, **changes)  # type: ignore[arg-type]
        upgrade_database(settings)
        ctx = create_context(settings)
        sync_modules(ctx)
        yield ctx, local_user(ctx).id
        ctx.database.close()
