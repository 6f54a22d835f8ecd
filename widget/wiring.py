"""What the application of the present request was wired with, for the views of every area."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from flask import current_app

from knowledge import Knowledge

if TYPE_CHECKING:  # its modules read catalogues, which not every view needs
    from widget.channels.channel import Channel
    from widget.channels.taking import Reception
    from widget.conversation.turn import Gateway


def wired_gateway() -> Gateway:
    """Return what answers messages."""
    gateway: Gateway = current_app.extensions["gateway"]
    return gateway


def wired_channels() -> Mapping[str, Channel]:
    """Return the messengers that are on, by name."""
    reception: Reception | None = current_app.extensions["channels"]
    return reception.channels if reception else {}


def wired_knowledge() -> Knowledge:
    """Return the knowledge base."""
    return wired_gateway().knowledge
