"""A fact of the notes, ready to be asked: who, what, where it stands, and what is known to be false beside it.

Aligned facts are worded by the lexicon's claim; pattern facts by the notes, and then only siblings of one list, table
or glossary can stand against each other. Lists and procedures hold what the notes list, whole and in its order.
"""

from dataclasses import dataclass
from typing import Literal

from quizapp.lexicon.term import Claim, Term

Form = Literal["claim", "definition", "list", "steps", "column", "pairs", "manifest", "misspelt", "question"]


@dataclass(frozen=True, slots=True)
class Fact:
    """`says` follows the name ("runs containers") when aligned, and is the notes' own description otherwise.

    Of a list `name` is the line that introduces it, and `members` its entries. Of a column of a table `name` is its
    head: `members` are the rows with the cell `says` and `others` the rest, or `pairs` hold each row with its own cell.
    Of a cell that describes its row `head` is what stands over it, where that is part of the meaning. Of a manifest
    `name` is the kind and `says` its apiVersion. Of one to be shown with a misspelt field `says` is the right spelling,
    `told` the wrong one, `head` names the manifest, `members` are its lines, `pairs` names and places: of the right
    spelling first, then of other fields. Of a question `says` is the answer. Of a command that the lexicon vouches
    for, `command` is the line in the notes and `told` what it does by them.
    """

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
    form: Form = "definition"
    members: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    head: str = ""
    command: str = ""
    told: str = ""

    @property
    def aligned(self) -> bool:
        """Whether the lexicon vouches for it."""
        return self.claim is not None
