"""The tables of what is published and edited: alliances, offerings, guides, their revisions and drafts."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.store.tables.base import Base, Moment


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


class DraftRow(Base):
    """An offering as its editors work on it, beside the published one or before there is one; parents never see it."""

    __tablename__ = "draft"
    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    alliance_id: Mapped[str] = mapped_column(ForeignKey("alliance.id"), index=True)
    state: Mapped[str] = mapped_column(String(20))
    version: Mapped[int] = mapped_column(Integer)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
