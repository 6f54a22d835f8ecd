"""What the application of the present request was wired with, for the views of every area."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app

from knowledge import Knowledge

if TYPE_CHECKING:  # its modules read catalogues, which not every view needs
    from widget.turn import Gateway


def wired_gateway() -> Gateway:
    """Return what answers messages."""
    gateway: Gateway = current_app.extensions["gateway"]
    return gateway


def wired_knowledge() -> Knowledge:
    """Return the knowledge base."""
    return wired_gateway().knowledge
