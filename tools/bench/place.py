"""A quizapp to measure: a database of its own in a folder that goes away, with the shipped module in it."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from quizapp.factory import create_context
from quizapp.labs.port import ClusterPort
from quizapp.services.context import Context
from quizapp.services.maintenance import upgrade_database
from quizapp.services.sync import sync_modules
from quizapp.services.users import local_user
from quizapp.settings import read_settings


@contextmanager
def a_quizapp(cluster: ClusterPort | None = None) -> Iterator[tuple[Context, str]]:
    """The context and the id of the person who studies; without a cluster it finds none."""
    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings({"QUIZAPP_DATA": folder, "KUBECONFIG": str(Path(folder) / "none")})
        upgrade_database(settings)
        ctx = create_context(settings, cluster=cluster)
        sync_modules(ctx)
        yield ctx, local_user(ctx).id
        ctx.database.close()
