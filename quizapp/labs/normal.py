"""Two spellings of one thing become one: image references, quantities, environment. Knows no lab."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

SUFFIXES = {
    "": Decimal(1),
    "n": Decimal("1e-9"),
    "u": Decimal("1e-6"),
    "m": Decimal("1e-3"),
    "k": Decimal(1000),
    **{letter: Decimal(1000) ** (place + 2) for place, letter in enumerate("MGTPE")},
    **{f"{letter}i": Decimal(1024) ** (place + 1) for place, letter in enumerate("KMGTPE")},
}
QUANTITY = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+))(?:([eE][+-]?\d+)|([numkMGTPE]|[KMGTPE]i)?)")
QUANTITY_FIELDS = {"cpu", "memory", "storage", "ephemeral-storage"}


def quantity(value: object) -> Decimal | None:
    """A Kubernetes quantity as a number (500m is 0.5, 0.25Gi is 268435456); None for anything else."""
    if isinstance(value, bool):
        return None
    found = QUANTITY.fullmatch(str(value).strip())
    if not found:
        return None
    number, exponent, suffix = found.groups()
    try:
        return Decimal(number + (exponent or "")) * SUFFIXES[suffix or ""]
    except InvalidOperation:
        return None


def image(reference: str) -> str:
    """An image with what the runtime would add: docker.io/library/nginx:latest for nginx."""
    name, at, digest = reference.partition("@")
    first, slash, rest = name.partition("/")
    if not slash:
        name = f"docker.io/library/{name}"
    elif "." not in first and ":" not in first and first != "localhost":
        name = f"docker.io/{name}"
    elif first in ("docker.io", "index.docker.io"):
        name = f"docker.io/{rest if '/' in rest else 'library/' + rest}"
    if not at and ":" not in name.rpartition("/")[2]:
        name += ":latest"
    return name + at + digest


def effective_env(entries: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Of several variables with one name the last one wins, as in the container."""
    return list({str(entry.get("name")): entry for entry in entries}.values())


def same_scalar(field: str, expected: object, actual: object) -> bool:
    """Whether two scalars mean the same at a field of that name."""
    if field == "image" and isinstance(expected, str) and isinstance(actual, str):
        return image(expected) == image(actual)
    if field in QUANTITY_FIELDS:
        left, right = quantity(expected), quantity(actual)
        if left is not None and right is not None:
            return left == right
    if isinstance(expected, bool) or isinstance(actual, bool):
        return expected is actual
    return expected == actual
