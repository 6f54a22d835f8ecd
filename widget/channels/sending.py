"""Sends what was answered: each user's messages in order, no faster than the platform takes, again after a fault."""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from knowledge import ChannelMessage, Knowledge
from widget.channels.channel import Channel, Delivery, Pace

_log = logging.getLogger(__name__)
# With the pauses between them, more than half an hour.
_MOST_ATTEMPTS = 12
_LONGEST_PAUSE_S = 600.0
_REMEMBERED_USERS = 10_000
# A longer wait is no reason to hold a message, and a sender with it.
_SHORT_WAIT_S = 1.0


class Tempo:
    """Keeps the pace of one channel, in this process."""

    def __init__(
        self, pace: Pace, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._between_s = 1 / pace.per_second
        self._between_user_s = 1 / pace.per_second_and_user
        self._clock, self._sleep = clock, sleep
        self._guard = threading.Lock()
        self._next = 0.0
        self._next_of: dict[str, float] = {}

    def turn(self, user: str) -> float:
        """Wait for a message's turn, count it and return 0.0; or return for how many seconds it should be put back, uncounted."""
        with self._guard:
            now = self._clock()
            of_all, of_user = self._next - now, self._next_of.get(user, 0.0) - now
            if of_user > 0 or of_all > _SHORT_WAIT_S:
                return max(of_all, of_user)
            begins = max(now, self._next)
            self._next = begins + self._between_s
            if len(self._next_of) > _REMEMBERED_USERS:
                self._next_of = {one: then for one, then in self._next_of.items() if then > now}
            self._next_of[user] = begins + self._between_user_s
        self._sleep(max(0.0, of_all))
        return 0.0

    def rest(self, seconds: float) -> None:
        """Send nothing to anybody for a while."""
        with self._guard:
            self._next = max(self._next, self._clock() + seconds)


@dataclass(frozen=True, kw_only=True)
class Sending:
    """Works through what is to be sent."""

    knowledge: Knowledge
    channels: Mapping[str, Channel]
    _tempi: dict[str, Tempo] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._tempi.update({name: Tempo(channel.pace) for name, channel in self.channels.items()})

    def send_next(self) -> bool:
        """Send one message, and return whether there was one whose time had come."""
        held = self.knowledge.channel_messages.claim(self.channels)
        if held is None:
            return False
        wait_s = self._tempi[held.channel].turn(held.user)
        if wait_s > 0:
            self.knowledge.channel_messages.later(held, wait=timedelta(seconds=wait_s), counts=False)
            return True
        self._note(held, self.channels[held.channel].send(held.address, held.content))
        return True

    def _note(self, held: ChannelMessage, delivery: Delivery) -> None:
        """Store what became of a message."""
        messages = self.knowledge.channel_messages
        if delivery.state == "sent":
            messages.sent(held)
        elif delivery.state == "later" and held.attempts < _MOST_ATTEMPTS:
            pause_s = delivery.retry_after_s or min(2.0**held.attempts, _LONGEST_PAUSE_S)
            if delivery.everyone:
                self._tempi[held.channel].rest(pause_s)
            _log.warning("%s took no message (%s); again in %.0f s", held.channel, delivery.reason, pause_s)
            messages.later(held, wait=timedelta(seconds=pause_s))
        else:
            _log.warning("a message of %s is given up: %s", held.channel, delivery.reason)
            messages.give_up(held, all_of_user=delivery.state == "gone")
