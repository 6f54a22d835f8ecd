"""Where Rasa keeps conversations: one row each, holding the slots and the latest turns, and forgotten when it must be.

Rasa's own SQL store keeps a row an event and counts them at each save: more than half of the time of a turn. And Rasa goes
through all events again at each step, so that a turn costs the more the longer the conversation is.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SlotSet, UserUttered
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker

# Written ahead, a turn need not wait for the disk.
_PRAGMAS = ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=10000", "secure_delete=ON")
_DELETES = "action_delete_conversation"
_DAY_S = 86_400.0
# Turns are cut off several at a time, since that costs more than a turn.
_FEWEST_TURNS, _MOST_TURNS = 4, 10
_LOOK_EVERY_S = 3600.0

_DIALOGUE = sa.Table(
    "dialogue",
    sa.MetaData(),
    sa.Column("sender_id", sa.String(255), primary_key=True),
    sa.Column("events", sa.Text, nullable=False),  # a JSON list
    sa.Column("touched_at", sa.Float, nullable=False, index=True),  # seconds since 1970
)
_FIND = sa.select(_DIALOGUE.c.events).where(_DIALOGUE.c.sender_id == sa.bindparam("sender"))
_VALUES = {"events": sa.bindparam("events"), "touched_at": sa.bindparam("touched")}
_CHANGE = sa.update(_DIALOGUE).where(_DIALOGUE.c.sender_id == sa.bindparam("sender")).values(_VALUES)
_ADD = sa.insert(_DIALOGUE).values({"sender_id": sa.bindparam("sender"), **_VALUES})


class ConversationStore(TrackerStore):  # type: ignore[misc]  # Rasa lives in an environment of its own
    """Rasa's memory in a database of SQLAlchemy: SQLite or PostgreSQL.

    A conversation that its parent had deleted is deleted here with the turn that says so; one that nobody continued for
    `retention_days` at the next look, which comes once an hour with somebody's turn.
    """

    def __init__(
        self,
        domain: Domain | None = None,
        event_broker: EventBroker | None = None,
        *,
        host: str,  # Rasa hands over the URL of the endpoints under this name
        retention_days: str | float,
    ) -> None:
        super().__init__(domain, event_broker)
        self._retention_s = float(retention_days) * _DAY_S
        self._look_at = 0.0
        if host.startswith("sqlite"):
            # One connection stays open; SQLAlchemy 1.4 would open one a statement.
            self._engine = sa.create_engine(
                host, poolclass=sa.pool.QueuePool, connect_args={"check_same_thread": False}
            )
            sa.event.listen(self._engine, "connect", _write_ahead)
        else:
            self._engine = sa.create_engine(host, pool_pre_ping=True)
        _DIALOGUE.create(self._engine, checkfirst=True)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Store where a conversation stands, and forget what is to be forgotten."""
        await self.stream_events(tracker)
        if _was_deleted(tracker):
            self._forget(_DIALOGUE.c.sender_id == tracker.sender_id)
        elif _was_spoken(tracker):  # before the parent wrote there is nothing to remember
            self._keep(tracker.sender_id, latest_turns(tracker, self.domain.slots))
        if time.monotonic() >= self._look_at:
            self._look_at = time.monotonic() + _LOOK_EVERY_S
            self._forget(_DIALOGUE.c.touched_at < time.time() - self._retention_s)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Return a conversation with its latest turns, None where there is none."""
        with self._engine.connect() as connection:
            events = connection.scalar(_FIND, {"sender": sender_id})
        return events and DialogueStateTracker.from_dict(sender_id, json.loads(events), self.domain.slots)

    async def keys(self) -> Iterable[str]:
        """Return the ids of all conversations."""
        with self._engine.connect() as connection:
            return list(connection.scalars(sa.select(_DIALOGUE.c.sender_id)))

    def _keep(self, sender_id: str, events: list[Event]) -> None:
        stored = json.dumps([event.as_dict() for event in events])
        row = {"sender": sender_id, "events": stored, "touched": events[-1].timestamp}
        with self._engine.begin() as connection:
            if not connection.execute(_CHANGE, row).rowcount:
                connection.execute(_ADD, row)

    def _forget(self, which: Any) -> None:
        with self._engine.begin() as connection:
            connection.execute(sa.delete(_DIALOGUE).where(which))


def latest_turns(tracker: DialogueStateTracker, slots: Iterable[Slot]) -> list[Event]:
    """Return events that lead to where a conversation stands: its latest turns, before them what the earlier ones left.

    Nothing in the dialogue looks back further (config.yml); of the earlier turns slots and an open form are kept.
    """
    events = list(tracker.events)
    begins = [at for at, happened in enumerate(events) if isinstance(happened, UserUttered)]
    if len(begins) <= _MOST_TURNS:
        return events
    cut = begins[-_FEWEST_TURNS]
    while cut and not (isinstance(events[cut], ActionExecuted) and events[cut].action_name == ACTION_LISTEN_NAME):
        cut -= 1  # a turn begins with the listening before its message
    left = DialogueStateTracker.from_events(tracker.sender_id, events[:cut], slots)
    told = [SlotSet(name, slot.value) for name, slot in left.slots.items() if slot.value != slot.initial_value]
    form = [ActiveLoop(left.active_loop_name)] if left.active_loop_name else []
    return [*told, *form, *events[cut:]]


def _was_spoken(tracker: DialogueStateTracker) -> bool:
    return any(isinstance(happened, UserUttered) for happened in tracker.events)


def _was_deleted(tracker: DialogueStateTracker) -> bool:
    """Return whether the parent's latest message had the conversation deleted."""
    for happened in reversed(tracker.events):
        if isinstance(happened, UserUttered):
            return False
        if isinstance(happened, ActionExecuted) and happened.action_name == _DELETES:
            return True
    return False


def _write_ahead(connection: Any, _record: object) -> None:
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
