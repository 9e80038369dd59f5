"""The typed terms: which words name the same thing, of what kind it is, and what is known to be true of it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from quizapp.yamltext import load_yaml

TOPICS = ("architecture", "objects")
KEYS = {"name", "kind", "aliases", "same", "means", "claims"}


@dataclass(frozen=True, slots=True)
class Term:
    """`means` is a predicate in our own words; `claims` are further ones; `same` names what it may not be told from."""

    name: str
    kind: str
    aliases: tuple[str, ...]
    means: str
    claims: tuple[str, ...] = ()
    same: tuple[str, ...] = ()

    @property
    def known(self) -> tuple[str, ...]:
        """Everything known to be true of it."""
        return (self.means, *self.claims)


@cache
def terms() -> tuple[Term, ...]:
    """All terms, topic by topic; a mistake in the data is a bug of ours and raises ValueError."""
    found = [term for topic in TOPICS for term in _topic(topic)]
    names: dict[str, str] = {}
    for term in found:
        for name in {folded(name) for name in (term.name, *term.aliases)}:
            if names.setdefault(name, term.name) != term.name:
                raise ValueError(f"{name!r} names both {names[name]} and {term.name}")
    unknown = [other for term in found for other in term.same if folded(other) not in names]
    if unknown:
        raise ValueError(f"unknown terms under same: {unknown}")
    return tuple(found)


def _topic(topic: str) -> Sequence[Term]:
    document = load_yaml(files("quizapp.lexicon").joinpath(f"data/{topic}.yaml").read_text(encoding="utf-8"))
    found = []
    for place, entry in enumerate(document.data):
        if not isinstance(entry, Mapping) or set(entry) - KEYS or not {"name", "kind", "means"} <= set(entry):
            raise ValueError(f"{topic}.yaml:{document.line(place)}: needs name, kind, means and known keys only")
        found.append(_term(entry))
    return found


def _term(entry: Mapping[str, Any]) -> Term:
    return Term(
        name=entry["name"],
        kind=entry["kind"],
        aliases=tuple(entry.get("aliases") or ()),
        means=entry["means"],
        claims=tuple(entry.get("claims") or ()),
        same=tuple(entry.get("same") or ()),
    )


def folded(name: str) -> str:
    """A name without case, spaces, hyphens and a leading article: API Server, api-server and apiserver are one."""
    text = re.sub(r"^(?:the|an|a)\s+", "", name.strip().lower())
    return re.sub(r"[\s_-]+", "", text)


@cache
def _by_name() -> Mapping[str, Term]:
    return {folded(name): term for term in terms() for name in (term.name, *term.aliases)}


def find(name: str) -> Term | None:
    """The term of that name or alias; a plain plural counts as well."""
    key = folded(name)
    found = _by_name().get(key)
    return found or (_by_name().get(key.removesuffix("s")) if len(key) > 3 else None)


def related(left: str, right: str) -> bool:
    """Whether two names may stand for one another, so that one can be no wrong option for the other."""
    a, b = find(left), find(right)
    if a is None or b is None:
        return folded(left).rstrip("s") == folded(right).rstrip("s")
    return a is b or folded(b.name) in map(folded, a.same) or folded(a.name) in map(folded, b.same)
