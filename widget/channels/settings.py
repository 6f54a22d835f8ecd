"""Reads a channel's settings: none at all, and it is off; one of them, and all that it needs must be there."""

import re
from collections.abc import Mapping

from widget.channels.channel import ChannelSettingError

APP_SECRET = r"[0-9a-f]{32}"  # of an app at Meta


def wanted(env: Mapping[str, str], prefix: str) -> bool:
    """Return whether any setting of a channel has a value."""
    return any(name.startswith(prefix) and value for name, value in env.items())


def needed(env: Mapping[str, str], name: str, channel: str, *, form: str = r"\S+") -> str:
    """Return a setting that the channel cannot do without.

    Raises:
        ChannelSettingError: It is missing, or has another form; the message never holds its value, which may be a secret.
    """
    value = (env.get(name) or "").strip()
    if not value:
        raise ChannelSettingError(f"{name} is missing; docs/channels/{channel}.md says where to find it")
    if not re.fullmatch(form, value):
        raise ChannelSettingError(f"{name} does not have its form; docs/channels/{channel}.md says where to find it")
    return value


def at_least(env: Mapping[str, str], name: str, letters: int, channel: str) -> str:
    """Return a needed setting that somebody thought up, and that nobody may guess.

    Raises:
        ChannelSettingError: As in `needed`, or it is shorter than so many letters.
    """
    value = needed(env, name, channel)
    if len(value) < letters:
        raise ChannelSettingError(f"{name} is too short; think up {letters} letters or more, without spaces")
    return value


def api_url(env: Mapping[str, str], name: str, default: str) -> str:
    """Return where a platform's servers are called: its own address, or that of a server between.

    Raises:
        ChannelSettingError: The setting is no web address.
    """
    value = (env.get(name) or default).rstrip("/")
    if not value.startswith(("http://", "https://")):
        raise ChannelSettingError(f"{name}={value!r} is no web address; write it as {default}, or leave it out")
    return value
