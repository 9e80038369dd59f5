"""Puts the parts together: the only place that knows everyone. Decides nothing that a part can decide."""

import dataclasses
import os
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from quizapp.settings import Settings, SettingsError, read_settings

if TYPE_CHECKING:
    import click
    from flask import Flask

    from quizapp.labs.port import ClusterPort
    from quizapp.services.context import Context


def create_app(settings: Settings | None = None) -> "Flask":
    """The WSGI application, on a database that is already at this version's shape."""
    return app_for(create_context(settings or read_settings()))


def app_for(context: "Context") -> "Flask":
    """The pages over a context; refuses server mode without a first account."""
    from quizapp.services.users import has_accounts
    from quizapp.web.setup import build_app

    if context.settings.mode == "server" and not has_accounts(context):
        raise SettingsError(
            "QUIZAPP_MODE", "is 'server', which needs a first account: quizapp user create NAME --role admin"
        )
    return build_app(context)


def create_context(
    settings: Settings,
    *,
    cluster: "ClusterPort | None" = None,
    now: Callable[[], datetime] | None = None,
    seed: Callable[[], int] | None = None,
) -> "Context":
    """What services work with; tests hand in their own clock, seed and cluster."""
    from quizapp.cluster.adapter import Cluster
    from quizapp.cluster.kubectl import Kubectl
    from quizapp.library import read_library
    from quizapp.services.context import Context
    from quizapp.services.maintenance import require_current
    from quizapp.storage.database import Database

    require_current(settings)
    return Context(
        database=Database(settings.database_url),
        library=read_library(settings.content_dir, settings.labs_dir),
        settings=dataclasses.replace(settings, secret_key=settings.secret_key or _kept_secret(settings.data_dir)),
        now=now or _utc_now,
        seed=seed or _fresh_seed,
        cluster=cluster or Cluster(kubeconfig=settings.kubeconfig, now=now or _utc_now),
        hands=Kubectl(settings.kubeconfig),
    )


def create_cli() -> "click.Group":
    """The `quizapp` command; nothing heavy is imported before a command needs it."""
    from quizapp.cli.group import root
    from quizapp.cli.parts import Parts

    parts = Parts(settings=read_settings, context=create_context, app=app_for)
    root.context_settings["obj"] = parts
    return root


def _utc_now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251  (the one clock, handed to everyone else)


def _fresh_seed() -> int:
    return secrets.randbits(63)


def _kept_secret(data_dir: str) -> str:
    """Self-study signs its cookies with a key of its own that lies beside the data and survives restarts."""
    path = Path(data_dir) / "secret-key"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
    except FileExistsError:
        pass
    return path.read_text(encoding="ascii").strip()
