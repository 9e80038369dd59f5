"""The checks a lab may use, by the name they have in YAML. A leaf: nobody on the shelf imports it."""

from collections.abc import Mapping

from quizapp.labs.check import Parse
from quizapp.labs.checks import (
    absent,
    answer,
    can,
    changed,
    count,
    logs,
    match,
    owned,
    ready,
    same,
    selects,
    serves,
    targets,
)
from quizapp.labs.checks import sum as total
from quizapp.labs.composite import parsers, schemas
from quizapp.labs.schema import Schema

ON_THE_SHELF: Mapping[str, tuple[Parse, Schema]] = {
    "match": (match.parse, match.SCHEMA),
    "absent": (absent.parse, absent.SCHEMA),
    "count": (count.parse, count.SCHEMA),
    "ready": (ready.parse, ready.SCHEMA),
    "owned": (owned.parse, owned.SCHEMA),
    "selects": (selects.parse, selects.SCHEMA),
    "targets": (targets.parse, targets.SCHEMA),
    "same": (same.parse, same.SCHEMA),
    "sum": (total.parse, total.SCHEMA),
    "serves": (serves.parse, serves.SCHEMA),
    "logs": (logs.parse, logs.SCHEMA),
    "can": (can.parse, can.SCHEMA),
    "changed": (changed.parse, changed.SCHEMA),
}
SHELF: Mapping[str, Parse] = {name: parse for name, (parse, _) in ON_THE_SHELF.items()}
# A question stands in a step, never among several ways: one could guess which way is meant.
CHECKS: Mapping[str, Parse] = {**SHELF, "answer": answer.parse, **parsers(SHELF)}
SCHEMAS: Mapping[str, Schema] = {
    **{name: schema for name, (_, schema) in ON_THE_SHELF.items()},
    "answer": answer.SCHEMA,
    **schemas(tuple(ON_THE_SHELF)),
}
