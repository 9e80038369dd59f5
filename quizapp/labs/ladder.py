"""The help of a step as a ladder: nudges, commands, and at last the full solution, which its proof holds. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from quizapp.labs.proof import Part
from quizapp.labs.spec import Lab, Step

Kind = Literal["nudge", "command", "solution"]


@dataclass(frozen=True, slots=True)
class Rung:
    """One of them: words in Markdown, and commands that run as they stand in the lab's namespace."""

    kind: Kind
    says: str
    commands: tuple[str, ...] = ()


def ladder(lab: Lab, step: Step, namespace: str) -> tuple[Rung, ...]:
    """The rungs in the order in which they are opened; the last one is what turns the step green."""
    rungs = [
        Rung("command" if hint.command else "nudge", hint.says, (within(hint.command, namespace),) * bool(hint.command))
        for hint in step.hints
    ]
    part = next((part for part in lab.solution if part.step == step.id), None)
    commands = tuple(_commands(part, namespace)) if part else ()
    if commands:
        rungs.append(Rung("solution", "This is one way that turns the step green.", commands))
    return tuple(rungs)


def within(command: str, namespace: str) -> str:
    """The same command of kubectl for a namespace; any other command as it is."""
    words = command.split(maxsplit=1)
    if len(words) < 2 or words[0] != "kubectl":
        return command
    return f"kubectl -n {namespace} {words[1]}"


def _commands(part: Part, namespace: str) -> Iterator[str]:
    """In the order in which the tests do it: manifests, commands, and what happens in the namespace default."""
    if part.apply.strip():
        yield f"kubectl -n {namespace} apply -f - <<'END'\n{part.apply.strip()}\nEND"
    for words in part.run:
        yield within(f"kubectl {words}", namespace)
    for words in part.elsewhere:
        yield within(f"kubectl {words}", "default")
