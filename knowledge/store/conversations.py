"""What the gateway remembers between two messages of a conversation, and for how long."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from knowledge.store.asked_in_vain import forget_conversation
from knowledge.store.tables import ChannelAddressRow, ChannelChoiceRow, ChannelMessageRow, ConversationRow

_FIND = select(ConversationRow.id, ConversationRow.language, ConversationRow.turns, ConversationRow.memory).where(
    ConversationRow.id == bindparam("wanted")
)
_INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


@dataclass(frozen=True, kw_only=True)
class Conversation:
    """One conversation's memory: its language, its number of turns, and what a search needs to be asked again."""

    id: str
    language: str
    turns: int = 0
    memory: Mapping[str, Any] = field(default_factory=dict)


class Conversations:
    """Keeps conversations in the store's database."""

    def __init__(self, engine: Engine) -> None:
        self._writing = engine
        self._remembering = engine.execution_options(may_be_lost=True)
        self._reading = engine.execution_options(reads_only=True)
        written = _INSERT[engine.dialect.name](ConversationRow)
        self._keep = written.on_conflict_do_update(
            index_elements=["id"],
            set_={name: written.excluded[name] for name in ("language", "turns", "memory", "touched_at")},
        )

    def find(self, conversation_id: str) -> Conversation | None:
        """Return the conversation, or None if it is new or was deleted."""
        with self._reading.connect() as connection:
            row = connection.execute(_FIND, {"wanted": conversation_id}).one_or_none()
        return None if row is None else Conversation(**row._mapping)

    def touched_at(self, conversation_id: str) -> datetime | None:
        """Return when a conversation's last turn was, or None if it was deleted or never begun."""
        with self._reading.connect() as connection:
            wanted = select(ConversationRow.touched_at).where(ConversationRow.id == conversation_id)
            return connection.execute(wanted).scalar_one_or_none()

    def keep(self, conversation: Conversation) -> None:
        """Write the conversation's present state."""
        state = {
            "id": conversation.id,
            "language": conversation.language,
            "turns": conversation.turns,
            "memory": dict(conversation.memory),
            "touched_at": datetime.now(UTC),
        }
        with self._remembering.begin() as connection:
            connection.execute(self._keep, state)

    def delete(self, conversation_id: str) -> None:
        """Forget a conversation, with what a messenger still was to send to it; one that is not there is forgotten already."""
        with self._writing.begin() as connection:
            connection.execute(delete(ChannelMessageRow).where(ChannelMessageRow.user == conversation_id))
            connection.execute(delete(ChannelAddressRow).where(ChannelAddressRow.conversation_id == conversation_id))
            connection.execute(delete(ChannelChoiceRow).where(ChannelChoiceRow.conversation_id == conversation_id))
            connection.execute(delete(ConversationRow).where(ConversationRow.id == conversation_id))
            forget_conversation(connection, conversation_id)

    def delete_older_than(self, age: timedelta) -> int:
        """Forget conversations that nobody touched for `age`; return how many there were."""
        with self._writing.begin() as connection:
            old = delete(ConversationRow).where(ConversationRow.touched_at < datetime.now(UTC) - age)
            return connection.execute(old).rowcount
