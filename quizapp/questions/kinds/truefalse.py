"""A statement that is true or false. Knows facts and false answers, not other kinds."""

from collections.abc import Iterator, Sequence

from quizapp.questions.bench import Bench, capital, leaks, sentence
from quizapp.questions.fact import Fact
from quizapp.questions.item import Item, Option, option_id
from quizapp.questions.kind import Answer, Mark, mark_chosen

FALSE_TURNS = (1, 3, 4, 6)


class TrueFalse:
    """Half of the statements are false: the claim's own falsehood, or the claim said of another term."""

    name = "truefalse"
    use = "quiz"
    forms = frozenset({"claim"})

    def make(self, facts: Sequence[Fact], bench: Bench) -> Iterator[Item]:
        """For aligned facts only: the silence of notes proves nothing false."""
        for fact in facts:
            if fact.term and fact.claim and (fact.claim.true or not leaks(fact.says, fact.term.name)):
                made = self._of(fact, bench)
                if made:
                    yield made

    def mark(self, item: Item, answer: Answer) -> Mark:
        """Right when the right one of the two is chosen."""
        return mark_chosen(item, answer)

    def _of(self, fact: Fact, bench: Bench) -> Item | None:
        assert fact.term
        assert fact.claim
        truth = fact.claim.true or ("" if fact.claim.anywhere else sentence(fact.term, fact.says))
        falsehood = self._false(fact, bench, truth)
        if falsehood and (fact.number % 8 in FALSE_TURNS or not truth):
            return self._item(fact, bench, *falsehood, true=False)
        return self._item(fact, bench, truth, truth, true=True) if truth else None

    def _false(self, fact: Fact, bench: Bench, truth: str) -> tuple[str, str] | None:
        """A false statement and what is right instead."""
        assert fact.term
        assert fact.claim
        if fact.claim.false:
            return fact.claim.false, truth or f"{capital(fact.claim.answer)}."
        others = [
            other for other in bench.others(fact) if other.id in bench.mentioned and not leaks(fact.says, other.name)
        ]
        if not others or fact.claim.anywhere:
            return None
        return sentence(others[0], fact.says), f"{truth} {sentence(others[0], others[0].claims[0].says)}"

    def _item(self, fact: Fact, bench: Bench, statement: str, why: str, *, true: bool) -> Item:
        options = tuple(
            Option(option_id(word), word, is_true == true, "That is right." if is_true == true else why)
            for word, is_true in (("True", True), ("False", False))
        )
        return bench.item(fact, use="quiz", kind="truefalse", prompt=f"True or false? {statement}", options=options)


KIND = TrueFalse()
