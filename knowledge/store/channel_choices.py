"""What the numbers of a messenger's last answer mean, so that a parent may answer with one of them."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from knowledge.store.tables import ChannelChoiceRow

_INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
# Who comes back the next day means no list of yesterday.
_KEPT = timedelta(hours=24)


class ChannelChoices:
    """Keeps the latest choices of each conversation in the store's database, for a day."""

    def __init__(self, engine: Engine) -> None:
        self._writing = engine
        self._remembering = engine.execution_options(may_be_lost=True)
        self._reading = engine.execution_options(reads_only=True)
        self._insert = _INSERT[engine.dialect.name]

    def keep(self, conversation: str, payloads: Sequence[str]) -> None:
        """Remember what the numbers 1, 2, … mean now; nothing where there are none."""
        row = ChannelChoiceRow
        if not payloads:
            with self._remembering.begin() as connection:
                connection.execute(delete(row).where(row.conversation_id == conversation))
            return
        values = {"payloads": list(payloads), "shown_at": datetime.now(UTC)}
        written = self._insert(row).values(conversation_id=conversation, **values)
        with self._remembering.begin() as connection:
            connection.execute(written.on_conflict_do_update(index_elements=["conversation_id"], set_=values))

    def of(self, conversation: str) -> tuple[str, ...]:
        """Return what the numbers mean, none where nothing was to be chosen lately."""
        row = ChannelChoiceRow
        fresh = (row.conversation_id == conversation, row.shown_at > datetime.now(UTC) - _KEPT)
        with self._reading.connect() as connection:
            found = connection.execute(select(row.payloads).where(*fresh)).scalar_one_or_none()
        return tuple(found or ())

    def delete_expired(self) -> int:
        """Forget choices of yesterday; return how many there were."""
        with self._writing.begin() as connection:
            old = delete(ChannelChoiceRow).where(ChannelChoiceRow.shown_at < datetime.now(UTC) - _KEPT)
            return connection.execute(old).rowcount
