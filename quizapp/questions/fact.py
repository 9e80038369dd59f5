"""A fact of the notes, ready to be asked: who, what, where it stands, and what is known to be false beside it.

Aligned facts are worded by the lexicon's claim; pattern facts by the notes, and then only siblings of one list, table
or glossary can stand against each other.
"""

from dataclasses import dataclass

from quizapp.lexicon.term import Claim, Term


@dataclass(frozen=True, slots=True)
class Fact:
    """`says` follows the name ("runs containers") when aligned, and is the notes' own description otherwise."""

    id: str
    name: str
    says: str
    section: tuple[str, ...]
    first: int
    last: int
    source: str
    group: int
    number: int
    term: Term | None = None
    claim: Claim | None = None
    code: bool = False

    @property
    def aligned(self) -> bool:
        """Whether the lexicon vouches for it."""
        return self.claim is not None
