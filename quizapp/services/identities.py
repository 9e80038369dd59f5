"""Which stored item each item of edited notes is, so that histories follow. Knows the matcher and the alias table.

What the generator calls an item comes from its words, so it changes when they do. The alias table maps these names to
the ids that histories hang on; for a new name beside a lost one the matcher decides, or abstains.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from quizapp.questions.export import answer_of
from quizapp.questions.identity import reconcile
from quizapp.questions.item import Item, item_id
from quizapp.questions.marks import key_of
from quizapp.services.settle import given
from quizapp.storage.items import StoredItem

SHARE, FEW = 0.2, 5


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import does: `items` by the ids they are kept under, in the order of the notes.

    `names` are the generator's names that are new or moved, each with its id. `edited` and `retired` and `new` are
    ids; `key_changed` are kept ones whose right answer is another one now, for a person to look at.
    """

    items: Mapping[str, Item]
    names: Mapping[str, str]
    new: tuple[str, ...]
    edited: tuple[str, ...]
    retired: tuple[str, ...]
    key_changed: tuple[str, ...]

    @property
    def needs_a_yes(self) -> bool:
        """Whether so much would go that it may be a mistake (a file cut off, or another one in its place)."""
        there = len(self.retired) + len(self.items) - len(self.new)
        return len(self.retired) >= FEW and len(self.retired) > SHARE * there

    def to_dict(self) -> dict[str, object]:
        """For the record of the import."""
        return {
            "new": list(self.new),
            "kept": len(self.items) - len(self.new),
            "edited": list(self.edited),
            "retired": list(self.retired),
            "key_changed": list(self.key_changed),
        }


def plan_import(slug: str, before: Mapping[str, StoredItem], made: Sequence[Item]) -> Plan:
    """Finds for each item of the notes the one it was: by its name, by an old name, or by what it says."""
    known = {alias: row.item.id for row in before.values() for alias in row.aliases}
    ids = _by_name(before, known, made)
    present = set(ids.values())
    gone = [row for row in before.values() if row.item.id not in present and row.item.retired_at is None]
    fresh = [item for item in made if item.id not in ids]
    olds = [replace(given(row.item, row.version), id=row.item.id) for row in gone]
    pairs = reconcile(
        [one for one in olds if not _has_id_of_its_own(one, slug)],
        [one for one in fresh if not _has_id_of_its_own(one, slug)],
    )
    ids |= {pair.new.id: pair.old.id for pair in pairs}
    ids |= {item.id: _another_id(slug, item) for item in fresh if item.id not in ids and item.id in before}
    edited = tuple(pair.old.id for pair in pairs)
    items = {ids.get(item.id, item.id): replace(item, id=ids.get(item.id, item.id)) for item in made}
    return Plan(
        items=items,
        names={item.id: ids.get(item.id, item.id) for item in made if known.get(item.id) != ids.get(item.id, item.id)},
        new=tuple(item_id for item_id in items if item_id not in before),
        edited=edited,
        retired=tuple(row.item.id for row in gone if row.item.id not in edited),
        key_changed=tuple(
            item_id for item_id, item in items.items() if item_id in before and _key_changed(before[item_id], item)
        ),
    )


def _by_name(before: Mapping[str, StoredItem], known: Mapping[str, str], made: Sequence[Item]) -> dict[str, str]:
    """The ids of the items whose names are known; of two with names of one item, the one that says what it says now."""
    claims: dict[str, list[Item]] = {}
    for item in made:
        if item.id in known:
            claims.setdefault(known[item.id], []).append(item)
    return {_holder(before[item_id], found).id: item_id for item_id, found in claims.items()}


def _holder(row: StoredItem, found: Sequence[Item]) -> Item:
    prompt = given(row.item, row.version).prompt
    return min(found, key=lambda item: (item.prompt != prompt, item.id != row.item.id))


def _another_id(slug: str, item: Item) -> str:
    """An id for a new item whose name was once another item's."""
    return item_id(slug, f"{item.kind} {item.prompt} = {answer_of(item)}")


def _has_id_of_its_own(item: Item, slug: str) -> bool:
    """Whether its author wrote the id, so that another id means another item."""
    return item.fact.startswith("own/") and item.id != item_id(slug, f"own {item.kind}: {item.prompt}")


def _key_changed(row: StoredItem, item: Item) -> bool:
    """Whether what is right is not what it was; the back of a card is no key, since people rate themselves."""
    return item.use == "quiz" and key_of(given(row.item, row.version).payload) != key_of(item.payload)
