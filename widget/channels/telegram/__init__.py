"""Telegram, over its Bot API."""

from widget.channels.telegram.telegram import Telegram, open_telegram

__all__ = ["Telegram", "open_telegram"]
