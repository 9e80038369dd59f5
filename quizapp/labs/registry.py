"""The checks a lab may use, by the name they have in YAML. A leaf: nobody on the shelf imports it."""

from collections.abc import Mapping

from quizapp.labs.check import Parse
from quizapp.labs.checks import absent, can, changed, count, logs, match, owned, ready, same, selects, serves, targets
from quizapp.labs.checks import sum as total
from quizapp.labs.composite import parsers

SHELF: Mapping[str, Parse] = {
    "match": match.parse,
    "absent": absent.parse,
    "count": count.parse,
    "ready": ready.parse,
    "owned": owned.parse,
    "selects": selects.parse,
    "targets": targets.parse,
    "same": same.parse,
    "sum": total.parse,
    "serves": serves.parse,
    "logs": logs.parse,
    "can": can.parse,
    "changed": changed.parse,
}
CHECKS: Mapping[str, Parse] = {**SHELF, **parsers(SHELF)}
