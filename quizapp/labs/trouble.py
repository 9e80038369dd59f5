"""Why a cluster could not be observed, in a learner's words. Knows no client; the adapter sorts its errors
into these."""

from dataclasses import dataclass


class ClusterTrouble(Exception):
    """The cluster could not be observed: `says` what happened, `hint` the command or step that mends it.

    `rule` is the C-rule of the diagnosis (C1 not reachable, C2 stale address, C3 certificate files, C4 certificate,
    C5 not allowed, C8 not JSON).
    """

    def __init__(self, says: str, hint: str, *, rule: str = "C1", value: str = "") -> None:
        super().__init__(f"{says} {hint}".strip())
        self.says, self.hint, self.rule, self.value = says, hint, rule, value


class ContextRefused(ClusterTrouble):
    """No context may be used without a choice or a confirmation by the learner."""

    def __init__(self, says: str, hint: str, *, value: str = "") -> None:
        super().__init__(says, hint, rule="C6", value=value)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A part of the evidence that could not be read; the rest may be sound."""

    rule: str
    says: str
    hint: str
    value: str
