"""Where Rasa keeps conversations: its own SQL tracker store, with SQLite written ahead so that a turn need not wait for the disk."""

from __future__ import annotations

from typing import Any

from rasa.core.tracker_store import SQLTrackerStore
from sqlalchemy import event

_PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=10000")


class ConversationStore(SQLTrackerStore):  # type: ignore[misc]  # Rasa lives in an environment of its own
    """Rasa's store over SQLite, or PostgreSQL where the endpoints say so."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        if self.engine.dialect.name == "sqlite":
            event.listen(self.engine, "connect", _write_ahead)
            self.engine.dispose()  # connections made before do not have it


def _write_ahead(connection: Any, _record: object) -> None:
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
