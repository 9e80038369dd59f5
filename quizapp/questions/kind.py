"""What every kind of question and card is: a name, a use, a way to make it from facts, and a way to mark an answer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from quizapp.questions.bench import Bench
from quizapp.questions.fact import Fact
from quizapp.questions.item import Item

Answer = str | Sequence[str] | Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Mark:
    """What an answer earned; `feedback` by option id or left side, `right` is the right answer in words."""

    fraction: float
    correct: bool
    right: str
    feedback: Mapping[str, str] = field(default_factory=dict)


class Kind(Protocol):
    """One kind of item; `make` gets the facts of its forms in one section, in reading order."""

    @property
    def name(self) -> str:
        """How the kind is written in an item."""

    @property
    def use(self) -> str:
        """`quiz` or `card`."""

    @property
    def forms(self) -> frozenset[str]:
        """The forms of facts that it is made from."""

    def make(self, facts: Sequence[Fact], bench: Bench) -> Iterator[Item]:
        """The items of this kind that a section's facts give."""

    def mark(self, item: Item, answer: Answer) -> Mark:
        """What the answer earns; raises ValueError for what is no answer to this item."""


def mark_chosen(item: Item, answer: Answer) -> Mark:
    """Marks an answer that names options by their ids: right when exactly the right ones are chosen."""
    chosen = {answer} if isinstance(answer, str) else set(answer)
    known = {option.id for option in item.options}
    if not chosen or not chosen <= known:
        raise ValueError("choose one of the options")
    right = {option.id for option in item.options if option.correct}
    words = "; ".join(option.text for option in item.options if option.correct)
    feedback = {option.id: option.feedback for option in item.options}
    return Mark(float(chosen == right), chosen == right, words, feedback)


def mark_card(item: Item, _answer: Answer) -> Mark:
    """Cards are rated by the learner, so there is nothing to mark."""
    raise ValueError(f"a card ({item.kind}) is rated, not marked")
