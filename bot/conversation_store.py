"""Where Rasa keeps conversations: its own SQL tracker store, written ahead on SQLite, and forgetting what it must."""

from __future__ import annotations

import time
from typing import Any

from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import event, func

# Written ahead, a turn need not wait for the disk.
_PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=10000", "secure_delete=ON")
_DELETES = "action_delete_conversation"
_DAY_S = 86_400.0
_LOOK_EVERY_S = 3600.0


class ConversationStore(SQLTrackerStore):  # type: ignore[misc]  # Rasa lives in an environment of its own
    """Rasa's store over SQLite, or PostgreSQL where the endpoints say so.

    A conversation that its parent had deleted is deleted here with the turn that says so; one that nobody continued for
    `retention_days` at the next look, which comes once an hour with somebody's turn.
    """

    def __init__(self, *, retention_days: str | float, **settings: Any) -> None:
        super().__init__(**settings)
        self._retention_s = float(retention_days) * _DAY_S
        self._look_at = 0.0
        if self.engine.dialect.name == "sqlite":
            event.listen(self.engine, "connect", _write_ahead)
            self.engine.dispose()  # connections made before do not have it

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Store what is new of a conversation, and forget what is to be forgotten."""
        await super().save(tracker)
        if _was_deleted(tracker):
            self._forget(self.SQLEvent.sender_id == tracker.sender_id)
        if time.monotonic() >= self._look_at:
            self._look_at = time.monotonic() + _LOOK_EVERY_S
            self.forget_untouched_since(time.time() - self._retention_s)

    def forget_untouched_since(self, moment: float) -> None:
        """Delete conversations without an event since a moment, in seconds since 1970."""
        stored = self.SQLEvent
        with self.session_scope() as session:
            touched = session.query(stored.sender_id).group_by(stored.sender_id)
            old = [sender for (sender,) in touched.having(func.max(stored.timestamp) < moment)]
        for sender in old:
            self._forget(stored.sender_id == sender)

    def _forget(self, which: Any) -> None:
        with self.session_scope() as session:
            session.query(self.SQLEvent).filter(which).delete(synchronize_session=False)
            session.commit()


def _was_deleted(tracker: DialogueStateTracker) -> bool:
    """Return whether the parent's latest message had the conversation deleted."""
    for happened in reversed(tracker.events):
        if happened.type_name == "user":
            return False
        if happened.type_name == "action" and happened.action_name == _DELETES:
            return True
    return False


def _write_ahead(connection: Any, _record: object) -> None:
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
