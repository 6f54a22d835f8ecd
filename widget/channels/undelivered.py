"""Counts the messages that a platform took and could not deliver."""

import logging

from knowledge import Knowledge

_log = logging.getLogger(__name__)


def note_undelivered(knowledge: Knowledge, channel: str, code: int) -> None:
    """Log the platform's error code, and count the message among those given up; whose it was is not known."""
    _log.warning("%s could not deliver a message (error %d)", channel, code)
    knowledge.channel_messages.note_undelivered(channel)
