"""The checks a lab may use, by the name they have in YAML. A leaf: nobody on the shelf imports it."""

from collections.abc import Mapping

from quizapp.labs.check import Parse
from quizapp.labs.checks import changed, match, ready, serves

CHECKS: Mapping[str, Parse] = {
    "match": match.parse,
    "ready": ready.parse,
    "serves": serves.parse,
    "changed": changed.parse,
}
