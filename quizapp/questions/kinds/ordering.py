"""Steps to put in their order. Knows procedures, not other kinds."""

from collections.abc import Iterator, Mapping, Sequence

from quizapp.questions.bench import Bench
from quizapp.questions.fact import Fact
from quizapp.questions.item import Item
from quizapp.questions.kind import Answer, Mark


class Ordering:
    """Each step of a procedure with its place; the pairs are step and place ("1", "2", ...)."""

    name = "ordering"
    use = "quiz"
    forms = frozenset({"steps"})

    def make(self, facts: Sequence[Fact], bench: Bench) -> Iterator[Item]:
        """One for each procedure whose steps have one order."""
        for fact in facts:
            pairs = tuple((step, str(place)) for place, step in enumerate(fact.members, start=1))
            stem = f"Put these steps in the order of the notes (\u201c{fact.name.rstrip(':?. ')}\u201d)."
            yield bench.item(fact, use="quiz", kind="ordering", prompt=stem, pairs=pairs)

    def mark(self, item: Item, answer: Answer) -> Mark:
        """A share for every step in its place; two steps in one place are no answer."""
        places = dict(item.pairs)
        if not isinstance(answer, Mapping) or set(answer) != set(places):
            raise ValueError("give each step a place")
        if len(set(answer.values())) < len(places) or not set(answer.values()) <= set(places.values()):
            raise ValueError("give each step a place of its own")
        hits = sum(answer[step] == place for step, place in item.pairs)
        words = "; ".join(f"{place}. {step}" for step, place in item.pairs)
        return Mark(round(hits / len(places), 4), hits == len(places), words, places)


KIND = Ordering()
