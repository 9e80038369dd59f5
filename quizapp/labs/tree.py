"""The subset tree: what an object must contain, compared path by path. Returns findings; none means that it matches.

What the expectation does not name may be anything; what it names as empty must be empty. The items of an expected list
are paired one to one with different actual items, in any order.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from quizapp.labs.finding import ABSENT, Finding, shown
from quizapp.labs.normal import effective_env, same_scalar
from quizapp.labs.operators import OPERATORS, is_operation, said

MERGE_KEYS = ("name", "mountPath", "containerPort", "port", "key", "type")


def compare(expected: Any, actual: Any, path: str = "", field: str = "") -> list[Finding]:
    """Every place where `actual` is not what `expected` asks for."""
    return list(_compare(expected, actual, path, field))


def _compare(expected: Any, actual: Any, path: str, field: str) -> Iterator[Finding]:
    if is_operation(expected):
        yield from _operations(expected, actual, path, field)
    elif isinstance(expected, Mapping):
        yield from _mapping(expected, actual, path)
    elif isinstance(expected, list):
        yield from _list(expected, actual, path, field)
    elif not same_scalar(field, expected, actual):
        yield Finding(path, shown(expected), shown(actual))


def _operations(expected: Mapping[str, Any], actual: Any, path: str, field: str) -> Iterator[Finding]:
    for operator, wanted in expected.items():
        if operator == "contains":
            yield from _contains(wanted, actual, path, field)
        elif operator == "count":
            size = len(actual) if isinstance(actual, list | Mapping) else 0
            yield from _compare(wanted, size, f"{path} (number of items)", field)
        elif not OPERATORS[operator][0](wanted, actual, field):
            yield Finding(path, said(operator, wanted), shown(actual))


def _mapping(expected: Mapping[str, Any], actual: Any, path: str) -> Iterator[Finding]:
    if not expected:
        if actual not in (None, {}, []):
            yield Finding(path, "empty", shown(actual))
        return
    if not isinstance(actual, Mapping):
        actual = {} if actual is None else {"": actual}
    for key, value in expected.items():
        below = f"{path}.{key}" if path else str(key)
        yield from _compare(value, actual.get(key), below, str(key))


def _list(expected: list[Any], actual: Any, path: str, field: str) -> Iterator[Finding]:
    if not expected:
        if actual not in (None, [], {}):
            yield Finding(path, "empty", shown(actual))
        return
    yield from _contains(expected, actual, path, field)


def _contains(expected: Sequence[Any], actual: Any, path: str, field: str) -> Iterator[Finding]:
    items = list(actual) if isinstance(actual, list) else []
    if field == "env":
        items = list(effective_env(items))
    left, taken = _pair(expected, items, field)
    for place in left:
        wanted = expected[place]
        free = [index for index in range(len(items)) if index not in taken]
        named = [index for index in free if _merge_key(wanted) and _merge_key(wanted) == _merge_key(items[index])]
        candidates = named or ([] if _merge_key(wanted) else free)
        if not candidates:
            yield Finding(f"{path}[]", shown(_plain(wanted)), ABSENT)
            continue
        tries = [(compare(wanted, items[index], f"{path}[{index}]", field), index) for index in candidates]
        findings, index = min(tries, key=lambda pair: len(pair[0]))
        taken.add(index)
        yield from findings


def _pair(expected: Sequence[Any], items: Sequence[Any], field: str) -> tuple[list[int], set[int]]:
    """The greatest one-to-one pairing (augmenting paths): places left without a partner, and the items taken."""
    fits = [[i for i, item in enumerate(items) if not compare(wanted, item, "", field)] for wanted in expected]
    owner: dict[int, int] = {}

    def place(wanted: int, seen: set[int]) -> bool:
        for item in fits[wanted]:
            if item not in seen:
                seen.add(item)
                if item not in owner or place(owner[item], seen):
                    owner[item] = wanted
                    return True
        return False

    left = [wanted for wanted in range(len(expected)) if not place(wanted, set())]
    return left, set(owner)


def _merge_key(item: object) -> tuple[str, Any] | None:
    if isinstance(item, Mapping):
        for key in MERGE_KEYS:
            if isinstance(item.get(key), str | int):
                return key, item[key]
    return None


def _plain(expected: object) -> object:
    """An expectation as the learner would write it, operators in words."""
    if is_operation(expected) and isinstance(expected, Mapping):
        return ", ".join(
            said(key, value) if key in OPERATORS else f"{key} {shown(value)}" for key, value in expected.items()
        )
    if isinstance(expected, Mapping):
        return {key: _plain(value) for key, value in expected.items()}
    return expected
