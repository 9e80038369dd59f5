"""The texts of an item as a person may change them, what is wrong with them, and the item that comes out.

Knows items and the lints, no file and no page.
"""

import hashlib
import json
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from quizapp.questions.item import Item, normalised, option_id
from quizapp.questions.registry import LINTS

LONGEST = 1_000
FORMS = {
    "options": ("stem", "options"),
    "answers": ("stem", "answers"),
    "pairs": ("stem", "pairs"),
    "card": ("front", "back"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One option; `right` says it plainly."""

    text: str
    right: bool
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class Texts:
    """Every text of an item; `form` (a key of FORMS) says which of the parts it has."""

    form: str
    prompt: str
    back: str = ""
    options: tuple[Choice, ...] = ()
    answers: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """As the database and curation.yaml keep them."""
        if self.form == "card":
            return {"front": self.prompt, "back": self.back}
        parts: dict[str, Any] = {"stem": self.prompt}
        if self.form == "options":
            parts["options"] = [_option_dict(option) for option in self.options]
        elif self.form == "answers":
            parts["answers"] = list(self.answers)
        else:
            parts["pairs"] = [list(pair) for pair in self.pairs]
        return parts

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Texts":
        """The texts again, as `to_dict` wrote them."""
        form = next(name for name, fields in FORMS.items() if set(fields) == set(data))
        return cls(
            form=form,
            prompt=data["front" if form == "card" else "stem"],
            back=data.get("back", ""),
            options=tuple(Choice(**{"right": False, **option}) for option in data.get("options", ())),
            answers=tuple(data.get("answers", ())),
            pairs=tuple((left, right) for left, right in data.get("pairs", ())),
        )


@dataclass(frozen=True, slots=True)
class Problem:
    """Why texts cannot be kept: `field` is written as a path, such as options.1.text."""

    field: str
    says: str


def form_of(item: Item) -> str:
    """Which texts an item has."""
    if item.use == "card":
        return "card"
    return "options" if item.options else "pairs" if item.pairs else "answers"


def texts_of(item: Item) -> Texts:
    """The texts that an item has now."""
    form = form_of(item)
    return Texts(
        form=form,
        prompt=item.prompt,
        back=item.back,
        options=tuple(Choice(option.text, option.correct, option.feedback) for option in item.options),
        answers=item.answers if form == "answers" else (),
        pairs=item.pairs,
    )


def tidy(texts: Texts) -> Texts:
    """Without spare spaces, control characters and rows that were left empty."""
    options = (Choice(_line(one.text), one.right, _line(one.feedback)) for one in texts.options)
    pairs = ((_line(left), _line(right)) for left, right in texts.pairs)
    return Texts(
        form=texts.form,
        prompt=_line(texts.prompt),
        back=_line(texts.back),
        options=tuple(one for one in options if one.text),
        answers=tuple(filter(None, map(_line, texts.answers))),
        pairs=tuple(pair for pair in pairs if any(pair)),
    )


def problems(texts: Texts) -> list[Problem]:
    """What would break the item, whoever vouches for it; rows that were left empty count as not there."""
    card = texts.form == "card"
    found = list(_bad_line("front" if card else "stem", texts.prompt))
    if card:
        found += _bad_line("back", texts.back)
    check = {"options": _bad_options, "answers": _bad_answers, "pairs": _bad_pairs}.get(texts.form)
    return found + (list(check(texts)) if check else [])


def edited(item: Item, texts: Texts) -> Item:
    """The item with texts of somebody's own: same id, same place in the notes, same kind."""
    assert form_of(item) == texts.form, "texts of another form"
    given = texts.to_dict()
    if texts.form == "options":
        given["options"] = [
            {"id": option_id(one.text), "text": one.text, "correct": one.right, "feedback": one.feedback}
            for one in texts.options
        ]
        right = next(one.text for one in texts.options if one.right)
        if item.answers and right not in [one.text for one in item.options if one.correct]:
            given["answers"] = [right]
    return replace(item, payload={**item.payload, **given})


def advice(item: Item) -> tuple[str, ...]:
    """What every lint has to say about an item that a person wrote."""
    return tuple(says for lint in LINTS.values() if (says := lint(item)))


def wording(item: Item) -> str:
    """A short name for what an item says and the lines it cites, wherever in the notes they stand."""
    said = json.dumps([item.payload, item.source], sort_keys=True, default=dict)
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _option_dict(option: Choice) -> dict[str, Any]:
    """The right option says so, the others say nothing."""
    plain: dict[str, Any] = {"text": option.text}
    if option.right:
        plain["right"] = True
    return plain | {"feedback": option.feedback}


def _line(text: str) -> str:
    """One line without what no database keeps and no page shows."""
    return "".join(letter for letter in " ".join(text.split()) if unicodedata.category(letter) not in ("Cc", "Cs"))


def _bad_line(field: str, text: str) -> Iterator[Problem]:
    if not _line(text):
        yield Problem(field, "is empty; write a text")
    else:
        yield from _too_long(field, text)


def _too_long(field: str, text: str) -> Iterator[Problem]:
    if len(text) > LONGEST:
        yield Problem(field, f"has more than {LONGEST} characters; say it in fewer")


def _bad_options(texts: Texts) -> Iterator[Problem]:
    filled = {place: one for place, one in enumerate(texts.options) if _line(one.text)}
    seen: dict[str, int] = {}
    for place, one in filled.items():
        yield from _too_long(f"options.{place}.text", one.text)
        yield from _too_long(f"options.{place}.feedback", one.feedback)
        first = seen.setdefault(normalised(one.text), place)
        if first != place:
            yield Problem(f"options.{place}.text", f"is the same option twice; option {first + 1} says it already")
    if len(filled) < 2:
        yield Problem("options", "needs two options or more")
    if sum(one.right for one in filled.values()) != 1:
        yield Problem("options", "needs exactly one right option; mark one that has a text")


def _bad_answers(texts: Texts) -> Iterator[Problem]:
    if not any(map(_line, texts.answers)):
        yield Problem("answers", "needs one accepted answer or more")
    for answer in texts.answers:
        yield from _too_long("answers", answer)


def _bad_pairs(texts: Texts) -> Iterator[Problem]:
    filled = {place: pair for place, pair in enumerate(texts.pairs) if any(map(_line, pair))}
    seen: set[tuple[int, str]] = set()
    for place, pair in filled.items():
        for side, text in enumerate(pair):
            yield from _bad_line(f"pairs.{place}.{side}", text)
            if (side, normalised(text)) in seen:
                yield Problem(f"pairs.{place}.{side}", "stands twice on its side; each has one partner")
            seen.add((side, normalised(text)))
    if len(filled) < 2:
        yield Problem("pairs", "needs two pairs or more")
