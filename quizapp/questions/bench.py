"""The tools that kinds make items with: names and phrases in sentences, false answers, stable order. Makes no item."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from quizapp.lexicon.term import Claim, Lexicon, Term
from quizapp.questions.fact import Fact
from quizapp.questions.item import Item, Option, item_id, option_id
from quizapp.questions.score import worth
from quizapp.questions.words import content_words

LEAK, LEAST_STEM = 5, 4


@dataclass(frozen=True, slots=True)
class Bench:
    """What is shared while one file is worked on; `mentioned` are the terms that its notes name."""

    slug: str
    lexicon: Lexicon
    mentioned: frozenset[str]

    def item(self, fact: Fact, *, use: str, kind: str, prompt: str, **parts: object) -> Item:
        """An item with everything that comes from its fact; `parts` are what its kind adds."""
        front = {"stem": prompt} if use == "quiz" else {"front": prompt}
        item = Item(
            id=item_id(self.slug, f"{kind} card: {prompt}" if use == "card" else prompt),
            use="card" if use == "card" else "quiz",
            kind=kind,
            section=fact.section,
            lines=(fact.first, fact.last),
            source=fact.source,
            fact=fact.id,
            score=0.0,
            payload=front | {name: _plain(part) for name, part in parts.items()},
        )
        return replace(item, score=worth(item))

    def spread(self, facts: Sequence[Fact], first: int, last: int, *, prompt: str, **parts: object) -> Item:
        """An item of several facts: it cites all of their lines, and is named by the first."""
        source = "\n".join(dict.fromkeys(fact.source for fact in facts))
        whole = replace(facts[0], first=first, last=last, source=source)
        use, kind = str(parts.pop("use", "quiz")), str(parts.pop("kind"))
        return self.item(whole, use=use, kind=kind, prompt=prompt, **parts)

    def options(self, stem: str, key: str, feedback: str, wrong: Sequence[tuple[str, str]]) -> tuple[Option, ...]:
        """Key and false answers in an order that depends on their texts alone."""
        made = [Option(option_id(key), key, True, feedback)]
        made += [Option(option_id(text), text, False, why) for text, why in wrong]
        return tuple(sorted(made, key=lambda option: stable(stem, option.text)))

    def others(self, fact: Fact, *, most: int = 3) -> list[Term]:
        """Terms of the same type for which the fact's claim is known to be false, those of the notes first."""
        if not fact.term or not fact.claim:
            return []
        term, claim = fact.term, fact.claim
        found = [
            other
            for other in self.lexicon.same_type(term)
            if other.claims
            and not other.claims[0].anywhere
            and other.id not in claim.also
            and not self.lexicon.related(term, other)
        ]
        found.sort(key=lambda other: self._nearness(term, other, claim))
        # A term of another subject that the notes never name gives itself away.
        return [other for other in found if other.id in self.mentioned or other.topic == term.topic][:most]

    def _nearness(self, term: Term, other: Term, claim: Claim) -> tuple[bool, bool, str]:
        """Terms that the notes name come first, then those of the same topic."""
        if term.type == "command" and other.name.split()[0] != term.name.split()[0]:
            return (True, True, stable(claim.id, other.id))
        return (other.id not in self.mentioned, other.topic != term.topic, stable(claim.id, other.id))

    def false_claims(self, fact: Fact, *, most: int = 3) -> list[tuple[str, Term]]:
        """What other terms of the type do, of the same form, and what the fact's term does not do."""
        if not fact.term or not fact.claim:
            return []
        term, found = fact.term, []
        for other in self.others(fact, most=12):
            for claim in other.claims:
                if term.id not in claim.also and not claim.anywhere and is_noun(claim) == is_noun(fact.claim):
                    found.append((claim.says, other))
                    break
        own, asked = len(fact.says), fact.claim
        found.sort(key=lambda one: (*self._nearness(term, one[1], asked)[:2], abs(len(one[0]) - own) // 20))
        return found[:most]


def is_noun(claim: Claim) -> bool:
    """Whether a claim says what something is, not what it does."""
    return claim.says.startswith("is ")


def sentence(term: Term, says: str) -> str:
    """The claim as a sentence about the term."""
    return f"{term.in_sentence(start=True)} {says}."


def asks_what(term: Term, claim: Claim) -> str:
    """The question for what a term is, means or does."""
    subject = term.in_sentence()
    if is_noun(claim):
        return f"What is {subject}?"
    if claim.says.startswith("means "):
        return f"What does {subject} mean?"
    if claim.says.startswith("consists of "):
        return f"What does {subject} consist of?"
    return f"What does {subject} do?"


def phrase(says: str) -> str:
    """A claim as an answer to that question."""
    for start in ("is ", "means that ", "means ", "consists of "):
        if says.startswith(start):
            return capital(says.removeprefix(start))
    return capital(f"it {says}")


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def as_answer(text: str) -> str:
    """A phrase with a capital first letter; one word as it is written, for it may be a name (targetPort, etcd)."""
    return capital(text) if " " in text else text


def stable(*texts: str) -> str:
    """A key for orders that look random and never change."""
    return hashlib.sha256("\x1f".join(texts).encode("utf-8", "surrogatepass")).hexdigest()


def leaks(prompt: str, name: str) -> bool:
    """Whether the prompt gives a name away: a part of it, or a word with the same first letters."""
    asked = [word.rstrip("s") for word in content_words(_parted(prompt))]
    for word in (word.rstrip("s") for word in content_words(_parted(name))):
        if word in asked or any(_one_stem(word, seen) for seen in asked):
            return True
    return False


def _one_stem(word: str, other: str) -> bool:
    """Whether two words begin alike, or the shorter one goes on in the longer (edit, editor)."""
    if min(len(word), len(other)) < LEAST_STEM:
        return False
    return word[:LEAK] == other[:LEAK] if len(word) >= LEAK else other.startswith(word)


def _parted(text: str) -> str:
    """CamelCase names as separate words beside the whole name."""
    return text + " " + re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)


def _plain(part: object) -> object:
    """Options and pairs as JSON has them."""
    if isinstance(part, tuple):
        return [
            asdict(one) if isinstance(one, Option) else list(one) if isinstance(one, tuple) else one for one in part
        ]
    return part
