"""A sentence with a gap to fill in. Knows facts and spellings, not other kinds."""

from collections.abc import Iterator, Sequence

from quizapp.questions.bench import Bench, leaks, sentence
from quizapp.questions.fact import Fact
from quizapp.questions.item import Item
from quizapp.questions.kind import Answer, Mark, mark_chosen
from quizapp.questions.typed import check_typed, is_right
from quizapp.questions.words import content_words, words

GAP = "_____"


class Cloze:
    """The gap is the word that the claim marks, and only where the cited lines have it."""

    name = "cloze"
    use = "quiz"
    forms = frozenset({"claim"})

    def make(self, facts: Sequence[Fact], bench: Bench) -> Iterator[Item]:
        """At most one for each fact."""
        for fact in facts:
            item = self._of_word(fact, bench) or self._of_name(fact, bench)
            if item:
                yield item

    def mark(self, item: Item, answer: Answer) -> Mark:
        """A typed answer counts whatever its case, dashes and plural; a near miss is told and costs no try."""
        if item.options:
            return mark_chosen(item, answer)
        correct = is_right(check_typed(answer), item.answers)
        return Mark(float(correct), correct, item.answers[0])

    def _of_word(self, fact: Fact, bench: Bench) -> Item | None:
        if not fact.claim or not fact.term or not fact.claim.blank:
            return None
        blank = fact.claim.blank
        if not set(content_words(blank)) & set(words(fact.source)):
            return None
        text = sentence(fact.term, fact.says.replace(blank, GAP, 1))
        if leaks(text, blank):
            return None
        answers = (blank, *fact.claim.accept)
        return bench.item(fact, use="quiz", kind="cloze", prompt=f"Fill in the gap: {text}", answers=answers)

    def _of_name(self, fact: Fact, bench: Bench) -> Item | None:
        """The name itself is the gap, with the choices given, since another word might fit as well."""
        if not fact.term or not fact.claim or fact.claim.anywhere or fact.claim.ask or fact.number % 2 == 0:
            return None
        others = [other for other in bench.others(fact, most=8) if not leaks(fact.says, other.name)][:3]
        if len(others) < 2 or leaks(fact.says, fact.term.name):
            return None
        stem = f"Fill in the gap: {GAP} {fact.says}."
        wrong = [(other.in_sentence(start=True), sentence(other, other.claims[0].says)) for other in others]
        options = bench.options(stem, fact.term.in_sentence(start=True), sentence(fact.term, fact.says), wrong)
        answers = (fact.term.name, *fact.term.aliases)
        return bench.item(fact, use="quiz", kind="cloze", prompt=stem, options=options, answers=answers)


KIND = Cloze()
