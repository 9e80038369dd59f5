"""The brake on guessing passwords. Counts tries in the database, so that all workers count together.

A try is counted before the password is looked at, so that many guesses at once cannot slip through. Nobody is locked
out for good: the wait grows with every wrong try up to a bound, and wrong tries of an hour ago are forgotten.
"""

from dataclasses import dataclass
from datetime import timedelta

from quizapp.services.context import Context
from quizapp.storage import people

FORGOTTEN_AFTER = timedelta(hours=1)
FIRST_WAIT_S = 60


@dataclass(frozen=True, slots=True)
class Brake:
    """`free` wrong tries cost nothing; from then on each doubles the wait, up to `longest_s` seconds."""

    free: int
    longest_s: int

    def wait_s(self, failures: int) -> int:
        """How long the next try has to wait after so many wrong ones, in seconds."""
        if failures < self.free:
            return 0
        return min(self.longest_s, FIRST_WAIT_S * int(2 ** min(failures - self.free, 10)))


BOTH, ADDRESS, ACCOUNT = Brake(5, 900), Brake(30, 900), Brake(50, 60)


class TooManyTries(Exception):
    """Too many wrong passwords; the next try is heard after `wait_seconds`."""

    def __init__(self, wait_seconds: int) -> None:
        super().__init__(f"too many tries; wait {wait_seconds} s")
        self.wait_seconds = wait_seconds


def count_try(ctx: Context, name_key: str, address: str) -> None:
    """Counts a try as wrong until it turns out right; raises TooManyTries while the brake holds."""
    now = ctx.now()
    brakes = _brakes(name_key, address)
    with ctx.database.write() as session:
        people.forget_old_failures(session, now - FORGOTTEN_AFTER)
        rows = people.lock_throttles(session, brakes, now)
        waits = [(row.blocked_until - now).total_seconds() for row in rows.values() if row.blocked_until]
        wait = max(waits, default=0.0)
        if wait <= 0:
            for subject, row in rows.items():
                row.failures += 1
                row.last_failed_at = now
                row.blocked_until = now + timedelta(seconds=brakes[subject].wait_s(row.failures))
    if wait > 0:
        raise TooManyTries(int(wait) + 1)


def forget_tries(ctx: Context, name_key: str, address: str) -> None:
    """The right password was given: tries for this account are forgotten, and for this address the last one is."""
    brakes = _brakes(name_key, address)
    with ctx.database.write() as session:
        for subject, row in people.lock_throttles(session, brakes, ctx.now()).items():
            row.failures = row.failures - 1 if brakes[subject] is ADDRESS else 0
            row.blocked_until = None


def _brakes(name_key: str, address: str) -> dict[str, Brake]:
    return {f"both {address} {name_key}": BOTH, f"address {address}": ADDRESS, f"account {name_key}": ACCOUNT}
