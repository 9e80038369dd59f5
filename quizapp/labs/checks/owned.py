"""`owned`: an object belongs to another one, directly or through what that one made (Deployment, ReplicaSet, Pod)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quizapp.labs.check import BadCheck, Outcome, Target, not_there, target_of
from quizapp.labs.evidence import Evidence, ListOf, Need, Object
from quizapp.labs.finding import Finding
from quizapp.labs.schema import ALIAS, Schema

BETWEEN = ("ReplicaSet", "Job")
DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Owned:
    """Pairs of an object and the one it must belong to."""

    pairs: tuple[tuple[Target, Target], ...]

    def needs(self) -> Sequence[Need]:
        """Both lists of every pair, and what can stand between them."""
        kinds = [target.kind for pair in self.pairs for target in pair]
        return [ListOf(kind) for kind in dict.fromkeys([*kinds, *BETWEEN])]

    def judge(self, evidence: Evidence, _baseline: Mapping[str, Any]) -> Outcome:
        """A finding for each object that belongs to something else, or to nothing."""
        findings = []
        for target, owner in self.pairs:
            item, above = evidence.find(target.kind, target.name), evidence.find(owner.kind, owner.name)
            if item is None or above is None:
                findings.append(not_there(target if item is None else owner, None))
            elif above["metadata"]["uid"] not in _owners(item, evidence):
                refs = item["metadata"].get("ownerReferences") or ()
                there = ", ".join(f"{ref.get('kind')}/{ref.get('name')}" for ref in refs) or "nobody"
                findings.append(Finding(f"{target.title} metadata.ownerReferences", owner.title, there))
        return Outcome(tuple(findings))


def _owners(item: Object, evidence: Evidence) -> set[str]:
    """The uids of everything above an object."""
    between = {entry["metadata"]["uid"]: entry for kind in BETWEEN for entry in evidence.objects(kind)}
    found: set[str] = set()
    level = [item]
    for _ in range(DEEPEST):
        uids = {str(ref.get("uid")) for entry in level for ref in entry["metadata"].get("ownerReferences") or ()}
        found |= uids
        level = [between[uid] for uid in sorted(uids) if uid in between]
    return found


SCHEMA: Schema = {"type": "object", "minProperties": 1, "additionalProperties": ALIAS}


def parse(data: Any, targets: Mapping[str, Target]) -> Owned:
    """`{alias: owner alias}`."""
    if not isinstance(data, Mapping) or not data:
        raise BadCheck((), "owned takes a mapping of objects to their owners")
    pairs = [
        (target_of(targets, alias, (alias,)), target_of(targets, owner, (alias,))) for alias, owner in data.items()
    ]
    return Owned(tuple(pairs))
