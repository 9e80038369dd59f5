"""Questions and cards that an author writes in the notes, in fences named `quiz` and `card`. Knows blocks and items.

    ```quiz                                              ```card
    id: default-type          (optional)                 What does `kubectl drain` do?
    Which type of Service is the default?                It cordons a node
    * ClusterIP -- it is reached inside the cluster      and evicts its Pods.
    - NodePort -- opens a port of every node             ```
    - LoadBalancer
    ```

`*` is right, `-` is wrong, behind ` -- ` stands what the option's feedback says; several `*` make a question with
several keys, True and False one to judge. `=` lines are answers to type. A card has its front on the first line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quizapp.notes.document import Code, Notes, NoteWarning, Section, TextLine
from quizapp.notes.inline import without_code_marks
from quizapp.questions.item import Item, Option, item_id, normalised, option_id

FENCES = ("quiz", "card")
IDENT = re.compile(r"^id:\s*([a-z0-9][a-z0-9-]{1,40})\s*$")
CHOICE = re.compile(r"^\s*([*-])\s+(\S.*?)(?:\s+--\s+(\S.*))?\s*$")
TYPED = re.compile(r"^\s*=\s+(\S.*?)\s*$")
TRUTHS = {"true", "false"}


@dataclass(frozen=True, slots=True)
class Own:
    """What a file's authors wrote themselves, and what is wrong with the rest."""

    items: tuple[Item, ...]
    warnings: tuple[NoteWarning, ...]


def own_items(notes: Notes, slug: str) -> Own:
    """All questions and cards in the fences of the notes; one that cannot be used is told with its line."""
    items: dict[str, Item] = {}
    warnings: list[NoteWarning] = []
    for section, block in _blocks(notes):
        try:
            item = _card(block, section, slug) if block.language == "card" else _question(block, section, slug)
        except _Wrong as error:
            warnings.append(NoteWarning(error.line or block.first, f"this {block.language} is not used: {error.says}"))
            continue
        if item.id in items:
            warnings.append(NoteWarning(block.first, f"this {block.language} is not used: its id is taken by another"))
            continue
        items[item.id] = item
    return Own(tuple(items.values()), tuple(warnings))


def _blocks(notes: Notes) -> Iterator[tuple[Section, Code]]:
    for section in notes.sections:
        for block in section.blocks:
            if isinstance(block, Code) and block.language in FENCES:
                yield section, block


class _Wrong(Exception):
    def __init__(self, says: str, line: int = 0) -> None:
        super().__init__(says)
        self.says, self.line = says, line


def _parts(block: Code) -> tuple[str, list[TextLine]]:
    """The id that the author gave, and the lines that say something."""
    lines = [line for line in block.lines if line.text.strip()]
    named = IDENT.match(lines[0].text) if lines else None
    rest = lines[1:] if named else lines
    if not rest:
        raise _Wrong("it is empty")
    return (named[1] if named else ""), rest


def _card(block: Code, section: Section, slug: str) -> Item:
    ident, lines = _parts(block)
    if len(lines) < 2:
        raise _Wrong("write the front on its first line and the back below")
    front = without_code_marks(lines[0].text.strip())
    back = without_code_marks(" ".join(line.text.strip() for line in lines[1:]))
    return _item(block, section, slug, ident, "meaning", {"front": front, "back": back})


def _question(block: Code, section: Section, slug: str) -> Item:
    ident, lines = _parts(block)
    stem, options, answers = _read(lines)
    if not stem:
        raise _Wrong("it has no question")
    if answers and options:
        raise _Wrong("it has answers to choose (* and -) and answers to type (=); keep one of the two")
    if answers:
        return _item(block, section, slug, ident, "short", {"stem": stem, "answers": answers})
    if len({normalised(option.text) for option in options}) < len(options):
        raise _Wrong("two of its options are the same")
    right = sum(option.correct for option in options)
    if not right:
        raise _Wrong("no option is marked as right; begin the right one with *")
    if right == len(options):
        raise _Wrong("no option is wrong; begin wrong ones with -")
    kind = "choice" if right == 1 else "multi"
    if {option.text.casefold() for option in options} == TRUTHS:
        kind = "truefalse"
    shown = [
        {"id": option.id, "text": option.text, "correct": option.correct, "feedback": option.feedback}
        for option in options
    ]
    return _item(block, section, slug, ident, kind, {"stem": stem, "options": shown})


def _read(lines: list[TextLine]) -> tuple[str, list[Option], list[str]]:
    """Stem, options and typed answers; a line of none of these belongs to the stem, which stands above."""
    stem: list[str] = []
    options: list[Option] = []
    answers: list[str] = []
    for line in lines:
        text = without_code_marks(line.text)
        choice, typed = CHOICE.match(text), TYPED.match(text)
        if choice:
            feedback = choice[3] or ("That is right." if choice[1] == "*" else "")
            options.append(Option(option_id(choice[2]), choice[2], choice[1] == "*", feedback))
        elif typed:
            answers.append(typed[1])
        elif options or answers:
            raise _Wrong("below the first option every line begins with *, - or =", line.number)
        else:
            stem.append(text.strip())
    return " ".join(stem), options, answers


def _item(block: Code, section: Section, slug: str, ident: str, kind: str, payload: dict[str, object]) -> Item:
    prompt = str(payload.get("stem") or payload.get("front"))
    made = f"{slug}-{ident}" if ident else item_id(slug, f"own {kind}: {prompt}")
    use = "card" if block.language == "card" else "quiz"
    return Item(
        id=made,
        use="card" if use == "card" else "quiz",
        kind=kind,
        section=section.path,
        lines=(block.first, block.last),
        source="",
        fact=f"own/{made}",
        score=1.0,
        payload=payload,
    )
