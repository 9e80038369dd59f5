"""Pairs to put together, each left side with its own right side. Knows facts, not other kinds."""

from collections.abc import Iterator, Mapping, Sequence

from quizapp.questions.bench import Bench, capital, leaks
from quizapp.questions.fact import Fact
from quizapp.questions.item import Item
from quizapp.questions.kind import Answer, Mark

LEAST, MOST = 3, 5


class Matching:
    """Terms of one type with what they do, or the pairs that claims of one term carry."""

    name = "matching"
    use = "quiz"
    forms = frozenset({"claim", "definition", "pairs"})

    def make(self, facts: Sequence[Fact], bench: Bench) -> Iterator[Item]:
        """One for each type, term or group of the section that has three pairs or more."""
        yield from self._carried(facts, bench)
        yield from self._of_types(facts, bench)
        yield from self._of_groups(facts, bench)
        yield from self._of_columns(facts, bench)

    def mark(self, item: Item, answer: Answer) -> Mark:
        """A share for every right pair."""
        if not isinstance(answer, Mapping):
            raise ValueError("give a right side to each left side")  # noqa: TRY004  (bad input, not a bug)
        rights = dict(item.pairs)
        if (
            not any(answer.values())
            or not set(answer) <= set(rights)
            or not set(answer.values()) <= {*rights.values(), ""}
        ):
            raise ValueError("give one of the right sides to each left side")
        hits = sum(answer.get(left) == right for left, right in item.pairs)
        feedback = {left: f"{left}: {right}" for left, right in item.pairs}
        words = "; ".join(f"{left}: {right}" for left, right in item.pairs)
        return Mark(round(hits / len(item.pairs), 4), hits == len(item.pairs), words, feedback)

    def _carried(self, facts: Sequence[Fact], bench: Bench) -> Iterator[Item]:
        terms: dict[str, list[Fact]] = {}
        for fact in facts:
            if fact.term and fact.claim and fact.claim.pair:
                terms.setdefault(fact.term.id, []).append(fact)
        for group in terms.values():
            pairs = [(fact.claim.pair[0], fact.claim.pair[1]) for fact in group if fact.claim and fact.claim.pair]
            term = group[0].term
            if term and term.match:
                yield from _item(group, [(capital(left), capital(right)) for left, right in pairs], term.match, bench)

    def _of_types(self, facts: Sequence[Fact], bench: Bench) -> Iterator[Item]:
        types: dict[str, dict[str, Fact]] = {}
        for fact in facts:
            if fact.term and fact.claim and not fact.claim.anywhere and not leaks(fact.says, fact.term.name):
                kin = types.setdefault(fact.term.type, {})
                if _apart(fact, kin.values(), bench):
                    kin.setdefault(fact.term.id, fact)
        for name, group in types.items():
            chosen = list(group.values())[:MOST]
            pairs = [(fact.name, capital(fact.says)) for fact in chosen]
            label = bench.lexicon.types[name].which.removeprefix("Which ").removeprefix("of these ")
            what = f"Match each {label} with what is true of it ({', '.join(fact.name for fact in chosen)})."
            yield from _item(chosen, pairs, what, bench)

    def _of_columns(self, facts: Sequence[Fact], bench: Bench) -> Iterator[Item]:
        for fact in facts:
            if fact.form == "pairs" and not any(leaks(left, right) or leaks(right, left) for left, right in fact.pairs):
                pairs = list(fact.pairs)[:MOST]
                names = ", ".join(left for left, _ in pairs)
                beside = f"its entry under \u201c{fact.name}\u201d in the table of the notes"
                what = f"Match each with {beside if fact.name else 'what the notes put beside it'} ({names})."
                yield from _item([fact], pairs, what, bench)

    def _of_groups(self, facts: Sequence[Fact], bench: Bench) -> Iterator[Item]:
        groups: dict[int, list[Fact]] = {}
        for fact in facts:
            if fact.form == "definition" and fact.group and not leaks(fact.says, fact.name):
                groups.setdefault(fact.group, []).append(fact)
        for group in groups.values():
            chosen = group[:MOST]
            names = ", ".join(fact.name for fact in chosen)
            what = f"Match each of these with how the notes describe it ({names})."
            if chosen[0].head:
                what = (
                    f"Match each with its entry under \u201c{chosen[0].head}\u201d in the table of the notes ({names})."
                )
            yield from _item(chosen, [(fact.name, fact.says) for fact in chosen], what, bench)


def _apart(fact: Fact, kin: object, bench: Bench) -> bool:
    """Whether neither fact holds for the other's term, so that every left side has one right side."""
    assert fact.term
    assert fact.claim
    for other in kin:  # type: ignore[attr-defined]
        if bench.lexicon.related(fact.term, other.term):
            return False
        if other.term.id in fact.claim.also or fact.term.id in other.claim.also:
            return False
    return True


def _item(facts: list[Fact], pairs: list[tuple[str, str]], what: str, bench: Bench) -> Iterator[Item]:
    lefts, rights = {left for left, _ in pairs}, {right for _, right in pairs}
    if len(pairs) < LEAST or len(lefts) < len(pairs) or len(rights) < len(pairs):
        return
    first, last = min(fact.first for fact in facts), max(fact.last for fact in facts)
    yield bench.spread(facts, first, last, kind="matching", prompt=what, pairs=tuple(pairs))


KIND = Matching()
