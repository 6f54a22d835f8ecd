"""Which messengers there are, and which of them this server's settings turn on."""

import logging
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from knowledge import Knowledge
from widget.channels.channel import Channel, ChannelSettingError
from widget.channels.messenger import open_messenger
from widget.channels.telegram import open_telegram
from widget.channels.twilio import open_twilio
from widget.channels.whatsapp import open_whatsapp

_log = logging.getLogger(__name__)

Open = Callable[[Mapping[str, str], Knowledge], Channel | None]
"""Makes a channel of the environment; None where its settings do not want it; raises `ChannelSettingError` with what is missing."""

# A new messenger gets its line here, and its settings theirs in the README.
CHANNELS: Mapping[str, Open] = {
    "telegram": open_telegram,
    "whatsapp": open_whatsapp,
    "twilio": open_twilio,
    "messenger": open_messenger,
}


@dataclass(frozen=True, kw_only=True)
class ChannelState:
    """A messenger of this server: `channel` where it can start, else None; `fault` says what keeps it from that, if it is wanted."""

    name: str
    channel: Channel | None = None
    fault: str | None = None


def channel_states(knowledge: Knowledge, environment: Mapping[str, str] | None = None) -> list[ChannelState]:
    """Return the state of every messenger, `os.environ` being the settings by default."""
    env = os.environ if environment is None else environment
    return [_state(name, open_channel, env, knowledge) for name, open_channel in CHANNELS.items()]


def open_channels(knowledge: Knowledge, environment: Mapping[str, str] | None = None) -> dict[str, Channel]:
    """Return the messengers that are on, by name; one that cannot start is logged with the reason, and the others start."""
    states = channel_states(knowledge, environment)
    for state in states:
        if state.fault:
            _log.error("%s is off: %s", state.name, state.fault)
    return {state.name: state.channel for state in states if state.channel is not None}


def _state(name: str, open_channel: Open, env: Mapping[str, str], knowledge: Knowledge) -> ChannelState:
    try:
        return ChannelState(name=name, channel=open_channel(env, knowledge))
    except ChannelSettingError as error:
        return ChannelState(name=name, fault=str(error))
