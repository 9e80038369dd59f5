"""A card with a term in front and what it is behind. Knows facts, not other kinds."""

from collections.abc import Iterator, Sequence

from quizapp.questions.align import alike
from quizapp.questions.bench import Bench, asks_what, is_noun, phrase
from quizapp.questions.fact import Fact
from quizapp.questions.item import Item
from quizapp.questions.kind import Answer, Mark, mark_card


class TermCard:
    """One card for each question a term gives; the claims that answer the same question share its back."""

    name = "term"
    use = "card"
    forms = frozenset({"claim", "definition", "manifest"})

    def make(self, facts: Sequence[Fact], bench: Bench) -> Iterator[Item]:
        """Term to definition."""
        fronts: dict[str, list[Fact]] = {}
        for fact in facts:
            if fact.term and fact.claim and not fact.claim.anywhere:
                if fact.term.type == "platform" and not is_noun(fact.claim):
                    continue  # "What does Kubernetes do?" has a hundred answers
                fronts.setdefault(asks_what(fact.term, fact.claim), []).append(fact)
            elif fact.form == "manifest":
                fronts.setdefault(f"apiVersion of the kind {fact.name}", []).append(fact)
            elif not fact.aligned:
                fronts.setdefault(f"{fact.name}: {fact.head.rstrip('?')}?" if fact.head else fact.name, []).append(fact)
        for front, found in fronts.items():
            if found[0].term and not any(_is_main(fact) for fact in found):
                continue  # what else a StatefulSet does is no answer to "What does a StatefulSet do?"
            backs = [phrase(fact.says) if fact.aligned else fact.says for fact in found]
            back = "; ".join([backs[0], *(text[0].lower() + text[1:] for text in backs[1:])])
            first, last = min(fact.first for fact in found), max(fact.last for fact in found)
            yield bench.spread(
                found,
                first,
                last,
                use="card",
                kind="term",
                prompt=front,
                back=back if found[0].form == "manifest" else f"{back.rstrip('.')}.",
            )

    def mark(self, item: Item, answer: Answer) -> Mark:
        """A card is rated by the learner."""
        return mark_card(item, answer)


def _is_main(fact: Fact) -> bool:
    """Whether a fact is what a term is known for: the first claim that answers the question, or one much like it."""
    assert fact.term
    assert fact.claim
    asked = asks_what(fact.term, fact.claim)
    same = (claim for claim in fact.term.claims if not claim.anywhere and asks_what(fact.term, claim) == asked)
    first = next(same)
    return first is fact.claim or alike(first, fact.claim)


KIND = TermCard()
