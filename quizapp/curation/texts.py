"""The texts of an item as a person may change them, what is wrong with them, and the item that comes out.

Knows items and the lints, no file and no page.
"""

import hashlib
import json
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from quizapp.questions.item import Item, normalised, option_id
from quizapp.questions.registry import LINTS

LONGEST = 1_000
FORMS = {
    "options": ("stem", "options"),
    "several": ("stem", "several"),
    "answers": ("stem", "answers"),
    "command": ("stem", "answers", "whole"),
    "pairs": ("stem", "pairs"),
    "steps": ("stem", "steps"),
    "card": ("front", "back"),
}
CHOSEN = ("options", "several")
KIND_FORMS = {"multi": "several", "ordering": "steps", "command": "command"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One option; `right` says it plainly."""

    text: str
    right: bool
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class Texts:
    """Every text of an item; `form` (a key of FORMS) says which of the parts it has.

    `several` is options of which more than one may be right, `whole` the command that a gap is in.
    """

    form: str
    prompt: str
    back: str = ""
    options: tuple[Choice, ...] = ()
    answers: tuple[str, ...] = ()
    whole: str = ""
    pairs: tuple[tuple[str, str], ...] = ()
    steps: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """As the database and curation.yaml keep them."""
        parts: dict[str, Any] = {
            "stem": self.prompt,
            "front": self.prompt,
            "back": self.back,
            "options": [_option_dict(option) for option in self.options],
            "several": [_option_dict(option) for option in self.options],
            "answers": list(self.answers),
            "whole": self.whole,
            "pairs": [list(pair) for pair in self.pairs],
            "steps": list(self.steps),
        }
        return {name: parts[name] for name in FORMS[self.form]}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Texts":
        """The texts again, as `to_dict` wrote them."""
        form = next(name for name, fields in FORMS.items() if set(fields) == set(data))
        return cls(
            form=form,
            prompt=data[FORMS[form][0]],
            back=data.get("back", ""),
            options=tuple(Choice(**{"right": False, **option}) for option in data.get(form, ()) if form in CHOSEN),
            answers=tuple(data.get("answers", ())),
            whole=data.get("whole", ""),
            pairs=tuple((left, right) for left, right in data.get("pairs", ())),
            steps=tuple(data.get("steps", ())),
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
    return KIND_FORMS.get(item.kind) or ("options" if item.options else "pairs" if item.pairs else "answers")


def texts_of(item: Item) -> Texts:
    """The texts that an item has now."""
    form = form_of(item)
    return Texts(
        form=form,
        prompt=item.prompt,
        back=item.back,
        options=tuple(Choice(option.text, option.correct, option.feedback) for option in item.options),
        answers=item.answers if "answers" in FORMS[form] else (),
        whole=str(item.payload.get("whole", "")),
        pairs=item.pairs if form == "pairs" else (),
        steps=tuple(step for step, _ in item.pairs) if form == "steps" else (),
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
        whole=_line(texts.whole),
        pairs=tuple(pair for pair in pairs if any(pair)),
        steps=tuple(filter(None, map(_line, texts.steps))),
    )


def problems(texts: Texts) -> list[Problem]:
    """What would break the item, whoever vouches for it; rows that were left empty count as not there."""
    found = list(_bad_line(FORMS[texts.form][0], texts.prompt))
    for part in FORMS[texts.form][1:]:
        found += CHECKS[part](texts)
    return found


def edited(item: Item, texts: Texts) -> Item:
    """The item with texts of somebody's own: same id, same place in the notes, same kind."""
    assert form_of(item) == texts.form, "texts of another form"
    given = texts.to_dict()
    if texts.form in CHOSEN:
        given.pop(texts.form)
        given["options"] = [
            {"id": option_id(one.text), "text": one.text, "correct": one.right, "feedback": one.feedback}
            for one in texts.options
        ]
        right = next(one.text for one in texts.options if one.right)
        if item.answers and right not in [one.text for one in item.options if one.correct]:
            given["answers"] = [right]
    if texts.form == "steps":
        given["pairs"] = [[step, str(place)] for place, step in enumerate(given.pop("steps"), start=1)]
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
        yield from _too_long(f"{texts.form}.{place}.text", one.text)
        yield from _too_long(f"{texts.form}.{place}.feedback", one.feedback)
        first = seen.setdefault(normalised(one.text), place)
        if first != place:
            yield Problem(f"{texts.form}.{place}.text", f"is the same option twice; option {first + 1} says it already")
    if len(filled) < 2:
        yield Problem(texts.form, "needs two options or more")
    right = sum(one.right for one in filled.values())
    if texts.form == "options" and right != 1:
        yield Problem(texts.form, "needs exactly one right option; mark one that has a text")
    if texts.form == "several" and not 0 < right < len(filled):
        yield Problem(texts.form, "needs right options and wrong ones")


def _bad_answers(texts: Texts) -> Iterator[Problem]:
    if not any(map(_line, texts.answers)):
        yield Problem("answers", "needs one accepted answer or more")
    for answer in texts.answers:
        yield from _too_long("answers", answer)


def _bad_whole(texts: Texts) -> Iterator[Problem]:
    """The right answer in words and the command as a whole are shown together."""
    yield from _bad_line("whole", texts.whole)
    first = next(filter(None, map(_line, texts.answers)), "")
    if first not in _line(texts.whole):
        yield Problem("whole", "does not have the first accepted answer in it")


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


def _bad_steps(texts: Texts) -> Iterator[Problem]:
    filled = [normalised(step) for step in texts.steps if _line(step)]
    for step in texts.steps:
        yield from _too_long("steps", step)
    if len(set(filled)) < len(filled):
        yield Problem("steps", "has the same step twice")
    if len(filled) < 2:
        yield Problem("steps", "needs two steps or more")


CHECKS: Mapping[str, Callable[[Texts], Iterator[Problem]]] = {
    "back": lambda texts: _bad_line("back", texts.back),
    "options": _bad_options,
    "several": _bad_options,
    "answers": _bad_answers,
    "whole": _bad_whole,
    "pairs": _bad_pairs,
    "steps": _bad_steps,
}
