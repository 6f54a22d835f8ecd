"""Answers what was taken: each user's events in order, and the answer stored for sending in the step that ends the event."""

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from pydantic import ValidationError

from knowledge import ChannelUpdate, Knowledge
from widget.channels.bell import Bell
from widget.channels.channel import Channel
from widget.channels.conversing import Conversing
from widget.channels.signs import Signs
from widget.channels.taking import read_payload
from widget.conversation.turn import Gateway
from widget.conversation.turns_in_order import ConversationBusyError

_log = logging.getLogger(__name__)
# An event with which the process died so often is answered with an apology.
_MOST_ATTEMPTS = 5
_BUSY_WAIT = timedelta(seconds=2)


@dataclass(frozen=True, kw_only=True)
class Answering:
    """Works through events.

    Attributes:
        bell: Rung when something is there to send.
    """

    gateway: Gateway
    channels: Mapping[str, Channel]
    bell: Bell = field(default_factory=Bell)
    _signs: Signs = field(init=False, repr=False, default_factory=Signs)

    def answer_next(self) -> bool:
        """Answer one event, and return whether there was one."""
        held = self._knowledge.channel_updates.claim(self.channels)
        if held is None:
            return False
        began = time.perf_counter()
        try:
            self._answer(held)
        except ConversationBusyError:
            self._knowledge.channel_updates.put_back(held, wait=_BUSY_WAIT)
            return True
        # No id, no words: only what tells how the service does.
        ms = (time.perf_counter() - began) * 1000
        _log.info("channel=%s ms=%.0f attempt=%d", held.channel, ms, held.attempts)
        self.bell.ring()
        return True

    @property
    def _knowledge(self) -> Knowledge:
        return self.gateway.knowledge

    def _answer(self, held: ChannelUpdate) -> None:
        channel = self.channels[held.channel]
        conversing = Conversing(gateway=self.gateway, channel=channel, conversation=held.user)
        try:
            incoming = read_payload(held.payload)
        except ValidationError:  # stored by another version of this program
            self._knowledge.channel_updates.finish(held, address="", messages=[])
            return
        if held.attempts > _MOST_ATTEMPTS:
            _log.error("an event of %s could not be answered in %d attempts", held.channel, _MOST_ATTEMPTS)
            showing = conversing.broken(incoming)
        else:
            with self._signs.of(channel, incoming):
                found = conversing.answer(incoming)
            if found is None:
                self._knowledge.channel_updates.finish(held, address="", messages=[])
                return
            showing = found
        messages = [one.content for one in channel.render(showing)]
        self._knowledge.channel_updates.finish(held, address=incoming.user, messages=messages)
