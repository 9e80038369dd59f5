"""Brings items in line with the notes: generates what changed, retires what is gone, deletes nothing. Knows no page."""

from dataclasses import dataclass

from quizapp.services.context import Context


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What one synchronisation did, counted in items; `warnings` are whole sentences."""

    new: int
    kept: int
    retired: int
    warnings: tuple[str, ...]


def sync_modules(ctx: Context) -> SyncReport:
    """Generates the items of every module whose text or generator changed; content/ wins over a note of that slug."""
    raise NotImplementedError
