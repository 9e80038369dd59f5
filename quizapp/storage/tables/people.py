"""People, their sessions, and the brake on guessing passwords."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.scheduling.queue import NEW_PER_DAY, REVIEWS_PER_DAY
from quizapp.scheduling.studyday import ROLLOVER_H
from quizapp.storage.columns import Base, UtcDateTime, new_id


class User(Base):
    """A person; `name_key` is the name as logins compare it, `rollover_h` the hour at which the study day begins.

    With `tz_fixed` the zone is one that the person chose, and what a browser reports is left aside.
    """

    __tablename__ = "user_account"
    __table_args__ = (
        CheckConstraint("role IN ('learner', 'instructor', 'admin')", name="role"),
        CheckConstraint("rollover_h BETWEEN 0 AND 23", name="rollover_h"),
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(unique=True)
    role: Mapped[str]
    password_hash: Mapped[str | None]
    tz_name: Mapped[str] = mapped_column(default="UTC")
    tz_fixed: Mapped[bool] = mapped_column(default=False)
    rollover_h: Mapped[int] = mapped_column(default=ROLLOVER_H)
    new_per_day: Mapped[int] = mapped_column(default=NEW_PER_DAY)
    bury_siblings: Mapped[bool] = mapped_column(default=True)
    show_streak: Mapped[bool] = mapped_column(default=True)
    reviews_per_day: Mapped[int] = mapped_column(default=REVIEWS_PER_DAY)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    disabled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class UserSession(Base):
    """An open login; the token itself is only in the person's cookie, `agent` says where it is (`Firefox on Linux`)."""

    __tablename__ = "user_session"
    __table_args__ = (Index(None, "user_id"),)

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    agent: Mapped[str] = mapped_column(default="")


class PasswordLink(Base):
    """A link by which its owner may choose a password once; the token itself is only in the link."""

    __tablename__ = "password_link"
    __table_args__ = (Index(None, "user_id"),)

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)


class LoginThrottle(Base):
    """Wrong passwords of late: for an account, for an address, and for the two together."""

    __tablename__ = "login_throttle"

    subject: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int]
    last_failed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    blocked_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
