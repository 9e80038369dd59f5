"""Keeps the database at this version's shape. Knows no table."""

from pathlib import Path

from quizapp.services.errors import BadInput
from quizapp.settings import Settings
from quizapp.storage import migrate


def upgrade_database(settings: Settings) -> str:
    """Brings the database to the newest revision and returns it; a SQLite file is copied to data_dir/backups first."""
    if settings.sqlite_path:
        Path(settings.sqlite_path).parent.mkdir(parents=True, exist_ok=True)
    return migrate.upgrade(settings.database_url, backup_dir=Path(settings.data_dir) / "backups")


def require_current(settings: Settings) -> None:
    """Raises BadInput when the database is missing or of another version than this code."""
    found, wanted = migrate.current(settings.database_url), migrate.newest()
    if found != wanted:
        says = "is empty or missing" if found is None else f"is at revision {found}, this version needs {wanted}"
        raise BadInput("DATABASE_URL", f"the database {says}; run: quizapp db upgrade")
