"""The name of a term, typed. Knows facts and spellings, not other kinds."""

from collections.abc import Iterator, Sequence

from quizapp.questions.bench import Bench, leaks
from quizapp.questions.fact import Fact
from quizapp.questions.item import Item
from quizapp.questions.kind import Answer, Mark
from quizapp.questions.typed import check_typed, is_right


class Short:
    """The claim's term without choices, where no other term of its type could be meant."""

    name = "short"
    use = "quiz"
    forms = frozenset({"claim"})

    def make(self, facts: Sequence[Fact], bench: Bench) -> Iterator[Item]:
        """At most one for each fact."""
        for fact in facts:
            term, claim = fact.term, fact.claim
            if not term or not claim or claim.anywhere or claim.ask or term.type not in TYPED:
                continue
            kin = any(bench.lexicon.related(term, other) for other in bench.lexicon.same_type(term))
            if kin or claim.also or leaks(fact.says, term.name):
                continue
            stem = f"{bench.lexicon.types[term.type].which} {fact.says}? Type its name."
            yield bench.item(fact, use="quiz", kind="short", prompt=stem, answers=(term.name, *term.aliases))

    def mark(self, item: Item, answer: Answer) -> Mark:
        """Right whatever its case, dashes and plural; a near miss is told and costs no try."""
        correct = is_right(check_typed(answer), item.answers)
        return Mark(float(correct), correct, item.answers[0])


# Types whose names are one word that people know; where many terms would do, only choices can be asked.
TYPED = frozenset(
    [
        "control plane component",
        "node component",
        "object",
        "service type",
        "access mode",
        "reclaim policy",
        "restart policy",
        "pod phase",
        "probe",
        "interface",
    ]
)

KIND = Short()
