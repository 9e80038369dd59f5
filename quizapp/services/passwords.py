"""Password hashes, by the OWASP profile of argon2id. The only importer of argon2; knows nobody's name.

A wrong name costs as much time as a wrong password, and at most two hashes are computed at once, so that a storm of
logins does not stop the pages.
"""

import threading
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

HASHER = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
AT_ONCE = threading.BoundedSemaphore(2)


def hash_password(password: str) -> str:
    """The hash to store."""
    with AT_ONCE:
        return HASHER.hash(password)


def matches(stored: str | None, password: str) -> bool:
    """Whether the password is the stored one; without a stored one the same work is done for nothing."""
    dummy = _dummy()
    with AT_ONCE:
        try:
            return HASHER.verify(stored or dummy, password) and stored is not None
        except (VerificationError, InvalidHashError):
            return False


def is_outdated(stored: str) -> bool:
    """Whether the hash was made with weaker settings than today's."""
    return HASHER.check_needs_rehash(stored)


@lru_cache(maxsize=1)
def _dummy() -> str:
    return hash_password("nobody has this password")
