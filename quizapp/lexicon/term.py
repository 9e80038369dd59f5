"""Terms, their types and the claims that hold for them. Knows neither the files they come from nor their use."""

from collections.abc import Mapping
from dataclasses import dataclass, field


class LexiconError(Exception):
    """A mistake in the lexicon's files, by file and line."""

    def __init__(self, file: str, line: int, says: str) -> None:
        super().__init__(file, line, says)
        self.file = file
        self.line = line
        self.says = says

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.says}"


@dataclass(frozen=True, slots=True)
class Wrong:
    """An answer known to be false, and what it is instead."""

    text: str
    feedback: str


@dataclass(frozen=True, slots=True)
class Claim:
    """Something true of a term in Kubernetes 1.34 to 1.37, worded to follow its name ("runs containers").

    `when` holds groups of alternatives: notes state the claim when each group is met. A claim is exclusive among terms
    of its type, except for those in `also`. `anywhere` claims need no subject, since their groups name it. One of the
    spellings in `value` has to stand in the statement itself; a statement with another number contradicts the claim.
    """

    id: str
    says: str
    when: tuple[tuple[tuple[str, ...], ...], ...]
    also: tuple[str, ...] = ()
    anywhere: bool = False
    ask: str = ""
    answer: str = ""
    wrong: tuple[Wrong, ...] = ()
    true: str = ""
    false: str = ""
    blank: str = ""
    accept: tuple[str, ...] = ()
    pair: tuple[str, str] | None = None
    value: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Type:
    """A class of terms: `which` starts a question ("Which object"), `article` goes before a term in a
    sentence, and `common` names are plain words that take a capital at its start.

    `plural` names them together ("types of Service"); terms of the types in `foils` are for sure none of them.
    """

    id: str
    which: str
    article: str
    common: bool
    plural: str = ""
    foils: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the field; `article` is empty, "a" or "the"; `match` is the question that its claims' pairs answer,
    `topic` the file it stands in."""

    id: str
    name: str
    type: str
    common: bool
    article: str
    aliases: tuple[str, ...]
    related: tuple[str, ...]
    match: str
    topic: str
    claims: tuple[Claim, ...]

    def in_sentence(self, *, start: bool = False) -> str:
        """The name as a subject: "a Pod", "the kubelet", "etcd"."""
        article = self.article
        if article == "a" and self.name[0].lower() in "aeiou" and not self.name.lower().startswith(("uni", "use")):
            article = "an"
        text = f"{article} {self.name}" if article else self.name
        return text[0].upper() + text[1:] if start and (article or self.common) else text


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All terms in the order of the files, and how each can be written."""

    types: Mapping[str, Type]
    terms: Mapping[str, Term]
    names: Mapping[str, str]
    words: frozenset[str] = field(default=frozenset())

    def find(self, written: str) -> Term | None:
        """The term of that spelling, whatever its case, plural or dashes."""
        found = self.names.get(spelling(written))
        return self.terms[found] if found else None

    def same_type(self, term: Term) -> list[Term]:
        """The other terms of the same type."""
        return [other for other in self.terms.values() if other.type == term.type and other.id != term.id]

    def related(self, one: Term, other: Term) -> bool:
        """Whether a claim about one may hold for the other through is-a, part-of or another bond."""
        return one.id in other.related or other.id in one.related


def spelling(text: str) -> str:
    """What two spellings of one name share."""
    words = text.casefold().replace("-", " ").replace("_", " ").replace("/", " ").split()
    return " ".join(word if len(word) < 4 or word.endswith("ss") else word.removesuffix("s") for word in words)
