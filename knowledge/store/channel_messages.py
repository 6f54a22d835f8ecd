"""What is to be sent by messengers: each user's messages in their order, again after a fault, and gone when they are sent."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, delete, func, insert, select, update
from sqlalchemy.orm import aliased

from knowledge.store.claiming import claim_first
from knowledge.store.tables import ChannelMessageRow

_WAITING, _GIVEN_UP = "waiting", "given_up"
# Longer than a messenger's server is waited for, also where a message is sent in a second form.
LEASE = timedelta(seconds=30)


@dataclass(frozen=True, kw_only=True)
class ChannelMessage:
    """One message that a sender holds; `attempts` as in `ChannelUpdate`, `user` the conversation's id."""

    id: int
    channel: str
    user: str
    address: str
    content: Mapping[str, Any]
    attempts: int


class ChannelMessages:
    """Keeps messages in the store's database until they are sent, and hands each to one sender at a time."""

    def __init__(self, engine: Engine) -> None:
        self._writing = engine
        self._leasing = engine.execution_options(may_be_lost=True)
        self._reading = engine.execution_options(reads_only=True)

    def put(self, *, channel: str, user: str, address: str, messages: Sequence[Mapping[str, Any]]) -> None:
        """Store messages to a user, behind those that wait already."""
        now = datetime.now(UTC)
        rows = [
            {
                "channel": channel, "user": user, "address": address, "content": dict(content), "state": _WAITING,
                "attempts": 0, "not_before": now, "created_at": now,
            }
            for content in messages
        ]  # fmt: skip
        if rows:
            with self._writing.begin() as connection:
                connection.execute(insert(ChannelMessageRow), rows)

    def claim(self, channels: Iterable[str]) -> ChannelMessage | None:
        """Take a message whose time has come, and before which none of its user waits; None where there is none."""
        now = datetime.now(UTC)
        row = claim_first(
            _claimable(channels, now), ChannelMessageRow, looking=self._reading, marking=self._leasing,
            not_before=now + LEASE, attempts=ChannelMessageRow.attempts + 1,
        )  # fmt: skip
        if row is None:
            return None
        return ChannelMessage(
            id=row.id, channel=row.channel, user=row.user, address=row.address, content=row.content,
            attempts=row.attempts + 1,
        )  # fmt: skip

    def sent(self, message: ChannelMessage) -> None:
        """Delete a message that was sent."""
        with self._writing.begin() as connection:
            connection.execute(delete(ChannelMessageRow).where(ChannelMessageRow.id == message.id))

    def later(self, message: ChannelMessage, *, wait: timedelta, counts: bool = True) -> None:
        """Let a message be taken again after a while; `counts` False: this was no try."""
        with self._leasing.begin() as connection:
            mine = (ChannelMessageRow.id == message.id, ChannelMessageRow.attempts == message.attempts)
            attempts = message.attempts if counts else message.attempts - 1
            again = datetime.now(UTC) + wait
            connection.execute(update(ChannelMessageRow).where(*mine).values(not_before=again, attempts=attempts))

    def give_up(self, message: ChannelMessage, *, all_of_user: bool = False) -> None:
        """Send a message no more, or all that wait for its user; that there was one stays, its content and address go."""
        row = ChannelMessageRow
        which = row.user == message.user if all_of_user else row.id == message.id
        with self._writing.begin() as connection:
            connection.execute(
                update(row)
                .where(which, row.state == _WAITING)
                .values(state=_GIVEN_UP, user=None, address=None, content=None)
            )

    def note_undelivered(self, channel: str) -> None:
        """Count a message that the platform took, and then could not deliver, among those given up."""
        now = datetime.now(UTC)
        row = {"channel": channel, "state": _GIVEN_UP, "attempts": 1, "not_before": now, "created_at": now}
        with self._writing.begin() as connection:
            connection.execute(insert(ChannelMessageRow).values(row))

    def counts(self) -> dict[str, dict[str, int]]:
        """Return how many messages are `waiting` and how many were `given_up`, by channel."""
        counted = select(ChannelMessageRow.channel, ChannelMessageRow.state, func.count()).group_by(
            ChannelMessageRow.channel, ChannelMessageRow.state
        )
        found: dict[str, dict[str, int]] = {}
        with self._reading.connect() as connection:
            for channel, state, number in connection.execute(counted):
                found.setdefault(channel, {_WAITING: 0, _GIVEN_UP: 0})[state] = number
        return found

    def delete_older_than(self, age: timedelta) -> int:
        """Delete messages that were written longer ago than `age`, sent or not; return how many there were."""
        with self._writing.begin() as connection:
            old = delete(ChannelMessageRow).where(ChannelMessageRow.created_at < datetime.now(UTC) - age)
            return connection.execute(old).rowcount


def _claimable(channels: Iterable[str], now: datetime) -> Any:
    row, earlier = ChannelMessageRow, aliased(ChannelMessageRow)
    before = select(earlier.id).where(earlier.user == row.user, earlier.state == _WAITING, earlier.id < row.id).exists()
    return (
        select(row.id, row.channel, row.user, row.address, row.content, row.attempts)
        .where(row.state == _WAITING, row.channel.in_(list(channels)), row.not_before <= now, ~before)
        .order_by(row.not_before, row.id)
    )
