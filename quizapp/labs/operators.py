"""The words an expectation may use instead of a plain value, each with what it means and how it fails."""

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from typing import Any

from quizapp.labs.finding import ABSENT, shown
from quizapp.labs.normal import quantity, same_scalar

LONGEST_PATTERN = 200
LONGEST_VALUE = 2000
COMPARISON = re.compile(r"\s*(>=|<=|>|<|==|=)?\s*(\S+)\s*")


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _at_least(wanted: Any, actual: Any, _field: str) -> bool:
    return _number(actual) and actual >= wanted


def _at_most(wanted: Any, actual: Any, _field: str) -> bool:
    return _number(actual) and actual <= wanted


def _quantity(wanted: Any, actual: Any, _field: str) -> bool:
    """`">=64Mi"`: compares as amounts, whatever the spelling."""
    found = COMPARISON.fullmatch(str(wanted))
    limit, have = quantity(found[2]) if found else None, quantity(actual)
    if found is None or limit is None or have is None:
        return False
    sign = found[1] or "=="
    return {">=": have >= limit, "<=": have <= limit, ">": have > limit, "<": have < limit}.get(sign, have == limit)


def _regex(wanted: Any, actual: Any, _field: str) -> bool:
    text = str(actual) if actual is not None else ""
    return actual is not None and len(text) <= LONGEST_VALUE and re.fullmatch(str(wanted), text) is not None


def _base64(wanted: Any, actual: Any, field: str) -> bool:
    try:
        return same_scalar(field, wanted, base64.b64decode(str(actual), validate=True).decode())
    except (binascii.Error, UnicodeDecodeError):
        return False


def _one_of(wanted: Any, actual: Any, field: str) -> bool:
    return any(same_scalar(field, item, actual) for item in wanted)


def _starts_with(wanted: Any, actual: Any, _field: str) -> bool:
    return isinstance(actual, str) and actual.startswith(str(wanted))


Judge = Callable[[Any, Any, str], bool]

OPERATORS: Mapping[str, tuple[Judge, str]] = {
    "eq": (same_scalar, "{}"),
    "ne": (lambda wanted, actual, field: not same_scalar(field, wanted, actual), "anything but {}"),
    "in": (_one_of, "one of {}"),
    "exists": (lambda wanted, actual, _field: (actual is not None) is bool(wanted), "any value"),
    "absent": (lambda wanted, actual, _field: (actual is None) is bool(wanted), ABSENT),
    "startsWith": (_starts_with, "a text that starts with {}"),
    "regex": (_regex, "a text of the form {}"),
    "gte": (_at_least, "{} or more"),
    "lte": (_at_most, "{} or less"),
    "quantity": (_quantity, "an amount {}"),
    "base64": (_base64, "base64 of {}"),
}
STRUCTURAL = ("contains", "count")


def is_operation(expected: object) -> bool:
    """Whether a mapping is made of operators alone; a mapping with any other key is a part of the object."""
    known = set(OPERATORS) | set(STRUCTURAL)
    return isinstance(expected, Mapping) and bool(expected) and all(key in known for key in expected)


def said(operator: str, wanted: object) -> str:
    """The expectation in words."""
    return OPERATORS[operator][1].format(shown(wanted))


def wrong_operand(operator: str, wanted: object) -> str | None:
    """Why an operand cannot be used, for the author; None when it can."""
    if operator in ("exists", "absent") and not isinstance(wanted, bool):
        return f"{operator} takes true or false"
    if operator in ("in", "contains") and not isinstance(wanted, list):
        return f"{operator} takes a list"
    if operator in ("gte", "lte") and not _number(wanted):
        return f"{operator} takes a number; for amounts such as 64Mi use quantity"
    if operator == "quantity":
        found = COMPARISON.fullmatch(str(wanted))
        if found is None or quantity(found[2]) is None:
            return 'quantity takes a comparison such as ">=64Mi"'
    return _wrong_pattern(str(wanted)) if operator == "regex" else None


def _wrong_pattern(pattern: str) -> str | None:
    """Refuses what could run for ever: a repeated group that repeats inside, back references, long patterns."""
    if len(pattern) > LONGEST_PATTERN:
        return f"regex is longer than {LONGEST_PATTERN} characters"
    if re.search(r"\([^()]*[*+{][^()]*\)[*+{]|\\[1-9]|\(\?", pattern):
        return "regex repeats a repetition, looks around or refers back, which could run for ever"
    try:
        re.compile(pattern)
    except re.error as error:
        return f"regex is not valid: {error}"
    return None
