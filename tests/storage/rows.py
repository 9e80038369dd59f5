"""One row for every table of a database, whatever its revision: what a migration must not lose."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Connection, Date, DateTime, Float, Integer, MetaData, Table, insert, select

GIVEN = {
    ("user_account", "role"): "learner",
    ("user_account", "rollover_h"): 4,
    ("module", "origin"): "note",
    ("content_item", "item_use"): "card",
    ("content_item", "grade"): "accepted",
    ("curation_decision", "verdict"): "hidden",
    ("curation_decision", "source"): "import",
    ("lab_event", "kind"): "answer",
    ("membership", "role"): "assistant",
    ("join_code", "role"): "assistant",
    ("assignment", "counts"): "last",
    ("assignment", "feedback"): "submit",
    ("card", "state"): "review",
    ("review_event", "kind"): "answer",
    ("review_event", "rating"): 3,
    ("review_event", "voids"): None,
    ("grade_event", "supersedes"): None,
}
BY_TYPE = (
    (Boolean, True),
    (Integer, 7),
    (Float, 0.25),
    (DateTime, datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
    (Date, date(2026, 10, 25)),
    (JSON, {"kept": ["as", "it", "is"]}),
)
Row = dict[str, Any]


def fill(connection: Connection) -> dict[str, Row]:
    """Adds a row to every table, parents first, and returns what the tables hold then."""
    made: dict[str, Row] = {}
    for table in _tables(connection):
        made[table.name] = {column.name: _value(table, column, made) for column in table.columns}
        connection.execute(insert(table).values(made[table.name]))
    return contents(connection)


def contents(connection: Connection) -> dict[str, Row]:
    """The one row of every table; a table that came with a later version may be empty."""
    found = {}
    for table in _tables(connection):
        rows = connection.execute(select(table)).mappings().all()
        assert len(rows) <= 1, f"{table.name} has {len(rows)} rows"
        if rows:
            found[table.name] = dict(rows[0])
    return found


def _tables(connection: Connection) -> list[Table]:
    metadata = MetaData()
    metadata.reflect(connection)
    return [table for table in metadata.sorted_tables if table.name != "alembic_version"]


def _value(table: Table, column: Any, made: dict[str, Row]) -> Any:
    if (table.name, column.name) in GIVEN:
        return GIVEN[table.name, column.name]
    for key in column.foreign_keys:
        parent = key.column.table.name
        return made[parent][key.column.name] if parent in made else None
    plain = column.type.as_generic()
    for kind, value in BY_TYPE:
        if isinstance(plain, kind):
            naive = kind is DateTime and not getattr(column.type, "timezone", False)
            return value.replace(tzinfo=None) if naive and isinstance(value, datetime) else value
    return f"{table.name} {column.name}"
