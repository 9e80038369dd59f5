"""What a service refuses, in words a page or a command can show. Knows nothing of either."""

from quizapp.storage.database import DatabaseTrouble, NoRoom

__all__ = ["BadInput", "Closed", "DatabaseTrouble", "NoRoom", "NotFound", "NothingToAsk", "Stale"]


class NotFound(LookupError):
    """There is no such thing, or it is somebody else's (the two look the same on purpose)."""


class NothingToAsk(LookupError):
    """The chosen part of the notes has no question to ask."""


class BadInput(ValueError):
    """`field` holds something that cannot be used; `says` is the reason and the way out."""

    def __init__(self, field: str, says: str) -> None:
        super().__init__(f"{field}: {says}")
        self.field, self.says = field, says


class Stale(Exception):
    """The page acted on something that has changed since it was shown."""


class Closed(Exception):
    """Its time has not come, or is over; `says` which, and what counts."""

    def __init__(self, says: str) -> None:
        super().__init__(says)
        self.says = says
