"""The tables of the store. Every column is nullable only where the contract says so; migrations/ must give the same."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
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


class SavedQuestionRow(Base):
    """A question with which an offering should be found, and how that went when it was asked last.

    The offering may be a draft that was never published, so it is no foreign key. `index_of` is the generation of the index
    that was asked, `asked_on` the day that it was asked for.
    """

    __tablename__ = "saved_question"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    alliance_id: Mapped[str] = mapped_column(ForeignKey("alliance.id"), index=True)
    offering_id: Mapped[str] = mapped_column(String(80), index=True)
    text: Mapped[str] = mapped_column(String(300))
    language: Mapped[str] = mapped_column(String(12))
    near: Mapped[str] = mapped_column(String(100))
    within: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(20))
    rank: Mapped[int | None] = mapped_column(Integer)
    why: Mapped[str | None] = mapped_column(String(20))
    asked_on: Mapped[date | None] = mapped_column(Date)
    index_of: Mapped[int | None] = mapped_column(Integer)

    # A page that was open while a question was deleted must never change another one.
    __table_args__ = (UniqueConstraint("offering_id", "text", "language", "near"), {"sqlite_autoincrement": True})


class AskedInVainRow(Base):
    """A question without a good answer; `conversation` is a digest, and goes with the words."""

    __tablename__ = "asked_in_vain"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    asked_at: Mapped[datetime] = mapped_column(Moment, index=True)
    language: Mapped[str] = mapped_column(String(12))
    need: Mapped[str | None] = mapped_column(String(80))
    place: Mapped[str | None] = mapped_column(String(200))
    latitude: Mapped[float | None] = mapped_column(Float)
    longitude: Mapped[float | None] = mapped_column(Float)
    alliance_id: Mapped[str | None] = mapped_column(ForeignKey("alliance.id"), index=True)
    conversation: Mapped[str | None] = mapped_column(String(64), index=True)
    text: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(20), index=True)
    changed_by: Mapped[str | None] = mapped_column(String(254))
    changed_at: Mapped[datetime | None] = mapped_column(Moment)

    # An old page that settles a question must never mean another one.
    __table_args__ = ({"sqlite_autoincrement": True, "info": NOT_IN_BACKUPS},)


class LearntNameRow(Base):
    """A name that coordinators gave to a need; `folded` is what the search compares."""

    __tablename__ = "learnt_name"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    language: Mapped[str] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(String(120))
    folded: Mapped[str] = mapped_column(String(240))
    code: Mapped[str] = mapped_column(String(80))
    alliance_id: Mapped[str | None] = mapped_column(ForeignKey("alliance.id"))
    added_by: Mapped[str] = mapped_column(String(254))
    added_at: Mapped[datetime] = mapped_column(Moment)
    revoked_by: Mapped[str | None] = mapped_column(String(254))
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)

    __table_args__ = (
        # A name means one need at a time, even if two people add it at once.
        Index(
            "ix_learnt_name_in_use", "folded", unique=True,
            sqlite_where=text("revoked_at IS NULL"), postgresql_where=text("revoked_at IS NULL"),
        ),
        {"sqlite_autoincrement": True},
    )  # fmt: skip


class FigureRow(Base):
    """How often something happened on a day: a counter, of nobody and of no conversation.

    `alliance_id` is "" where no alliance is near, and no foreign key for that; a null could be no part of the key.
    """

    __tablename__ = "figure"
    alliance_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True, index=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    value: Mapped[str] = mapped_column(String(80), primary_key=True)
    times: Mapped[int] = mapped_column(Integer)


class ReviewDateRow(Base):
    """The day on which a coordinator wants an offering to be looked at, in place of the one that the rules give."""

    __tablename__ = "review_date"
    offering_id: Mapped[str] = mapped_column(ForeignKey("offering.id"), primary_key=True)
    review_on: Mapped[date] = mapped_column(Date)


class NoteRow(Base):
    """What a recipient of a reminder wrote about an offering; one for each version and recipient."""

    __tablename__ = "note"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    offering_id: Mapped[str] = mapped_column(ForeignKey("offering.id"), index=True)
    version: Mapped[int] = mapped_column(Integer)
    author: Mapped[str] = mapped_column(String(254))
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime] = mapped_column(Moment)
    done_at: Mapped[datetime | None] = mapped_column(Moment)

    # An address names a note; it must never mean another one.
    __table_args__ = (UniqueConstraint("offering_id", "version", "author"), {"sqlite_autoincrement": True})


class ReminderRow(Base):
    """The reminders that a recipient gets of an alliance: how many were sent, and when the next may be tried."""

    __tablename__ = "reminder"
    alliance_id: Mapped[str] = mapped_column(ForeignKey("alliance.id"), primary_key=True)
    recipient: Mapped[str] = mapped_column(String(254), primary_key=True)
    number: Mapped[int] = mapped_column(Integer)
    tries: Mapped[int] = mapped_column(Integer)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    next_at: Mapped[datetime] = mapped_column(Moment)


class LinkCheckRow(Base):
    """What became of the last look at a web address. `id` is a digest of the address, which may be too long for an index."""

    __tablename__ = "link_check"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    url: Mapped[str] = mapped_column(Text)
    result: Mapped[str] = mapped_column(String(20))
    moved_to: Mapped[str | None] = mapped_column(Text)
    failures: Mapped[int] = mapped_column(Integer)
    failed_on: Mapped[date | None] = mapped_column(Date)
    failing_since: Mapped[date | None] = mapped_column(Date)
    next_at: Mapped[datetime] = mapped_column(Moment, index=True)

    __table_args__ = ({"info": NOT_IN_BACKUPS},)


class TranslationSourceRow(Base):
    """A translation that was written for, or compared with, the German text of another version than its own; 0: of none that is known."""

    __tablename__ = "translation_source"
    offering_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    language: Mapped[str] = mapped_column(String(3), primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    source_version: Mapped[int] = mapped_column(Integer)


class TranslationJobRow(Base):
    """A wish to have what lacks a translation translated by a machine; the work itself is what the store still lacks.

    `alliances` None: of all. `touched_at` is when somebody last worked on it, so that another process can go on.
    """

    __tablename__ = "translation_job"
    __table_args__ = ({"info": NOT_IN_BACKUPS},)
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    language: Mapped[str] = mapped_column(String(3))
    alliances: Mapped[list[str] | None] = mapped_column(JSON)
    editor: Mapped[str] = mapped_column(String(254), index=True)
    asked_at: Mapped[datetime] = mapped_column(Moment)
    touched_at: Mapped[datetime] = mapped_column(Moment, index=True)
    state: Mapped[str] = mapped_column(String(20), index=True)
    total: Mapped[int] = mapped_column(Integer)
    done: Mapped[int] = mapped_column(Integer)
    skipped: Mapped[int] = mapped_column(Integer)
    fault: Mapped[str | None] = mapped_column(String(20))
