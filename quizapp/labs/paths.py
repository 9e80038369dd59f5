"""A value inside an object by its path as kubectl writes it: spec.template.spec.containers[0].image.

A key with dots in it stands in brackets: metadata.annotations[deployment.kubernetes.io/revision].
"""

import re
from typing import Any

PART = re.compile(r"\[(\d+)\]|\[([^\]]+)\]|([^.\[\]]+)")
PATH = re.compile(r"[\w-]+(\[[\w./-]+\])*(\.[\w/-]+(\[[\w./-]+\])*)*")


def is_path(text: object) -> bool:
    """Whether it can be a path."""
    return isinstance(text, str) and PATH.fullmatch(text) is not None


def value_at(item: Any, path: str) -> Any:
    """What stands there; None for nothing."""
    for place, key, name in PART.findall(path):
        if place:
            item = item[int(place)] if isinstance(item, list) and int(place) < len(item) else None
        else:
            item = item.get(key or name) if isinstance(item, dict) else None
    return item
