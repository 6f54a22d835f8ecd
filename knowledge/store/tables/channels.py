"""The tables of messengers: what was delivered, what is to be sent, and what it takes to answer."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.store.tables.base import NOT_IN_BACKUPS, Base, Moment


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
