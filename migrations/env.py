"""Runs migrations on the connection that quizapp.storage.migrate hands over, or on the database of the settings.

SQLite changes a table by copying it and dropping the old one; with foreign keys on, that drop takes every child row
along. So they are off for the whole migration, which can be said only outside a transaction, and are checked before
the commit.
"""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import JSON, Connection

from quizapp.settings import read_settings
from quizapp.storage.columns import UtcDateTime
from quizapp.storage.database import connect_engine
from quizapp.storage.tables import Base

LOCK = 0x7175697A


def render(kind: str, thing: Any, autogen: AutogenContext) -> str | Literal[False]:
    """A migration stands on its own: it spells our column types out, since they may change one day."""
    if kind == "type" and isinstance(thing, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(thing, JSON):
        autogen.imports.add("from sqlalchemy.dialects.postgresql import JSONB")
        return 'sa.JSON().with_variant(JSONB(), "postgresql")'
    return False


def run(connection: Connection) -> None:
    sqlite = connection.dialect.name == "sqlite"
    if sqlite:
        connection.rollback()
        plain = connection.connection.driver_connection
        plain.execute("PRAGMA foreign_keys=OFF")  # through SQLAlchemy it would stand in a transaction, and do nothing
        if plain.execute("PRAGMA foreign_keys").fetchone() != (0,):
            raise RuntimeError("foreign keys could not be switched off; nothing was changed")
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        transactional_ddl=True,
        compare_type=True,
        render_item=render,
    )
    with connection.begin():
        if not sqlite:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
        context.run_migrations()
        if sqlite:
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise RuntimeError(f"rows without the row they belong to: {broken[:5]}")


def main() -> None:
    given = context.config.attributes.get("connection")
    if given is not None:
        run(given)
        return
    engine = connect_engine(read_settings().database_url).execution_options(write=True)
    with engine.connect() as connection:
        run(connection)


main()
