"""What the gateway remembers between two messages of a conversation, and for how long."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, delete
from sqlalchemy.orm import Session

from knowledge.store.tables import ConversationRow


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
        self._reading = engine.execution_options(reads_only=True)

    def find(self, conversation_id: str) -> Conversation | None:
        """Return the conversation, or None if it is new or was deleted."""
        with Session(self._reading) as session:
            row = session.get(ConversationRow, conversation_id)
            if row is None:
                return None
            return Conversation(id=row.id, language=row.language, turns=row.turns, memory=dict(row.memory))

    def keep(self, conversation: Conversation) -> None:
        """Write the conversation's present state."""
        with Session(self._writing) as session, session.begin():
            session.merge(
                ConversationRow(
                    id=conversation.id,
                    language=conversation.language,
                    turns=conversation.turns,
                    memory=dict(conversation.memory),
                    touched_at=datetime.now(UTC),
                )
            )

    def delete(self, conversation_id: str) -> None:
        """Forget a conversation; one that is not there is forgotten already."""
        with Session(self._writing) as session, session.begin():
            session.execute(delete(ConversationRow).where(ConversationRow.id == conversation_id))

    def delete_older_than(self, age: timedelta) -> int:
        """Forget conversations that nobody touched for `age`; return how many there were."""
        with Session(self._writing) as session, session.begin():
            old = delete(ConversationRow).where(ConversationRow.touched_at < datetime.now(UTC) - age)
            return int(session.execute(old).rowcount)  # type: ignore[attr-defined]  # a cursor result, for a DELETE
