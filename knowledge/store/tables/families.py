"""The tables of what comes from parents: conversations, questions, feedback, what was asked in vain, counts."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Date, Float, ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.store.tables.base import NOT_IN_BACKUPS, Base, Moment


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
