"""One expectation that does not hold. Knows nothing of where it came from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """`path` as kubectl would write it below the object, what was expected there and what is there, in words."""

    path: str
    expected: str
    actual: str

    def to_dict(self) -> dict[str, str]:
        """The shape of `lab check --json`."""
        return {"path": self.path, "expected": self.expected, "actual": self.actual}


ABSENT = "absent"
ASKED = "your answer to: "


def shown(value: object) -> str:
    """A value as a learner would write it in YAML, cut to a line."""
    if value is None:
        return ABSENT
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        text = "{" + ", ".join(f"{key}: {shown(item)}" for key, item in value.items()) + "}"
    elif isinstance(value, list | tuple):
        text = "[" + ", ".join(shown(item) for item in value) + "]"
    else:
        text = str(value)
    return text if len(text) <= 120 else text[:117] + "..."
