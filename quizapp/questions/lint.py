"""What every lint is, and the sieve they make together. Knows no single lint."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from rapidfuzz import fuzz

from quizapp.questions.item import Item, normalised

ALIKE = 90
NEAR = 40
WINDOW = 200


class Lint(Protocol):
    """Says why an item must not be shown, or nothing."""

    def __call__(self, item: Item) -> str:
        """The reason, or an empty text."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """An item that a lint stopped, and why."""

    lint: str
    says: str
    item: Item


def sift(drafts: Iterable[Item], lints: Mapping[str, Lint]) -> tuple[list[Item], list[Rejected]]:
    """Items that pass every lint and are no second copy of another one."""
    kept: list[Item] = []
    rejected: list[Rejected] = []
    prompts: dict[tuple[str, str], list[str]] = {}
    ids: set[str] = set()
    for item in drafts:
        reason = next(((name, says) for name, lint in lints.items() if (says := lint(item))), None)
        seen = prompts.setdefault((item.use, item.kind), [])
        if reason:
            rejected.append(Rejected(*reason, item))
        elif item.id in ids or _copied(item, seen):
            rejected.append(Rejected("duplicate", "asks what another item asks", item))
        else:
            kept.append(item)
            ids.add(item.id)
            seen.append(normalised(item.prompt))
    return kept, rejected


def _copied(item: Item, seen: list[str]) -> bool:
    """Nearly the same words; short prompts are compared whole, since one word makes them another question."""
    prompt = normalised(item.prompt)
    if len(prompt) < NEAR:
        return prompt in seen
    return any(fuzz.token_sort_ratio(prompt, other, score_cutoff=ALIKE + 6) for other in seen[-WINDOW:])
