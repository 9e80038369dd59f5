"""People and their logins: accounts, sessions kept on the server, a brake on guessing. Knows no cookie and no page."""

import hashlib
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import timedelta

from quizapp.services import throttle
from quizapp.services.context import Context
from quizapp.services.edge import check_zone
from quizapp.services.errors import BadInput, NotFound
from quizapp.services.passwords import hash_password, is_outdated, matches
from quizapp.services.throttle import TooManyTries
from quizapp.storage import people
from quizapp.storage.database import Session
from quizapp.storage.tables.people import User, UserSession

__all__ = ["TooManyTries", "UserView"]

ROLES = ("learner", "instructor", "admin")
CURATORS = ("instructor", "admin")
NAME_LENGTH = 64
AGENT_LENGTH = 40
PASSWORD_LENGTH = (8, 1024)
SESSION_LASTS = timedelta(days=30)
LOCAL = "(self-study)"


@dataclass(frozen=True, slots=True)
class UserView:
    """A person as pages see one; with `tz_fixed` the zone does not follow the browser."""

    id: str
    name: str
    role: str
    tz_name: str = "UTC"
    tz_fixed: bool = False


def local_user(ctx: Context) -> UserView:
    """The one person of self-study mode, made on the first call."""
    with ctx.database.read() as session:
        found = people.user_by_name(session, LOCAL)
    if found is None:
        with ctx.database.write() as session:
            new = User(name="You", name_key=LOCAL, role="learner", created_at=ctx.now())
            found = people.add_user_once(session, new)
    return view_of(found)


def person_named(ctx: Context, name: str | None) -> UserView:
    """Whom a command means: the account of that name, or without one the person of self-study mode."""
    if name is None:
        if ctx.settings.mode == "server":
            raise BadInput("--user", "is needed in server mode: whose cards are meant")
        return local_user(ctx)
    with ctx.database.read() as session:
        found = people.user_by_name(session, name_key(name))
    if found is None:
        raise BadInput("--user", f"there is no account {name!r}")
    return view_of(found)


def has_accounts(ctx: Context) -> bool:
    """Whether somebody could log in with a password."""
    with ctx.database.read() as session:
        return people.count_accounts(session) > 0


def create_user(ctx: Context, name: str, password: str, role: str) -> UserView:
    """A new account; raises BadInput for a name, password or role that cannot be used."""
    new = checked_account(ctx, name, password, role)
    with ctx.database.write() as session:
        return view_of(keep_account(session, new))


def checked_account(ctx: Context, name: str, password: str, role: str) -> User:
    """An account to keep, its password hashed; raises BadInput for what cannot be used."""
    name = " ".join(unicodedata.normalize("NFKC", name).split())
    if not name or len(name) > NAME_LENGTH:
        raise BadInput("name", f"a name has 1 to {NAME_LENGTH} characters")
    if not name.isprintable() or not name[0].isalnum():
        raise BadInput("name", "a name begins with a letter or digit and has no control characters")
    if role not in ROLES:
        raise BadInput("role", f"is {role!r}; it is one of {', '.join(ROLES)}")
    check_password(password)
    stored = hash_password(password)
    return User(name=name, name_key=name.casefold(), role=role, password_hash=stored, created_at=ctx.now())


def keep_account(session: Session, new: User) -> User:
    """Keeps a new account; raises BadInput when its name is taken."""
    found = people.add_user_once(session, new)
    if found.password_hash != new.password_hash:
        raise BadInput("name", f"{new.name!r} is taken; choose another name")
    return found


def authenticate(ctx: Context, name: str, password: str, *, address: str = "") -> UserView | None:
    """The person of that name and password, or None; raises TooManyTries when guesses from `address` come too fast."""
    found = _verified(ctx, name, password, address)
    return view_of(found) if found else None


def log_in(ctx: Context, name: str, password: str, *, address: str = "", agent: str = "") -> str | None:
    """A fresh token for the cookie of the person of that name and password, or None; raises TooManyTries.

    A password that is changed meanwhile opens nothing: whoever changes it ends every login, also one that just begins.
    """
    found = _verified(ctx, name, password, address)
    if found is None:
        return None
    with ctx.database.write() as session:
        now_there = people.lock_user(session, found.id)
        if now_there is None or now_there.password_hash != found.password_hash or now_there.disabled_at:
            return None
        return _add_session(ctx, session, found.id, agent)


def _verified(ctx: Context, name: str, password: str, address: str) -> User | None:
    """The person of that name and password; a try is counted as wrong until it turns out right."""
    key = name_key(name)
    throttle.count_try(ctx, key, address)
    with ctx.database.read() as session:
        found = people.user_by_name(session, key)
    stored = found.password_hash if found else None
    right = len(password) <= PASSWORD_LENGTH[1] and matches(stored, password)
    if not right or found is None or stored is None or found.disabled_at:
        return None
    throttle.forget_tries(ctx, key, address)
    if is_outdated(stored):
        fresh = hash_password(password)
        with ctx.database.write() as session:
            people.replace_password(session, found.id, stored, fresh)
        found.password_hash = fresh
    return found


def open_session(ctx: Context, user_id: str, agent: str = "") -> str:
    """A fresh token for a cookie, of which the database keeps the hash; `agent` says where it is used."""
    with ctx.database.write() as session:
        return _add_session(ctx, session, user_id, agent)


def _add_session(ctx: Context, session: Session, user_id: str, agent: str) -> str:
    token, now = secrets.token_urlsafe(32), ctx.now()
    row = UserSession(
        token_hash=hashed(token),
        user_id=user_id,
        created_at=now,
        expires_at=now + SESSION_LASTS,
        agent=agent[:AGENT_LENGTH],
    )
    people.add_session(session, row)
    return token


def session_user(ctx: Context, token: str) -> UserView | None:
    """Whose session this is, or None when it was closed, ran out, or never was."""
    with ctx.database.read() as session:
        found = people.session_owner(session, hashed(token), ctx.now())
    return view_of(found) if found else None


def close_session(ctx: Context, token: str) -> None:
    """Ends a session on the server; its token is worth nothing from now on."""
    with ctx.database.write() as session:
        people.remove_session(session, hashed(token))


def set_time_zone(ctx: Context, user_id: str, tz_name: str) -> None:
    """Where a browser says that the person is; raises BadInput for a zone nobody knows.

    Their days begin there from now on, the past unchanged, unless they chose a zone of their own.
    """
    check_zone("time_zone", tz_name)
    with ctx.database.write() as session:
        found = people.lock_user(session, user_id)
        if found is None:
            raise NotFound(user_id)
        if not found.tz_fixed:
            found.tz_name = tz_name


def may_curate(ctx: Context, person: UserView) -> bool:
    """Whether somebody may decide which items are asked and how they read: in self-study everybody is the author."""
    return ctx.settings.mode == "self-study" or person.role in CURATORS


def check_password(password: str) -> None:
    """Raises BadInput for a password that cannot be used."""
    shortest, longest = PASSWORD_LENGTH
    if not shortest <= len(password) <= longest:
        raise BadInput("password", f"a password has {shortest} to {longest} characters")


def name_key(name: str) -> str:
    """A typed name as logins compare it."""
    return " ".join(unicodedata.normalize("NFKC", name[: 4 * NAME_LENGTH]).split()).casefold().replace("\0", "")


def hashed(token: str) -> str:
    """What the database keeps of a token that only its owner has."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def view_of(user: User) -> UserView:
    """A person as pages see one."""
    return UserView(id=user.id, name=user.name, role=user.role, tz_name=user.tz_name, tz_fixed=user.tz_fixed)
