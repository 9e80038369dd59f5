"""Several right answers: which of these belong to a list of the notes. Knows facts and types, not other kinds."""

from collections.abc import Iterator, Sequence

from quizapp.lexicon.term import Term
from quizapp.questions.bench import Bench, leaks, sentence, stable
from quizapp.questions.fact import Fact
from quizapp.questions.item import Item, Option, option_id
from quizapp.questions.kind import Answer, Mark, mark_chosen

LEAST, MOST = 2, 4
BEGINNING = 4


class Multi:
    """The whole of a list whose entries are terms of one type, among terms that are of another type for sure.

    Of a table the rows that share a cell, among the other rows.
    """

    name = "multi"
    use = "quiz"
    forms = frozenset({"list", "column"})

    def make(self, facts: Sequence[Fact], bench: Bench) -> Iterator[Item]:
        """At most one for each list and column."""
        for fact in facts:
            if fact.form == "column":
                yield from self._of_column(fact, bench)
                continue
            terms = [bench.lexicon.find(member) for member in fact.members]
            right = [term for term in terms if term]
            if len(right) == len(terms) and LEAST <= len(right) <= MOST and len({term.type for term in right}) == 1:
                yield from self._of(fact, right, bench)

    def mark(self, item: Item, answer: Answer) -> Mark:
        """Right choices less wrong ones, as a share of all right ones; never below nothing."""
        mark = mark_chosen(item, answer)
        right = {option.id for option in item.options if option.correct}
        chosen = {answer} if isinstance(answer, str) else set(answer)
        hits, misses = len(chosen & right), len(chosen - right)
        return Mark(round(max(0.0, (hits - misses) / len(right)), 4), mark.correct, mark.right, mark.feedback)

    def _of_column(self, fact: Fact, bench: Bench) -> Iterator[Item]:
        """With one row alone it is a choice, which asks the same in fewer words."""
        stem = f"By the table in the notes, which of these have \u201c{fact.says}\u201d as \u201c{fact.name}\u201d?"
        wrong = sorted(fact.others, key=lambda name: stable(stem, name))[: max(len(fact.members), LEAST)]
        if len(fact.members) < LEAST or any(leaks(stem, name) for name in (*fact.members, *wrong)):
            return
        options = [Option(option_id(name), name, True, "That is one.") for name in fact.members]
        options += [Option(option_id(name), name, False, f"The table has another entry for {name}.") for name in wrong]
        options.sort(key=lambda option: stable(stem, option.text))
        yield bench.item(fact, use="quiz", kind="multi", prompt=stem, options=tuple(options))

    def _of(self, fact: Fact, right: list[Term], bench: Bench) -> Iterator[Item]:
        kind = bench.lexicon.types[right[0].type]
        stem = f"Which of these are {kind.plural}?"
        wrong = sorted(
            (
                term
                for term in bench.lexicon.terms.values()
                if term.type in kind.foils
                and term.claims
                and not term.claims[0].anywhere
                and not leaks(stem, term.name)
                and not any(bench.lexicon.related(term, one) for one in right)
            ),
            key=lambda term: (term.id not in bench.mentioned, term.topic != right[0].topic, stable(fact.id, term.id)),
        )[: len(right)]
        if not kind.plural or len(wrong) < len(right) or _look_alike(right, wrong):
            return
        options = [Option(option_id(term.name), term.name, True, "That is one.") for term in right]
        options += [
            Option(option_id(term.name), term.name, False, sentence(term, term.claims[0].says)) for term in wrong
        ]
        options.sort(key=lambda option: stable(stem, option.text))
        yield bench.item(fact, use="quiz", kind="multi", prompt=stem, options=tuple(options))


def _look_alike(right: list[Term], wrong: list[Term]) -> bool:
    """Whether the right ones can be told by how their names begin (ReadOnlyMany, ReadWriteOnce, ...)."""
    starts = {term.name[:BEGINNING] for term in right}
    return len(starts) == 1 and starts.isdisjoint(term.name[:BEGINNING] for term in wrong)


KIND = Multi()
