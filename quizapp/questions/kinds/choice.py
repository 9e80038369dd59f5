"""One right answer out of three or four. Knows facts and false answers, not other kinds."""

from collections.abc import Iterator, Sequence

from quizapp.lexicon.kinds import api_versions
from quizapp.questions.bench import Bench, as_answer, asks_what, leaks, phrase, sentence
from quizapp.questions.fact import Fact
from quizapp.questions.item import Item
from quizapp.questions.kind import Answer, Mark, mark_chosen

LEAST_WRONG = 2
MOST_KIN = 12
WELL_KNOWN = ("Pod", "Deployment", "Job", "Ingress", "Role")  # one of each group that beginners meet


class Choice:
    """Forward ("which component ...?"), in reverse ("what does it do?"), as the claim words it, or in a manifest."""

    name = "choice"
    use = "quiz"
    forms = frozenset({"claim", "definition", "manifest", "misspelt"})

    def make(self, facts: Sequence[Fact], bench: Bench) -> Iterator[Item]:
        """At most one question for each fact."""
        groups: dict[int, list[Fact]] = {}
        for fact in facts:
            if fact.group:
                groups.setdefault(fact.group, []).append(fact)
        for fact in facts:
            kin = groups.get(fact.group, [])[:MOST_KIN]
            if fact.form == "manifest":
                item = self._of_manifest(fact, facts, bench)
            elif fact.form == "misspelt":
                item = self._of_misspelt(fact, bench)
            else:
                item = self._of_claim(fact, bench) if fact.aligned else self._of_pattern(fact, kin, bench)
            if item:
                yield item

    def mark(self, item: Item, answer: Answer) -> Mark:
        """Right when the one right option is chosen."""
        return mark_chosen(item, answer)

    def _of_claim(self, fact: Fact, bench: Bench) -> Item | None:
        if not fact.claim or not fact.term:
            return None
        if fact.claim.ask:
            wrong = [(as_answer(one.text), one.feedback) for one in fact.claim.wrong]
            options = bench.options(fact.claim.ask, as_answer(fact.claim.answer), "That is right.", wrong)
            return bench.item(fact, use="quiz", kind="choice", prompt=fact.claim.ask, options=options)
        order = (self._forward, self._reverse) if fact.number % 2 == 0 else (self._reverse, self._forward)
        return order[0](fact, bench) or order[1](fact, bench)

    def _forward(self, fact: Fact, bench: Bench) -> Item | None:
        assert fact.term
        assert fact.claim
        stem = f"{bench.lexicon.types[fact.term.type].which} {fact.says}?"
        others = [other for other in bench.others(fact, most=8) if not leaks(fact.says, other.name)][:3]
        if len(others) < LEAST_WRONG or leaks(fact.says, fact.term.name):
            return None
        wrong = [(other.name, sentence(other, other.claims[0].says)) for other in others]
        options = bench.options(stem, fact.term.name, sentence(fact.term, fact.says), wrong)
        return bench.item(fact, use="quiz", kind="choice", prompt=stem, options=options)

    def _reverse(self, fact: Fact, bench: Bench) -> Item | None:
        assert fact.term
        assert fact.claim
        stem = asks_what(fact.term, fact.claim)
        wrong = [
            (phrase(says), f"That is {other.in_sentence()}: it {says}.")
            for says, other in bench.false_claims(fact, most=8)
            if not leaks(says, fact.term.name)
        ][:3]
        if len(wrong) < LEAST_WRONG or leaks(fact.says, fact.term.name):
            return None
        options = bench.options(stem, phrase(fact.says), "That is right.", wrong)
        return bench.item(fact, use="quiz", kind="choice", prompt=stem, options=options)

    def _of_manifest(self, fact: Fact, facts: Sequence[Fact], bench: Bench) -> Item | None:
        """The apiVersion of a kind among those of other groups, the notes' own first."""
        known, group = api_versions(), fact.says.rpartition("/")[0]
        others: dict[str, str] = {}
        for kind in [*(other.name for other in facts if other.form == "manifest"), *WELL_KNOWN]:
            if known[kind].rpartition("/")[0] != group:
                others.setdefault(known[kind], kind)
        term = bench.lexicon.find(fact.name)
        stem = f"Which apiVersion does the manifest of {term.in_sentence() if term else f'the kind {fact.name}'} have?"
        wrong = [(version, f"{version} is that of {kind}.") for version, kind in list(others.items())[:3]]
        options = bench.options(stem, fact.says, "That is right.", wrong)
        return bench.item(fact, use="quiz", kind="choice", prompt=stem, options=options)

    def _of_misspelt(self, fact: Fact, bench: Bench) -> Item:
        """The wrong spelling in a manifest among other names that stand in it."""
        stem = f"In this manifest of {fact.head}, which field name is misspelt?"
        (right, place), *others = fact.pairs
        wrong = [(name, f"{name} is a field of the kind {fact.name}, at {where}.") for name, where in others]
        feedback = f"The field is {right}, at {place}; the kind {fact.name} has no {fact.told} there."
        options = bench.options(stem, fact.told, feedback, wrong)
        shown = "\n".join(fact.members)
        return bench.item(fact, use="quiz", kind="choice", prompt=stem, options=options, shown=shown)

    def _of_pattern(self, fact: Fact, kin: Sequence[Fact], bench: Bench) -> Item | None:
        """Which of the siblings the notes describe with these words."""
        stem = f"Which of these do the notes describe as \u201c{fact.says}\u201d?"
        if fact.head:
            stem = (
                f"By the table in the notes, which of these has \u201c{fact.says}\u201d under \u201c{fact.head}\u201d?"
            )
        siblings = [other for other in kin if other.name != fact.name]
        siblings = [other for other in siblings if not leaks(stem, other.name) and other.says != fact.says]
        if fact.group == 0 or len(siblings) < LEAST_WRONG or leaks(stem, fact.name):
            return None
        wrong = [(other.name, f"The notes say of {other.name}: \u201c{other.says}\u201d") for other in siblings[:3]]
        options = bench.options(stem, fact.name, "That is right.", wrong)
        return bench.item(fact, use="quiz", kind="choice", prompt=stem, options=options)


KIND = Choice()
