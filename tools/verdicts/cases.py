"""What is judged, and what is right there: situations that were made, and recordings of real clusters."""

from collections.abc import Iterator
from dataclasses import dataclass

from quizapp.labs.verdict import Verdict
from tests.lab_proofs import near_misses, proven_labs, solution
from tests.labs.recordings import recordings
from tests.labs.table import situations


@dataclass(frozen=True)
class Case:
    """State and first rule (- for none), as found and as expected; `source` says where the evidence is from."""

    name: str
    source: str
    found: tuple[str, str]
    expected: tuple[str, str]

    @property
    def right(self) -> bool:
        """Whether both are."""
        return self.found == self.expected


def all_cases() -> Iterator[Case]:
    """Every situation and every recording."""
    for one in situations():
        yield Case(one.name, "made", in_short(one.verdict()), one.expected)
    for recording in recordings():
        yield Case(recording.name, "broken live", in_short(recording.verdict()), recording.expected)
    for slug in proven_labs():
        for way in (*solution(slug), *near_misses(slug)):
            found = in_short(way.replayed())
            state, rule = way.expect["state"], way.expect.get("rule", "-" if way.expect["state"] != "blocked" else "")
            yield Case(f"{slug}: {way.name}", "recorded of labs", found, (state, rule or found[1]))


def in_short(found: Verdict) -> tuple[str, str]:
    """State and first rule."""
    return found.state, found.causes[0].rule if found.causes else "-"
