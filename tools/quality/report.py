"""The figures of a report on quality, and the report itself as Markdown. Knows labels and items, no file."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from quizapp.questions.coverage import coverage
from quizapp.questions.export import answer_of
from quizapp.questions.item import Item, normalised
from quizapp.questions.words import content_words
from tools.quality.labels import TUNED, Fixture, KeyFact, Label

TOP = 3
LONG_SECTION = 25
TWINS = 85
STEM = 5


@dataclass(frozen=True, slots=True)
class Judged:
    """An item with what was said of it."""

    fixture: str
    item: Item
    label: Label
    aligned: bool
    second: Label | None = None

    @property
    def good(self) -> bool:
        """Whether everybody who judged it found it good on every point."""
        return self.label.strict and (self.second is None or self.second.strict)


def judged(fixtures: Iterable[Fixture]) -> list[Judged]:
    """Every item of all fixtures."""
    return [
        Judged(fixture.name, item, fixture.label(item), not item.in_own_words, fixture.seconds.get(item.id))
        for fixture in fixtures
        for item in fixture.made.items
    ]


def best(found: Sequence[Judged]) -> list[Judged]:
    """The three best of each section, as a rater of the release sees them."""
    sections: dict[tuple[str, tuple[str, ...]], list[Judged]] = {}
    for one in found:
        sections.setdefault((one.fixture, one.item.section), []).append(one)
    return [one for group in sections.values() for one in sorted(group, key=lambda one: -one.item.score)[:TOP]]


def share(found: Sequence[Judged], good: Callable[[Label], bool]) -> float:
    """The share in percent of items of which that is true; nothing of nothing is nothing."""
    return round(100 * sum(good(one.label) for one in found) / len(found), 1) if found else 0.0


def acceptance_rows(found: Sequence[Judged]) -> list[tuple[str, int, float, float, float]]:
    """Name, items, and the shares that are strict, lenient and fatal, for all and for each cut that tells something."""
    cuts: list[tuple[str, list[Judged]]] = [
        ("all items", list(found)),
        ("the three best of each section", best(found)),
        ("quiz", [one for one in found if one.item.use == "quiz"]),
        ("cards", [one for one in found if one.item.use == "card"]),
        ("aligned with the lexicon", [one for one in found if one.aligned]),
        ("in the notes' own words", [one for one in found if not one.aligned]),
        ("fixtures on which rules were first tried", [one for one in found if one.fixture in TUNED]),
        ("the other fixtures", [one for one in found if one.fixture not in TUNED]),
        ("best fifth by score", sorted(found, key=lambda one: -one.item.score)[: max(1, len(found) // 5)]),
    ]
    return [
        (
            name,
            len(cut),
            share(cut, lambda label: label.strict),
            share(cut, lambda label: label.lenient),
            share(cut, lambda label: label.fatal),
        )
        for name, cut in cuts
    ]


@dataclass(frozen=True, slots=True)
class Figures:
    """What can be counted without a person, in percent where a share."""

    items: int
    key_facts: int
    key_facts_tested: float
    key_facts_in_quiz: float
    sections: int
    sections_covered: float
    truths: float
    longest_keys: float
    twins: float
    closed_items: int


def figures(fixtures: Sequence[Fixture]) -> Figures:
    """Counted over all fixtures."""
    items = [item for fixture in fixtures for item in fixture.made.items]
    facts = [(fixture, fact) for fixture in fixtures for fact in fixture.facts]
    tested = [any(tests_fact(item, fact) for item in good(fixture)) for fixture, fact in facts]
    quiz = {fixture.name: [item for item in good(fixture) if item.use == "quiz"] for fixture in fixtures}
    asked = [any(tests_fact(item, fact) for item in quiz[fixture.name]) for fixture, fact in facts]
    truths = [any(o.correct and o.text == "True" for o in item.options) for item in items if item.kind == "truefalse"]
    choices = [item for item in items if item.kind == "choice"]
    long_sections = [
        (fixture, section)
        for fixture in fixtures
        for section in coverage(fixture.notes, fixture.made).sections
        if section.words >= LONG_SECTION and not section.why.startswith("its heading")
    ]
    covered = [any(item.section == section.path for item in good(fixture)) for fixture, section in long_sections]
    return Figures(
        items=len(items),
        key_facts=len(facts),
        key_facts_tested=percent(tested),
        key_facts_in_quiz=percent(asked),
        sections=len(long_sections),
        sections_covered=percent(covered),
        truths=percent(truths),
        longest_keys=percent([_key_is_longest(item) for item in choices]),
        twins=round(100 * _twins(fixtures) / max(1, len(items)), 1),
        closed_items=sum(len(fixture.made.items) for fixture in fixtures if fixture.name == "lab-only"),
    )


def tests_fact(item: Item, fact: KeyFact) -> bool:
    """Whether an item cites the fact's lines and has half of its words, since one line may hold many facts."""
    if item.lines[0] > fact.last or fact.first > item.lines[1]:
        return False
    said = {word[:STEM] for word in content_words(f"{item.prompt} {answer_of(item)}")}
    meant = {word[:STEM] for word in content_words(fact.says)}
    return 2 * len(meant & said) >= len(meant)


def good(fixture: Fixture) -> list[Item]:
    """The items that a person found acceptable."""
    return [item for item in fixture.made.items if fixture.label(item).lenient]


def percent(found: Sequence[bool]) -> float:
    """The share in percent that is true; nothing of nothing is nothing."""
    return round(100 * sum(found) / len(found), 1) if found else 0.0


def _key_is_longest(item: Item) -> bool:
    key = max(len(option.text) for option in item.options if option.correct)
    return all(key > len(option.text) for option in item.options if not option.correct)


def _twins(fixtures: Sequence[Fixture]) -> int:
    """Pairs of one fact in one form, or with nearly the same prompt in one form and file."""
    count = 0
    for fixture in fixtures:
        groups: dict[tuple[str, str], list[Item]] = {}
        for item in fixture.made.items:
            groups.setdefault((item.use, item.kind), []).append(item)
        for group in groups.values():
            texts = [(item.fact, normalised(item.prompt), item.payload.get("back")) for item in group]
            count += sum(
                one[0] == other[0] or (one[2] == other[2] and fuzz.token_sort_ratio(one[1], other[1]) >= TWINS)
                for place, one in enumerate(texts)
                for other in texts[place + 1 :]
            )
    return count


def kinds(fixtures: Sequence[Fixture]) -> Counter[str]:
    """How many items of each kind."""
    return Counter(item.kind for fixture in fixtures for item in fixture.made.items)


def lints(fixtures: Sequence[Fixture]) -> Counter[str]:
    """How many drafts each lint stopped."""
    return Counter(one.lint for fixture in fixtures for one in fixture.made.rejected)


def failed_points(found: Sequence[Judged]) -> Counter[str]:
    """How often each point of the rubric failed."""
    return Counter(point for one in found for point in one.label.fails)
