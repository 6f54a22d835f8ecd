"""The tables by which offerings are kept true: saved questions, review dates, notes, reminders, links, translations."""

from datetime import date, datetime

from sqlalchemy import JSON, Date, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.store.tables.base import NOT_IN_BACKUPS, Base, Moment


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
