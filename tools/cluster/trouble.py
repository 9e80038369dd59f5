"""What the person at the terminal can be told and can do something about."""

from dataclasses import dataclass


@dataclass
class Trouble(Exception):
    """What is wrong, and the line that fixes it."""

    says: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.says}\n  {self.hint}" if self.hint else self.says
