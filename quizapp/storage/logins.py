"""Queries about open logins, links to choose a password by, and accounts that are shut. Knows no password."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from quizapp.storage.tables.people import PasswordLink, User, UserSession


def sessions_of(session: Session, user_id: str, now: datetime) -> Sequence[UserSession]:
    """Open logins of a person, the newest first."""
    query = select(UserSession).where(UserSession.user_id == user_id, UserSession.expires_at > now)
    return session.scalars(query.order_by(UserSession.created_at.desc(), UserSession.token_hash)).all()


def remove_session_called(session: Session, user_id: str, handle: str) -> bool:
    """Closes the session of that person whose hash begins with `handle`; whether there was one."""
    beginning = func.substr(UserSession.token_hash, 1, len(handle)) == handle
    gone = session.scalars(
        delete(UserSession).where(UserSession.user_id == user_id, beginning).returning(UserSession.token_hash)
    )
    return bool(gone.all())


def remove_other_sessions(session: Session, user_id: str, kept_hash: str) -> None:
    """Closes every session of a person but one."""
    session.execute(delete(UserSession).where(UserSession.user_id == user_id, UserSession.token_hash != kept_hash))


def set_password(session: Session, user_id: str, password_hash: str) -> None:
    """A new password: every session and every link of before holds no longer."""
    session.execute(update(User).where(User.id == user_id).values(password_hash=password_hash))
    remove_keys(session, user_id)


def remove_keys(session: Session, user_id: str) -> None:
    """Closes every session of a person and takes back every link."""
    session.execute(delete(UserSession).where(UserSession.user_id == user_id))
    session.execute(delete(PasswordLink).where(PasswordLink.user_id == user_id))


def add_link(session: Session, row: PasswordLink) -> None:
    """The one link of a person that holds from now on; forgets those that ran out."""
    old = (PasswordLink.user_id == row.user_id) | (PasswordLink.expires_at <= row.created_at)
    session.execute(delete(PasswordLink).where(old))
    session.add(row)


def link_owner(session: Session, token_hash: str, now: datetime) -> str | None:
    """The id of the person whose link that is, when it holds."""
    query = (
        select(User.id)
        .join(PasswordLink, PasswordLink.user_id == User.id)
        .where(PasswordLink.token_hash == token_hash, PasswordLink.expires_at > now, User.disabled_at.is_(None))
    )
    return session.scalar(query)


def lock_admins(session: Session) -> Sequence[User]:
    """Admins who can log in; whoever else shuts an account waits until this transaction ends."""
    query = select(User).where(User.role == "admin", User.disabled_at.is_(None), User.password_hash.is_not(None))
    return session.scalars(query.order_by(User.id).with_for_update()).all()
