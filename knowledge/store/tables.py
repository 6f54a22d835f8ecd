"""The tables of the store. Every column is nullable only where the contract says so; migrations/ must give the same."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """The declarative base of all tables."""


class Moment(TypeDecorator[datetime]):
    """A time with its zone, read back in UTC: SQLite forgets the zone, PostgreSQL answers in the session's."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  # SQLAlchemy's signature
        """Return the time in UTC."""
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  # SQLAlchemy's signature
        """Return the time in UTC."""
        return value and (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC))


# The `info` of tables that no backup takes: what only the present moment needs, or what was promised to be forgotten.
NOT_IN_BACKUPS = {"in_backups": False}


class AllianceRow(Base):
    """One alliance; `content` holds the contract's fields as JSON."""

    __tablename__ = "alliance"
    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    version: Mapped[int] = mapped_column(Integer)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)


class OfferingRow(Base):
    """One offering in its present version; `content` holds the contract's fields as JSON."""

    __tablename__ = "offering"
    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    alliance_id: Mapped[str] = mapped_column(ForeignKey("alliance.id"), index=True)
    state: Mapped[str] = mapped_column(String(20), index=True)
    version: Mapped[int] = mapped_column(Integer)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)


class GuideRow(Base):
    """One guide in its present version."""

    __tablename__ = "guide"
    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    alliance_id: Mapped[str | None] = mapped_column(ForeignKey("alliance.id"), index=True)
    version: Mapped[int] = mapped_column(Integer)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)


class RevisionRow(Base):
    """One edit of a record: who, when, and the content after it (None: withdrawn for good)."""

    __tablename__ = "revision"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    kind: Mapped[str] = mapped_column(String(20))
    record_id: Mapped[str] = mapped_column(String(80))
    version: Mapped[int] = mapped_column(Integer)
    state: Mapped[str | None] = mapped_column(String(20))
    editor: Mapped[str] = mapped_column(String(254))
    edited_at: Mapped[datetime] = mapped_column(Moment)
    content: Mapped[dict[str, Any] | None] = mapped_column(JSON)

    __table_args__ = (
        UniqueConstraint("kind", "record_id", "version"),
        Index("ix_revision_edited_at", "edited_at"),
    )


class ConversationRow(Base):
    """What the gateway remembers of a conversation: its language, and what to ask the search again with."""

    __tablename__ = "conversation"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    language: Mapped[str] = mapped_column(String(12))
    turns: Mapped[int] = mapped_column(Integer)
    memory: Mapped[dict[str, Any]] = mapped_column(JSON)
    touched_at: Mapped[datetime] = mapped_column(Moment, index=True)

    __table_args__ = ({"info": NOT_IN_BACKUPS},)


class QuestionRow(Base):
    """A parent's question left for an alliance's coordinator, with the contact the parent chose to give."""

    __tablename__ = "question"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    alliance_id: Mapped[str] = mapped_column(ForeignKey("alliance.id"), index=True)
    conversation_id: Mapped[str] = mapped_column(String(64), index=True)
    language: Mapped[str] = mapped_column(String(12))
    text: Mapped[str] = mapped_column(Text)
    contact: Mapped[str] = mapped_column(String(254))
    state: Mapped[str] = mapped_column(String(20), index=True)
    asked_at: Mapped[datetime] = mapped_column(Moment)
    delete_after: Mapped[datetime] = mapped_column(Moment, index=True)
    notified_at: Mapped[datetime | None] = mapped_column(Moment)

    # SQLite would give the number of a deleted question to the next one, and a mail about the old one would name the new.
    __table_args__ = ({"sqlite_autoincrement": True},)


class FeedbackRow(Base):
    """One parent's word on the answers, without anything that leads back to the parent; `hour` is no closer time than that."""

    __tablename__ = "feedback"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    hour: Mapped[datetime] = mapped_column(Moment, index=True)
    alliance_id: Mapped[str | None] = mapped_column(ForeignKey("alliance.id"))
    language: Mapped[str] = mapped_column(String(12))
    helped: Mapped[bool] = mapped_column(Boolean)
    reason: Mapped[str | None] = mapped_column(String(20))


class DraftRow(Base):
    """An offering as its editors work on it, beside the published one or before there is one; parents never see it."""

    __tablename__ = "draft"
    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    alliance_id: Mapped[str] = mapped_column(ForeignKey("alliance.id"), index=True)
    state: Mapped[str] = mapped_column(String(20))
    version: Mapped[int] = mapped_column(Integer)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)


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


class ChannelUpdateRow(Base):
    """One event that a messenger delivered. `user` and `payload` are there until it is answered; then only that it came."""

    __tablename__ = "channel_update"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    channel: Mapped[str] = mapped_column(String(20))
    update_id: Mapped[str] = mapped_column(String(200))
    user: Mapped[str | None] = mapped_column(String(64))
    payload: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(20))
    attempts: Mapped[int] = mapped_column(Integer)
    lease_until: Mapped[datetime | None] = mapped_column(Moment)
    received_at: Mapped[datetime] = mapped_column(Moment, index=True)

    __table_args__ = (
        UniqueConstraint("channel", "update_id"),
        Index("ix_channel_update_state_id", "state", "id"),
        Index("ix_channel_update_user_state_id", "user", "state", "id"),
        {"info": NOT_IN_BACKUPS},
    )


class ChannelMessageRow(Base):
    """One message to be sent by a messenger; deleted when it was sent. What was given up stays to be counted, without its content."""

    __tablename__ = "channel_message"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    channel: Mapped[str] = mapped_column(String(20))
    user: Mapped[str | None] = mapped_column(String(64))
    address: Mapped[str | None] = mapped_column(String(200))
    content: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(20))
    attempts: Mapped[int] = mapped_column(Integer)
    not_before: Mapped[datetime] = mapped_column(Moment)
    created_at: Mapped[datetime] = mapped_column(Moment, index=True)

    __table_args__ = (
        Index("ix_channel_message_state_not_before", "state", "not_before"),
        Index("ix_channel_message_user_state_id", "user", "state", "id"),
        {"info": NOT_IN_BACKUPS},
    )


class ChannelButtonRow(Base):
    """A button's command that is too long for a messenger, under the short key that stands on the button; nobody's in particular."""

    __tablename__ = "channel_button"
    __table_args__ = ({"info": NOT_IN_BACKUPS},)
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    payload: Mapped[str] = mapped_column(Text)
    shown_at: Mapped[datetime] = mapped_column(Moment, index=True)


class ChannelAddressRow(Base):
    """Where in a messenger a parent waits for the answer of an alliance's people; kept, and backed up, as the question is."""

    __tablename__ = "channel_address"
    conversation_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    channel: Mapped[str] = mapped_column(String(20))
    address: Mapped[str] = mapped_column(String(200))
    delete_after: Mapped[datetime] = mapped_column(Moment, index=True)


class ChannelChoiceRow(Base):
    """What the numbers of the last answer mean, where a messenger has no buttons and parents answer with a number."""

    __tablename__ = "channel_choice"
    __table_args__ = ({"info": NOT_IN_BACKUPS},)
    conversation_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    payloads: Mapped[list[str]] = mapped_column(JSON)
    shown_at: Mapped[datetime] = mapped_column(Moment, index=True)
