"""Two small things that messengers need kept: long buttons under short keys, and where a parent waits for people's answer."""

import hashlib
import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from knowledge.store.tables import ChannelAddressRow, ChannelButtonRow

_INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
_KEY = re.compile(r"[A-Za-z0-9_-]{24}")


@dataclass(frozen=True, kw_only=True)
class ChannelAddress:
    """Where a conversation is held: the channel, and the platform's address of its user."""

    channel: str
    address: str


class ChannelNotes:
    """Keeps them in the store's database."""

    def __init__(self, engine: Engine) -> None:
        self._writing = engine
        self._reading = engine.execution_options(reads_only=True)
        self._insert = _INSERT[engine.dialect.name]

    def keep_button(self, payload: str) -> str:
        """Return a key of 24 letters for a payload, always the same one, and keep what it stands for."""
        key = urlsafe_b64encode(hashlib.blake2b(payload.encode(), digest_size=18).digest()).decode()
        written = self._insert(ChannelButtonRow).values(key=key, payload=payload, shown_at=datetime.now(UTC))
        latest = written.on_conflict_do_update(index_elements=["key"], set_={"shown_at": written.excluded.shown_at})
        with self._writing.begin() as connection:
            connection.execute(latest)
        return key

    def button(self, key: str) -> str | None:
        """Return the payload of a key, or None where it was never kept, or not for so long."""
        if not _KEY.fullmatch(key):
            return None
        with self._reading.connect() as connection:
            found = connection.execute(select(ChannelButtonRow.payload).where(ChannelButtonRow.key == key))
            return found.scalar_one_or_none()

    def keep_address(self, conversation: str, *, channel: str, address: str, keep_for: timedelta) -> None:
        """Remember where an answer to a question left in a conversation is to go."""
        values = {"channel": channel, "address": address, "delete_after": datetime.now(UTC) + keep_for}
        written = self._insert(ChannelAddressRow).values(conversation_id=conversation, **values)
        with self._writing.begin() as connection:
            connection.execute(written.on_conflict_do_update(index_elements=["conversation_id"], set_=values))

    def address(self, conversation: str) -> ChannelAddress | None:
        """Return where a conversation is held, if that was kept."""
        row = ChannelAddressRow
        with self._reading.connect() as connection:
            wanted = select(row.channel, row.address).where(row.conversation_id == conversation)
            found = connection.execute(wanted).one_or_none()
        return None if found is None else ChannelAddress(channel=found.channel, address=found.address)

    def forget_address(self, conversation: str) -> None:
        """Forget where a conversation is held."""
        with self._writing.begin() as connection:
            connection.execute(delete(ChannelAddressRow).where(ChannelAddressRow.conversation_id == conversation))

    def delete_expired(self, *, buttons_after: timedelta) -> None:
        """Delete addresses whose question has gone, and buttons that nobody was shown for so long."""
        now = datetime.now(UTC)
        with self._writing.begin() as connection:
            connection.execute(delete(ChannelAddressRow).where(ChannelAddressRow.delete_after <= now))
            connection.execute(delete(ChannelButtonRow).where(ChannelButtonRow.shown_at < now - buttons_after))
