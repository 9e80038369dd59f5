"""Which labels a selector picks. Knows no check and no rule."""

from collections.abc import Mapping, Sequence
from typing import Any


def picks(selector: Mapping[str, Any] | None, labels: Mapping[str, str]) -> bool:
    """Whether a LabelSelector (matchLabels and matchExpressions, all of them) picks these labels.

    An empty selector picks everything, a missing one nothing: the API's own meaning.
    """
    if selector is None:
        return False
    wanted = selector.get("matchLabels") or {}
    if any(labels.get(key) != value for key, value in wanted.items()):
        return False
    return all(_holds(rule, labels) for rule in selector.get("matchExpressions") or ())


def _holds(rule: Mapping[str, Any], labels: Mapping[str, str]) -> bool:
    """One requirement; NotIn and DoesNotExist hold for a label that is not there."""
    key, values = str(rule.get("key", "")), tuple(rule.get("values") or ())
    match rule.get("operator"):
        case "In":
            return labels.get(key) in values
        case "NotIn":
            return labels.get(key) not in values
        case "Exists":
            return key in labels
        case "DoesNotExist":
            return key not in labels
    return False


def said(labels: Mapping[str, str]) -> str:
    """Labels as kubectl writes them."""
    return ",".join(f"{key}={value}" for key, value in labels.items()) or "none"


def said_selector(selector: Mapping[str, Any] | None) -> str:
    """A LabelSelector as kubectl writes it."""
    if selector is None:
        return "none"
    parts = [f"{key}={value}" for key, value in (selector.get("matchLabels") or {}).items()]
    parts += [_said_rule(rule) for rule in selector.get("matchExpressions") or ()]
    return ",".join(parts) or "everything"


def _said_rule(rule: Mapping[str, Any]) -> str:
    key, values = str(rule.get("key", "")), _list(rule.get("values") or ())
    forms = {"In": f"{key} in {values}", "NotIn": f"{key} notin {values}", "Exists": key, "DoesNotExist": f"!{key}"}
    return forms.get(str(rule.get("operator")), key)


def _list(values: Sequence[str]) -> str:
    return f"({','.join(values)})"
