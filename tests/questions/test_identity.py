"""Ids outlive edits of the notes: nearly all are kept, none goes to another fact, every changed key is flagged."""

from collections import Counter

import pytest
from edits import KINDS, Edit, edits, text_of
from parts import choice, item

from quizapp.notes.parse import parse_notes
from quizapp.questions.generate import generate
from quizapp.questions.identity import reconcile
from quizapp.questions.item import Item

COUNT = 264


def items_of(text: str) -> dict[str, Item]:
    return {one.id: one for one in generate(parse_notes(text), slug="m").items if one.kind != "matching"}


def outcome(edit: Edit) -> Counter[str]:
    """What became of every item whose fact is there before and after; `wrong` for a history on another fact."""
    (before, old_lines), (after, new_lines) = text_of(edit.before), text_of(edit.after)
    olds, news = items_of(before), items_of(after)
    pairs = reconcile(
        [one for ident, one in olds.items() if ident not in news],
        [one for ident, one in news.items() if ident not in olds],
    )
    found: Counter[str] = Counter()
    for pair in pairs:
        same = old_lines[pair.old.lines[0]] == new_lines[pair.new.lines[0]]
        found["kept" if same else "wrong"] += 1
        number = old_lines[pair.old.lines[0]]
        found["flip not flagged"] += same and number in edit.flipped and not pair.key_changed
    matched = {id(pair.old) for pair in pairs}
    stayed = [ident for ident in olds if ident in news]
    found["kept"] += len(stayed)
    for old in olds.values():
        number = old_lines[old.lines[0]]
        there = any(
            (new.use, new.kind) == (old.use, old.kind) and new_lines[new.lines[0]] == number for new in news.values()
        )
        found["lost"] += there and old.id not in news and id(old) not in matched and number not in edit.flipped
    return found


@pytest.fixture(scope="module")
def by_kind() -> dict[str, Counter[str]]:
    total: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    for edit in edits(COUNT, seed=20261125):
        total[edit.kind] += outcome(edit)
    return total


def test_no_history_goes_to_another_fact(by_kind: dict[str, Counter[str]]) -> None:
    assert {kind: found["wrong"] for kind, found in by_kind.items() if found["wrong"]} == {}


def test_nearly_all_ids_are_kept(by_kind: dict[str, Counter[str]]) -> None:
    total: Counter[str] = sum(by_kind.values(), Counter())
    assert total["kept"] > 5000
    assert total["kept"] / (total["kept"] + total["lost"]) >= 0.96, by_kind


def test_every_changed_key_is_flagged(by_kind: dict[str, Counter[str]]) -> None:
    assert sum(found["flip not flagged"] for found in by_kind.values()) == 0


def test_it_abstains_when_two_are_nearly_as_good() -> None:
    old = item("term", front="Volume", back="storage that is mounted into the containers of one Pod")
    one = item("term", front="Volume", back="storage that is mounted into the containers of one Podd")
    two = item("term", front="Volume", back="storage that is mounted into the containers of one Pods")
    assert reconcile([old], [one, two]) == []
    assert [pair.new for pair in reconcile([old], [one])] == [one]


def test_another_kind_is_another_item() -> None:
    old = choice("Which stores the state of a whole cluster?", "etcd", "kubelet", "proxy")
    new = item("short", stem="Which stores the state of a whole cluster?", answers=["etcd"])
    assert reconcile([old], [new]) == []


def test_a_changed_key_is_flagged_and_a_changed_wording_is_not() -> None:
    old = item("term", front="Volume", back="storage that is mounted into the containers of one Pod")
    reworded = item("meaning", front="Which storage is mounted into the containers of a Pod?", back="volume")
    other = item("meaning", front="Which storage is mounted into the containers of one Pod?", back="volume")
    assert [pair.key_changed for pair in reconcile([reworded], [other])] == [False]
    changed = item("term", front="Volume", back="storage that is mounted into the containers of two Pods")
    assert [pair.key_changed for pair in reconcile([old], [changed])] == [True]
