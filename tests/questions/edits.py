"""Edits of notes with known truth: which item after an edit is which before. Made by rules from a seed, never tuned to.

Notes are made from numbered facts, one line each, so the number of a fact is the truth about every item that cites it.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

TERMS = (
    ("Ledger", "records every change of an account in the order of time"),
    ("Ballast", "keeps a ship upright when it carries no cargo"),
    ("Sextant", "measures the height of a star above the horizon"),
    ("Capstan", "winds up heavy ropes with the help of long bars"),
    ("Bulwark", "protects the deck from waves that come over the side"),
    ("Compass", "shows the direction of the magnetic north pole"),
    ("Rudder", "turns a vessel by pressing against the water behind it"),
    ("Anchor", "holds a vessel in place by gripping the ground below"),
    ("Beacon", "warns crews of rocks by a light that turns at night"),
    ("Harbour", "shelters vessels from wind and waves of the open sea"),
    ("Pilot", "guides foreign captains through narrow waters near the coast"),
    ("Manifest", "lists the goods that a vessel carries to a port"),
    ("Quay", "lets workers move goods between a vessel and the land"),
    ("Lock", "raises vessels from one level of a canal to another"),
    ("Buoy", "marks the sides of a channel for vessels that pass"),
    ("Tugboat", "pulls larger vessels where their own engines are too coarse"),
)
NEIGHBOURS = (
    ("Role", "lists what a person may do inside one single namespace"),
    ("ClusterRole", "lists what a person may do inside the whole cluster"),
    ("CVE", "names one known weakness of one product by a number"),
    ("CWE", "names one known kind of weakness by a number"),
    ("Inbound rule", "filters the traffic that comes in from other machines"),
    ("Outbound rule", "filters the traffic that goes out to other machines"),
)
SYNONYMS = {
    "vessel": "ship",
    "shows": "tells",
    "holds": "keeps",
    "lists": "names",
    "heavy": "thick",
    "workers": "people",
}


@dataclass(frozen=True)
class Line:
    """One fact with the number that stays with it."""

    number: int
    name: str
    says: str


@dataclass(frozen=True)
class Edit:
    """One edit: what kind, the lines before and after, and the numbers whose key really changed."""

    kind: str
    before: tuple[Line, ...]
    after: tuple[Line, ...]
    flipped: frozenset[int] = frozenset()


def text_of(lines: tuple[Line, ...]) -> tuple[str, dict[int, int]]:
    """The notes, and the number of the fact in each line."""
    parts, numbers = ["# Terms", ""], {}
    for line in lines:
        parts.append(f"- **{line.name}**: {line.says}")
        numbers[len(parts)] = line.number
    return "\n".join(parts) + "\n", numbers


def edits(count: int, seed: int) -> list[Edit]:
    """That many edits, each of a fresh file of ten facts."""
    dice = random.Random(seed)
    kinds = list(KINDS)
    return [KINDS[kinds[n % len(kinds)]](_file(dice), dice) for n in range(count)]


def _file(dice: random.Random) -> tuple[Line, ...]:
    facts = dice.sample(TERMS, 8) + dice.sample(NEIGHBOURS, 2)
    return tuple(Line(number, *fact) for number, fact in enumerate(facts))


def _with(lines: tuple[Line, ...], place: int, **changes: str) -> tuple[Line, ...]:
    return (*lines[:place], replace(lines[place], **changes), *lines[place + 1 :])


def _typo(lines: tuple[Line, ...], dice: random.Random) -> Edit:
    place = dice.randrange(len(lines))
    words = lines[place].says.split()
    at = dice.randrange(1, len(words))
    wrong = words[at][:-1] + words[at][-1] * 2
    return Edit("typo", _with(lines, place, says=" ".join([*words[:at], wrong, *words[at + 1 :]])), lines)


def _reworded(lines: tuple[Line, ...], dice: random.Random) -> Edit:
    place = dice.randrange(len(lines))
    words = [SYNONYMS.get(word, word) for word in lines[place].says.split()]
    return Edit("reworded", lines, _with(lines, place, says=" ".join([*words[:-1], "every", words[-1]])))


def _moved(lines: tuple[Line, ...], dice: random.Random) -> Edit:
    place = dice.randrange(len(lines))
    rest = [*lines[:place], *lines[place + 1 :]]
    rest.insert(dice.randrange(len(rest)), lines[place])
    return Edit("moved", lines, tuple(rest))


def _renamed(lines: tuple[Line, ...], dice: random.Random) -> Edit:
    place = dice.randrange(8)
    return Edit("renamed", lines, _with(lines, place, name=f"{lines[place].name}s"))


def _flipped(lines: tuple[Line, ...], dice: random.Random) -> Edit:
    one, other = dice.sample(range(8), 2)
    after = _with(_with(lines, one, says=lines[other].says), other, says=lines[one].says)
    return Edit("flipped", lines, after, frozenset({one, other}))


def _split(lines: tuple[Line, ...], dice: random.Random) -> Edit:
    place = dice.randrange(8)
    new = Line(100, f"{lines[place].name} house", "keeps spare parts for all of the crew in winter")
    return Edit("split", lines, (*lines[: place + 1], new, *lines[place + 1 :]))


def _merged(lines: tuple[Line, ...], dice: random.Random) -> Edit:
    place = dice.randrange(1, len(lines))
    return Edit("merged", lines, (*lines[:place], *lines[place + 1 :]))


def _neighbour(lines: tuple[Line, ...], dice: random.Random) -> Edit:
    """A fact goes and one that looks like it comes: another fact, whatever the words."""
    one, other = dice.choice([(0, 1), (1, 0), (2, 3), (3, 2), (4, 5), (5, 4)])
    before = (*lines[:8], Line(200, *NEIGHBOURS[one]))
    return Edit("neighbour", before, (*lines[:8], Line(201, *NEIGHBOURS[other])))


KINDS: dict[str, Callable[[tuple[Line, ...], random.Random], Edit]] = {
    "typo": _typo,
    "reworded": _reworded,
    "moved": _moved,
    "renamed": _renamed,
    "flipped": _flipped,
    "split": _split,
    "merged": _merged,
    "neighbour": _neighbour,
}
