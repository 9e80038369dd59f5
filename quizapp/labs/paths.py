"""A value inside an object by its path as kubectl writes it: spec.template.spec.containers[0].image."""

import re
from typing import Any

PART = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
PATH = re.compile(r"[\w-]+(\[\d+\])*(\.[\w/-]+(\[\d+\])*)*")


def is_path(text: object) -> bool:
    """Whether it can be a path."""
    return isinstance(text, str) and PATH.fullmatch(text) is not None


def value_at(item: Any, path: str) -> Any:
    """What stands there; None for nothing."""
    for name, place in PART.findall(path):
        if name:
            item = item.get(name) if isinstance(item, dict) else None
        else:
            item = item[int(place)] if isinstance(item, list) and int(place) < len(item) else None
    return item
