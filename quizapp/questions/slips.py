"""Statements of notes that are known to be wrong, told to the author by line. Makes no question."""

import re
from dataclasses import dataclass

from quizapp.notes.document import NoteWarning
from quizapp.questions.said import Statement


@dataclass(frozen=True, slots=True)
class Slip:
    """A statement about `about` that looks like `wrong`, and what is right."""

    about: re.Pattern[str]
    wrong: re.Pattern[str]
    right: str


def _slip(about: str, wrong: str, right: str) -> Slip:
    return Slip(re.compile(about, re.IGNORECASE), re.compile(wrong, re.IGNORECASE), right)


RANGE = r"\s*(?:-|\u2013|to|and)\s*"
SLIPS = (
    _slip(
        r"\bnode ?ports?\b",
        rf"\b(?!30000\b)\d{{4,5}}{RANGE}\d{{5}}\b|\b30000{RANGE}(?!32767\b)\d{{4,5}}\b",
        "the ports of NodePort Services come from 30000 to 32767 by default",
    ),
    _slip(
        r"\bsecrets?\b",
        r"\b(?:is|are|stored|always) encrypted (?:by default|in etcd)|\bby default(?: stored)? encrypted\b",
        "Secrets are stored unencrypted in etcd unless encryption at rest is configured",
    ),
    _slip(
        r"\bservices?\b.*\bdefault\b|\bdefault\b.*\bservices?\b",
        r"\b(?:default (?:service )?type is|default is) (?:a )?(?:nodeport|loadbalancer)\b|"
        r"\b(?:nodeport|loadbalancer) is the default\b",
        "ClusterIP is the default type of a Service",
    ),
)


def slips(found: list[Statement]) -> list[NoteWarning]:
    """One warning for each statement that is wrong in a known way."""
    said = [(one.first, f"{one.subject} {one.text}") for one in found]
    return [
        NoteWarning(line, f"this looks wrong: {slip.right}")
        for line, text in said
        for slip in SLIPS
        if slip.about.search(text) and slip.wrong.search(text)
    ]
