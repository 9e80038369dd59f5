"""People and their logins: accounts, sessions kept on the server, a brake on guessing. Knows no cookie and no page."""

from dataclasses import dataclass

from quizapp.services.context import Context


@dataclass(frozen=True, slots=True)
class UserView:
    """A person as pages see one."""

    id: str
    name: str
    role: str


class TooManyTries(Exception):
    """Too many wrong passwords; the next try is heard after `wait_seconds`."""

    def __init__(self, wait_seconds: int) -> None:
        super().__init__(f"too many tries; wait {wait_seconds} s")
        self.wait_seconds = wait_seconds


def local_user(ctx: Context) -> UserView:
    """The one person of self-study mode, made on the first call."""
    raise NotImplementedError


def has_accounts(ctx: Context) -> bool:
    """Whether somebody could log in with a password."""
    raise NotImplementedError


def create_user(ctx: Context, name: str, password: str, role: str) -> UserView:
    """A new account; raises BadInput for a name, password or role that cannot be used."""
    raise NotImplementedError


def authenticate(ctx: Context, name: str, password: str, *, address: str = "") -> UserView | None:
    """The person of that name and password, or None; raises TooManyTries when guesses from `address` come too fast."""
    raise NotImplementedError


def open_session(ctx: Context, user_id: str) -> str:
    """A fresh token for a cookie; the database keeps only its hash."""
    raise NotImplementedError


def session_user(ctx: Context, token: str) -> UserView | None:
    """Whose session this is, or None when it was closed, ran out, or never was."""
    raise NotImplementedError


def close_session(ctx: Context, token: str) -> None:
    """Ends a session on the server; its token is worth nothing from now on."""
    raise NotImplementedError


def close_all_sessions(ctx: Context, user_id: str) -> None:
    """Ends every session of a person."""
    raise NotImplementedError


def set_time_zone(ctx: Context, user_id: str, tz_name: str) -> None:
    """Where the person's days begin from now on, the past unchanged; raises BadInput for a zone nobody knows."""
    raise NotImplementedError
