"""A card with a question that the notes ask and answer themselves. Knows facts, not other kinds."""

from collections.abc import Iterator, Sequence

from quizapp.questions.bench import Bench
from quizapp.questions.fact import Fact
from quizapp.questions.item import Item
from quizapp.questions.kind import Answer, Mark, mark_card


class QuestionCard:
    """In the notes' own words, question and answer."""

    name = "question"
    use = "card"
    forms = frozenset({"question"})

    def make(self, facts: Sequence[Fact], bench: Bench) -> Iterator[Item]:
        """One for each."""
        for fact in facts:
            yield bench.item(fact, use="card", kind="question", prompt=fact.name, back=fact.says)

    def mark(self, item: Item, answer: Answer) -> Mark:
        """A card is rated by the learner."""
        return mark_card(item, answer)


KIND = QuestionCard()
