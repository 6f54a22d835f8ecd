"""What messengers delivered: each event is taken once, answered in its user's order, and its words are dropped with the answer."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased

from knowledge.store.claiming import claim_first
from knowledge.store.tables import ChannelMessageRow, ChannelUpdateRow

_INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
# Longer than any turn takes: who still works when it is over was killed.
LEASE = timedelta(seconds=30)
_WAITING, _DONE = "waiting", "done"
_AT_ONCE = 500


@dataclass(frozen=True, kw_only=True)
class ChannelUpdate:
    """One event that a worker holds.

    Attributes:
        user: The conversation's id, which is derived from the platform's user.
        attempts: Which try this is, the first being 1; it also tells the holder from others who held it before.
    """

    id: int
    channel: str
    update_id: str
    user: str
    payload: Mapping[str, Any]
    attempts: int


class ChannelUpdates:
    """Keeps events in the store's database, and hands each to one worker at a time."""

    def __init__(self, engine: Engine) -> None:
        self._writing = engine
        # A lease that a power cut takes back only lets the event be taken again.
        self._leasing = engine.execution_options(may_be_lost=True)
        self._reading = engine.execution_options(reads_only=True)
        self._insert = _INSERT[engine.dialect.name](ChannelUpdateRow).on_conflict_do_nothing(
            index_elements=["channel", "update_id"]
        )

    def accept(self, channel: str, events: Sequence[tuple[str, str, Mapping[str, Any] | None]]) -> int:
        """Store events, each as (update id, conversation, payload), all or none; return how many were new.

        One without payload is only known from then on: it is not answered.
        """
        now, new = datetime.now(UTC), 0
        with self._writing.begin() as connection:
            for first in range(0, len(events), _AT_ONCE):
                rows = [
                    {
                        "channel": channel, "update_id": update_id, "attempts": 0, "received_at": now,
                        "user": None if payload is None else user, "payload": None if payload is None else dict(payload),
                        "state": _DONE if payload is None else _WAITING,
                    }
                    for update_id, user, payload in events[first : first + _AT_ONCE]
                ]  # fmt: skip
                new += len(connection.execute(self._insert.values(rows).returning(ChannelUpdateRow.id)).all())
        return new

    def claim(self, channels: Iterable[str]) -> ChannelUpdate | None:
        """Take the oldest event that nobody holds, and before which none of its user waits; None where there is none.

        It comes back after `LEASE` unless `finish` is called.
        """
        row = claim_first(
            _claimable(channels), ChannelUpdateRow, looking=self._reading, marking=self._leasing,
            lease_until=datetime.now(UTC) + LEASE, attempts=ChannelUpdateRow.attempts + 1,
        )  # fmt: skip
        if row is None:
            return None
        return ChannelUpdate(
            id=row.id, channel=row.channel, update_id=row.update_id, user=row.user, payload=row.payload,
            attempts=row.attempts + 1,
        )  # fmt: skip

    def finish(self, done: ChannelUpdate, *, address: str, messages: Sequence[Mapping[str, Any]]) -> bool:
        """Store the answer's messages for sending and drop the event's words, in one step.

        Returns:
            False where somebody else took the event meanwhile, whose answer counts; nothing is stored then.
        """
        now = datetime.now(UTC)
        with self._writing.begin() as connection:
            mine = (ChannelUpdateRow.id == done.id, ChannelUpdateRow.attempts == done.attempts)
            finished = connection.execute(
                update(ChannelUpdateRow)
                .where(*mine, ChannelUpdateRow.state == _WAITING)
                .values(state=_DONE, user=None, payload=None, lease_until=None)
            )
            if finished.rowcount and messages:
                rows = [
                    {
                        "channel": done.channel, "user": done.user, "address": address, "content": dict(content),
                        "state": _WAITING, "attempts": 0, "not_before": now, "created_at": now,
                    }
                    for content in messages
                ]  # fmt: skip
                connection.execute(insert(ChannelMessageRow), rows)
            return bool(finished.rowcount)

    def put_back(self, held: ChannelUpdate, *, wait: timedelta) -> None:
        """Let an event be taken again after a while, in its place of the order."""
        with self._leasing.begin() as connection:
            mine = (ChannelUpdateRow.id == held.id, ChannelUpdateRow.attempts == held.attempts)
            again = datetime.now(UTC) + wait
            connection.execute(update(ChannelUpdateRow).where(*mine).values(lease_until=again))

    def waiting(self) -> dict[str, int]:
        """Return how many events wait for their answer, by channel."""
        counted = select(ChannelUpdateRow.channel, func.count()).where(ChannelUpdateRow.state == _WAITING)
        with self._reading.connect() as connection:
            return {row.channel: row[1] for row in connection.execute(counted.group_by(ChannelUpdateRow.channel))}

    def waiting_of(self, users: Collection[str]) -> Counter[str]:
        """Return how much of each of these users waits: events for their answer, and messages for being sent."""
        asked, found = list(users), Counter[str]()
        with self._reading.connect() as connection:
            for first in range(0, len(asked), _AT_ONCE):
                for row in (ChannelUpdateRow, ChannelMessageRow):
                    theirs = (row.user.in_(asked[first : first + _AT_ONCE]), row.state == _WAITING)
                    for user, number in connection.execute(
                        select(row.user, func.count()).where(*theirs).group_by(row.user)
                    ):
                        found[str(user)] += number
        return found

    def delete_older_than(self, age: timedelta) -> int:
        """Forget which events came longer ago than `age`; return how many there were."""
        with self._writing.begin() as connection:
            old = delete(ChannelUpdateRow).where(ChannelUpdateRow.received_at < datetime.now(UTC) - age)
            return connection.execute(old).rowcount


def _claimable(channels: Iterable[str]) -> Any:
    row, earlier = ChannelUpdateRow, aliased(ChannelUpdateRow)
    before = select(earlier.id).where(earlier.user == row.user, earlier.state == _WAITING, earlier.id < row.id).exists()
    free = row.lease_until.is_(None) | (row.lease_until < datetime.now(UTC))
    return (
        select(row.id, row.channel, row.update_id, row.user, row.payload, row.attempts)
        .where(row.state == _WAITING, row.channel.in_(list(channels)), free, ~before)
        .order_by(row.id)
    )
