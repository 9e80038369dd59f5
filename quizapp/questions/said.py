"""One thing that notes say. Knows neither the form it was said in nor what it means."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing said. `context` is the line that introduces its list; statements of one `group` are siblings.

    Of a cell of a table `head` is what stands over its column; `fenced` lines stand in a block of code. A
    `nested` one stands below an entry that says what its subject is.
    """

    subject: str
    text: str
    first: int
    last: int
    section: tuple[str, ...]
    context: str = ""
    group: int = 0
    code: bool = False
    head: str = ""
    fenced: bool = False
    nested: bool = False
