"""A card with the line that introduces a list in front and its entries behind. Knows lists, not other kinds."""

from collections.abc import Iterator, Sequence

from quizapp.questions.bench import Bench
from quizapp.questions.fact import Fact
from quizapp.questions.item import Item
from quizapp.questions.kind import Answer, Mark, mark_card

NUMBERS = {3: "three", 4: "four", 5: "five", 6: "six", 7: "seven"}


class RecallCard:
    """The whole list, or the steps in their order."""

    name = "recall"
    use = "card"
    forms = frozenset({"list", "steps"})

    def make(self, facts: Sequence[Fact], bench: Bench) -> Iterator[Item]:
        """One for each list or procedure."""
        for fact in facts:
            lead, count = fact.name.rstrip(":. "), NUMBERS[len(fact.members)]
            if fact.form == "steps":
                front = f"Name the {count} steps of the notes, in their order: \u201c{lead}\u201d"
                back = "; ".join(f"{place}. {step}" for place, step in enumerate(fact.members, start=1))
            else:
                front = f"Name all {count} that the notes list: \u201c{lead}\u201d"
                back = "; ".join(fact.members)
            yield bench.item(fact, use="card", kind="recall", prompt=front, back=back)

    def mark(self, item: Item, answer: Answer) -> Mark:
        """A card is rated by the learner."""
        return mark_card(item, answer)


KIND = RecallCard()
