"""The tables of those who use the console."""

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.store.tables.base import NOT_IN_BACKUPS, Base, Moment


class AccountRow(Base):
    """A person who may use the console. Without a password hash the invitation has not been followed yet."""

    __tablename__ = "account"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(20))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    totp_secret: Mapped[str | None] = mapped_column(String(64))
    totp_used: Mapped[int | None] = mapped_column(Integer)
    language: Mapped[str] = mapped_column(String(12))
    created_at: Mapped[datetime] = mapped_column(Moment)
    disabled: Mapped[bool] = mapped_column(Boolean)

    # The history names accounts; a number must never mean another person.
    __table_args__ = ({"sqlite_autoincrement": True},)


class AccountAllianceRow(Base):
    """An alliance that an account works for."""

    __tablename__ = "account_alliance"
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    alliance_id: Mapped[str] = mapped_column(ForeignKey("alliance.id"), primary_key=True)


class SignInAttemptRow(Base):
    """One try to sign in. `key` is a digest of the account's or the sender's address."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = ({"info": NOT_IN_BACKUPS},)
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    key: Mapped[str] = mapped_column(String(64), index=True)
    tried_at: Mapped[datetime] = mapped_column(Moment, index=True)


class WebSessionRow(Base):
    """A sign-in that lasts. `id` is a digest of what the browser's cookie holds."""

    __tablename__ = "web_session"
    __table_args__ = ({"info": NOT_IN_BACKUPS},)
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    last_seen: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment, index=True)
