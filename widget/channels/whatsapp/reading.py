"""What WhatsApp's Cloud API delivers: messages of several kinds, in batches; and what became of those that we sent."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from widget.channels.channel import Incoming, Kind
from widget.channels.meta import entries, known_id, objects, words_in
from widget.channels.positions import position_of

# Nothing that wants an answer.
_SILENT = frozenset({"reaction", "system", "edit", "revoke"})
_USER = re.compile(r"\d{5,20}|[A-Z]{2}\.[A-Za-z0-9.]{5,120}")
_SEEN = frozenset({"image", "video", "sticker", "document"})


def read_messages(body: bytes, *, phone_id: str) -> list[Incoming]:
    """Return what users of our number did, in order.

    Raises:
        UnreadableUpdateError: The body is not in Meta's form.
    """
    return [
        incoming
        for value in _values(body, phone_id)
        for message in objects(value.get("messages"))
        if (incoming := _incoming(message)) is not None
    ]


def read_failures(body: bytes, *, phone_id: str) -> list[int]:
    """Return the error codes of messages that WhatsApp took and could not deliver, 0 where it does not tell."""
    return [
        next((error["code"] for error in objects(status.get("errors")) if isinstance(error.get("code"), int)), 0)
        for value in _values(body, phone_id)
        for status in objects(value.get("statuses"))
        if status.get("status") == "failed"
    ]


def _values(body: bytes, phone_id: str) -> Iterator[dict[str, Any]]:
    """Yield the changes that concern our number; one app may serve several."""
    for entry in entries(body, of="whatsapp_business_account"):
        for change in objects(entry.get("changes")):
            value = change.get("value")
            if change.get("field") == "messages" and isinstance(value, dict):
                if words_in(value, "metadata", "phone_number_id") == phone_id:
                    yield value


def _incoming(message: dict[str, Any]) -> Incoming | None:
    message_id, kind = words_in(message, "id"), words_in(message, "type")
    # Who goes by a user name may have no telephone number for us.
    user = words_in(message, "from") or words_in(message, "from_user_id")
    if not message_id or not _USER.fullmatch(user) or kind in _SILENT:
        return None
    read, text = _read(kind, message)
    return Incoming(
        update_id=known_id(message_id), user=user, kind=read, text=text, sent_at=_sent_at(message.get("timestamp")), handle=message_id
    )  # fmt: skip


def _read(kind: str, message: dict[str, Any]) -> tuple[Kind, str]:
    """Return what kind of thing a message is to us, and what it says."""
    if kind == "text" and words_in(message, "text", "body").strip():
        return "text", words_in(message, "text", "body")
    if kind == "request_welcome":  # the chat was opened for the first time
        return "button", "/start"
    if kind == "interactive":
        for reply in ("button_reply", "list_reply"):
            pressed = words_in(message, "interactive", reply, "id")
            if pressed:
                return "button", pressed
    if kind == "button":  # of a template; its payload is what whoever made the template chose
        return "text", words_in(message, "button", "text")
    if kind == "location":
        position = message.get("location")
        where = position_of(position.get("latitude"), position.get("longitude")) if isinstance(position, dict) else None
        return ("location", where) if where else ("unreadable", "other")
    if kind == "audio":
        return "unreadable", "voice"
    return "unreadable", "picture" if kind in _SEEN else "other"


def _sent_at(timestamp: Any) -> datetime | None:
    try:
        return datetime.fromtimestamp(int(timestamp), UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return None
