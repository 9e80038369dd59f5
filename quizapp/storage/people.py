"""Queries about people, their sessions and their tries to log in. Knows no password."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from quizapp.storage.tables.people import LoginThrottle, User, UserSession


def user(session: Session, user_id: str) -> User | None:
    """The person of that id."""
    return session.get(User, user_id)


def everybody(session: Session) -> list[str]:
    """The id of every person."""
    return list(session.scalars(select(User.id).order_by(User.id)))


def lock_user(session: Session, user_id: str) -> User | None:
    """The person of that id, to write for: whoever else writes for them waits until this transaction ends."""
    return session.get(User, user_id, with_for_update=True)


def user_by_name(session: Session, name_key: str) -> User | None:
    """The person who logs in with that name."""
    return session.scalar(select(User).where(User.name_key == name_key))


def add_user_once(session: Session, new: User) -> User:
    """Adds a person unless the name is taken; returns the person who has the name afterwards."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    columns = {column.name: getattr(new, column.key) for column in User.__mapper__.columns}
    given = {name: value for name, value in columns.items() if value is not None}
    session.execute(insert(User).values(given).on_conflict_do_nothing(index_elements=["name_key"]))
    found = user_by_name(session, new.name_key)
    assert found, "the person was added or was there"
    return found


def replace_password(session: Session, user_id: str, old_hash: str, new_hash: str) -> None:
    """Stores a new hash unless the password was changed meanwhile."""
    session.execute(
        update(User).where(User.id == user_id, User.password_hash == old_hash).values(password_hash=new_hash)
    )


def count_accounts(session: Session) -> int:
    """How many people could log in with a password."""
    accounts = select(func.count()).select_from(User).where(User.password_hash.is_not(None), User.disabled_at.is_(None))
    return session.scalar(accounts) or 0


def session_owner(session: Session, token_hash: str, now: datetime) -> User | None:
    """Who has that session open."""
    return session.scalar(
        select(User)
        .join(UserSession, UserSession.user_id == User.id)
        .where(UserSession.token_hash == token_hash, UserSession.expires_at > now, User.disabled_at.is_(None))
    )


def add_session(session: Session, row: UserSession) -> None:
    """Opens a session and forgets those that ran out."""
    session.execute(delete(UserSession).where(UserSession.expires_at <= row.created_at))
    session.add(row)


def remove_session(session: Session, token_hash: str) -> None:
    """Closes one session."""
    session.execute(delete(UserSession).where(UserSession.token_hash == token_hash))


def lock_throttles(session: Session, subjects: Collection[str], now: datetime) -> dict[str, LoginThrottle]:
    """The rows that count wrong passwords, made when missing, held until this transaction ends."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    rows = [{"subject": subject, "failures": 0, "last_failed_at": now} for subject in sorted(subjects)]
    session.execute(insert(LoginThrottle).values(rows).on_conflict_do_nothing())
    query = select(LoginThrottle).where(LoginThrottle.subject.in_(subjects)).order_by(LoginThrottle.subject)
    return {row.subject: row for row in session.scalars(query.with_for_update())}


def forget_old_failures(session: Session, before: datetime) -> None:
    """Wrong passwords of long ago no longer count."""
    session.execute(delete(LoginThrottle).where(LoginThrottle.last_failed_at < before))
