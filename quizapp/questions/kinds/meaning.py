"""A card with a description in front and the term behind. Knows facts, not other kinds."""

from collections.abc import Iterator, Sequence

from quizapp.questions.bench import Bench, as_answer, leaks
from quizapp.questions.fact import Fact
from quizapp.questions.item import Item
from quizapp.questions.kind import Answer, Mark, mark_card


class MeaningCard:
    """Definition to term, or the claim's own question and answer."""

    name = "meaning"
    use = "card"
    forms = frozenset({"claim", "definition"})

    def make(self, facts: Sequence[Fact], bench: Bench) -> Iterator[Item]:
        """At most one for each fact."""
        for fact in facts:
            front, back = self._sides(fact, bench)
            if front:
                yield bench.item(fact, use="card", kind="meaning", prompt=front, back=back)

    def mark(self, item: Item, answer: Answer) -> Mark:
        """A card is rated by the learner."""
        return mark_card(item, answer)

    def _sides(self, fact: Fact, bench: Bench) -> tuple[str, str]:
        if fact.claim and fact.claim.anywhere:
            alone = not fact.claim.ask.startswith(("Which of these", "Which statement", "Which object", "Is it"))
            return (fact.claim.ask, as_answer(fact.claim.answer)) if alone else ("", "")
        if not fact.term and not fact.group and _has_kin(fact, bench):
            return "", ""  # what nobody vouches for may hold for its kin as well
        if leaks(fact.says, fact.name) or (fact.claim and fact.claim.also):
            return "", ""  # what holds for several terms asks for none of them without choices
        if fact.term:
            which = bench.lexicon.types[fact.term.type].which
            return f"{'What' if which.startswith('Which of these') else which} {fact.says}?", fact.name
        if fact.head:
            return (
                f"In the table of the notes, what has \u201c{fact.says}\u201d under \u201c{fact.head}\u201d?",
                fact.name,
            )
        return f"What do the notes describe as \u201c{fact.says}\u201d?", fact.name


def _has_kin(fact: Fact, bench: Bench) -> bool:
    """Whether the notes name another term of the same type."""
    term = bench.lexicon.find(fact.name)
    return term is not None and any(other.id in bench.mentioned for other in bench.lexicon.same_type(term))


KIND = MeaningCard()
