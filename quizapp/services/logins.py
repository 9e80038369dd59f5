"""A person's own logins and password, and what an admin does about them. Knows no cookie and no page.

Whatever changes a password or shuts an account ends every login of before: who took a cookie along loses it too.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from quizapp.services import users
from quizapp.services.context import Context
from quizapp.services.errors import BadInput, NotFound
from quizapp.services.passwords import hash_password
from quizapp.services.users import UserView
from quizapp.storage import logins as store
from quizapp.storage import people
from quizapp.storage.database import Session
from quizapp.storage.tables.people import PasswordLink, User

HANDLE_LENGTH = 16
LONGEST_LINK_H = 14 * 24


@dataclass(frozen=True, slots=True)
class Login:
    """An open login; `handle` names it for its owner and opens nothing, `agent` says where it is."""

    handle: str
    agent: str
    since: datetime
    until: datetime
    here: bool


def open_logins(ctx: Context, user_id: str, token: str) -> list[Login]:
    """Every login of a person, the newest first; `token` is the one that asks."""
    with ctx.database.read() as session:
        rows = store.sessions_of(session, user_id, ctx.now())
    here = users.hashed(token)
    return [
        Login(row.token_hash[:HANDLE_LENGTH], row.agent, row.created_at, row.expires_at, row.token_hash == here)
        for row in rows
    ]


def end_login(ctx: Context, user_id: str, handle: str) -> None:
    """Ends one login of that person; raises NotFound for any other."""
    with ctx.database.write() as session:
        if len(handle) != HANDLE_LENGTH or not store.remove_session_called(session, user_id, handle):
            raise NotFound(handle)


def end_other_logins(ctx: Context, user_id: str, token: str) -> None:
    """Ends every login of a person but the one that asks."""
    with ctx.database.write() as session:
        store.remove_other_sessions(session, user_id, users.hashed(token))


def change_password(ctx: Context, person: UserView, current: str, new: str, *, address: str = "") -> None:
    """Takes the new password for the current one; every login of before ends, also the one that asks.

    Raises BadInput for a wrong current password or a new one that cannot be used, TooManyTries as a login does.
    """
    users.check_password(new)
    found = users.authenticate(ctx, person.name, current, address=address)
    if found is None or found.id != person.id:
        raise BadInput("current", "the current password is wrong")
    hashed = hash_password(new)
    with ctx.database.write() as session:
        people.lock_user(session, person.id)
        store.set_password(session, person.id, hashed)


def issue_link(ctx: Context, name: str, hours: int) -> tuple[str, datetime]:
    """A token by which the person of that name may choose a password once, and the instant until which it holds.

    A link that was issued before holds no longer; the password of before does, until another one is chosen.
    Raises BadInput when there is no such account, or it is disabled.
    """
    if not 1 <= hours <= LONGEST_LINK_H:
        raise BadInput("hours", f"a link holds from 1 to {LONGEST_LINK_H} hours")
    token, now = secrets.token_urlsafe(32), ctx.now()
    with ctx.database.write() as session:
        found = _account(session, name)
        if found.disabled_at:
            raise BadInput("name", f"{found.name!r} is disabled; first: quizapp user enable {found.name}")
        until = now + timedelta(hours=hours)
        store.add_link(
            session,
            PasswordLink(token_hash=users.hashed(token), user_id=found.id, created_at=now, expires_at=until),
        )
    return token, until


def link_holds(ctx: Context, token: str) -> bool:
    """Whether a password can be chosen by that token now."""
    return _link_owner(ctx, token) is not None


def use_link(ctx: Context, token: str, new: str) -> None:
    """Chooses a password by a link, which then holds no longer; every login of before ends.

    Raises NotFound for a link that was used, ran out, was taken back or never was; BadInput for a password that cannot
    be used, and then the link still holds.
    """
    owner = _link_owner(ctx, token)
    if owner is None:  # before the work of a hash: strangers get none of it
        raise NotFound("link")
    users.check_password(new)
    hashed = hash_password(new)
    with ctx.database.write() as session:
        people.lock_user(session, owner)
        if store.link_owner(session, users.hashed(token), ctx.now()) is None:
            raise NotFound("link")  # somebody was faster
        store.set_password(session, owner, hashed)


def disable(ctx: Context, name: str) -> UserView:
    """Shuts an account: its logins and links end at once, what the person did stays.

    Raises BadInput when there is no such account, or when nobody could open it again.
    """
    with ctx.database.write() as session:
        admins = store.lock_admins(session)
        found = _account(session, name)
        if [admin.id for admin in admins] == [found.id]:
            raise BadInput("name", f"{found.name!r} is the only admin; make another one first")
        found.disabled_at = found.disabled_at or ctx.now()
        store.remove_keys(session, found.id)
        return users.view_of(found)


def enable(ctx: Context, name: str) -> UserView:
    """Opens an account again, with the password that it had."""
    with ctx.database.write() as session:
        found = _account(session, name)
        found.disabled_at = None
        return users.view_of(found)


def _link_owner(ctx: Context, token: str) -> str | None:
    with ctx.database.read() as session:
        return store.link_owner(session, users.hashed(token), ctx.now())


def _account(session: Session, name: str) -> User:
    found = people.user_by_name(session, users.name_key(name))
    if found is None or found.name_key == users.LOCAL:
        raise BadInput("name", f"there is no account {name!r}")
    return found
